import { Problem } from '../kit/problem.ts';

/** What a stall's permit is worth on a day. */
const standings = ['valid', 'suspended', 'expired', 'revoked', 'ended'] as const;
export type Standing = (typeof standings)[number];

/** States of a case whose permit is good while its days last. */
const sellingStates = ['issued', 'renewal_asked', 'renewal_signed'] as const;

/**
 * What the permit behind a stall is worth today, by the state of its case and its last day: asked each
 * time, never kept beside the stall.
 */
export function standingOf(
  permit: { readonly state: string; readonly validUntil: string },
  today: string,
): Standing {
  const { state, validUntil } = permit;
  if (state === 'suspended' || state === 'ended') return state;
  if (state === 'expired') return 'expired';
  if (!sellingStates.some((one) => one === state)) return 'revoked';
  return validUntil < today ? 'expired' : 'valid';
}

/**
 * Whether a stall may be opened, or may sell, under a permit.
 * @throws Problem `market.permit_not_valid` (409)
 */
export function checkStanding(standing: Standing): void {
  if (standing !== 'valid') throw new Problem('market.permit_not_valid', { standing });
}

import { Problem } from '../../kit/problem.ts';

/** Who sits: a county's working group, or the province's technical committee (mehrnews 6679469). */
export const bodies = ['county', 'technical'] as const;
export type Body = (typeof bodies)[number];

/** What a sitting decides about a case. */
export const sittingVerdicts = ['approved', 'deferred', 'refused'] as const;
export type SittingVerdict = (typeof sittingVerdicts)[number];

/**
 * The dated setting of how long a case may wait after a verdict: for the referral of what was approved, for
 * the next sitting of what was put off; null where it waits for nothing.
 */
export function waitAfter(verdict: SittingVerdict): string | null {
  if (verdict === 'refused') return null;
  return verdict === 'approved' ? 'financing.referral_limit' : 'financing.deferred_limit';
}

/** The newest decision of a body about a case since its last plan. */
export type Standing = {
  readonly body: Body;
  readonly verdict: SittingVerdict;
  readonly sitting: string;
};

/**
 * What the committees' decisions leave unmet: a body that is required and has not approved, and any that
 * refused or put off, required or not.
 */
export function unmetCommittees(
  required: readonly string[],
  standing: readonly Standing[],
): Problem[] {
  return bodies.flatMap((body) => {
    const decided = standing.find((one) => one.body === body);
    if (decided?.verdict === 'approved') return [];
    if (decided) return [new Problem('financing.committee_against')];
    return required.includes(body) ? [new Problem('financing.committee_missing')] : [];
  });
}

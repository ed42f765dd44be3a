import { roundDiv } from '../../kit/rial.ts';

/** Who may bear a part of a loan's fee beside its borrower. */
export const otherPayers = ['government', 'support_body'] as const;
export type OtherPayer = (typeof otherPayers)[number];

/** Basis points of the fee that each other payer bears; the borrower bears the rest. */
export type FeeShares = { readonly [payer in OtherPayer]?: number };

/** Basis points of the fee that all other payers bear together. */
export function othersBp(shares: FeeShares | undefined): number {
  if (!shares) return 0;
  return otherPayers.reduce((sum, payer) => sum + (shares[payer] ?? 0), 0);
}

/** What of a whole fee (rial) the other payers bear, to the nearest rial. */
export function othersPart(shares: FeeShares | undefined, fee: bigint): bigint {
  const bp = othersBp(shares);
  return bp === 0 ? 0n : roundDiv(fee * BigInt(bp), 10_000n);
}

/**
 * What each other payer bears of what they bear together (rial), in the proportion of their shares;
 * the last one takes the rounding, so the parts add up.
 */
export function divideOthers(
  shares: FeeShares | undefined,
  together: bigint,
): { readonly payer: OtherPayer; readonly rial: bigint }[] {
  const bearing = otherPayers.filter((payer) => (shares?.[payer] ?? 0) > 0);
  const bp = BigInt(othersBp(shares));
  let left = together;
  return bearing.map((payer, at) => {
    const last = at === bearing.length - 1;
    const rial = last ? left : roundDiv(together * BigInt(shares?.[payer] ?? 0), bp);
    left -= rial;
    return { payer, rial };
  });
}

import { daysBetween, type IsoDate } from '../../kit/jalali.ts';
import { roundDiv } from '../../kit/rial.ts';
import { endedPlanStates } from '../rules.ts';

/** An agency, a county, a bank, or any crossing of them; all null is the province itself. */
export type Share = {
  readonly agencyId: string | null;
  readonly countyId: number | null;
  readonly bankId: string | null;
};

/** A ceiling as its rules need it; amounts are rial. */
export type Ceiling = Share & {
  readonly id: string;
  readonly allocationId: string;
  readonly ceilingRial: bigint;
  /** Of the province's own ceiling: what comes from the national part. */
  readonly nationalRial: bigint;
  readonly usedRial: bigint;
  readonly floatedRial: bigint;
};

/** An allocation as a referral looks at it; days are ISO. */
export type Allocation = {
  readonly id: string;
  readonly creditLineId: string;
  readonly fromOn: string;
  /** The last day it may be used: the carry-over's, else the deadline. */
  readonly lastOn: string;
  readonly floatsOn: string | null;
};

/** Kinds of plans of which an agency's money may hold only a share. */
export const quotas = ['second_loan', 'approved_cap'] as const;
export type Quota = (typeof quotas)[number];

/** What a quota is a share of: the agency's own ceiling, else the province's, else nothing. */
export function quotaLimit(
  ceilings: readonly Ceiling[],
  allocationId: string,
  agencyId: string,
): { readonly agencyId: string | null; readonly ceilingRial: bigint } {
  const whole = ceilings.filter(
    (one) => one.allocationId === allocationId && one.countyId === null && one.bankId === null,
  );
  const own = whole.find((one) => one.agencyId === agencyId);
  const provinces = whole.find((one) => one.agencyId === null);
  return own ?? provinces ?? { agencyId: null, ceilingRial: 0n };
}

/** What a plan holds of its allocation: what it asked for, from the contract on what was approved. */
export function holdOf(plan: {
  state: string;
  requestedRial: bigint;
  approvedRial: bigint | null;
}): bigint {
  if (endedPlanStates.includes(plan.state)) return 0n;
  return plan.approvedRial ?? plan.requestedRial;
}

/** Whether two shares are one and the same. */
export function isSame(a: Share, b: Share): boolean {
  return a.agencyId === b.agencyId && a.countyId === b.countyId && a.bankId === b.bankId;
}

/** Whether a plan of `of` falls under the ceiling of `over`. */
export function isUnder(over: Share, of: Share): boolean {
  return (
    (over.agencyId === null || over.agencyId === of.agencyId) &&
    (over.countyId === null || over.countyId === of.countyId) &&
    (over.bankId === null || over.bankId === of.bankId)
  );
}

/**
 * What is left under a ceiling for a plan of a day. A county's share floats from the allocation's day on:
 * what other counties left may be used there too (Osku: the unused county quota floats), bounded by
 * the ceilings that do not name a county.
 * @returns null when this ceiling does not bind on that day
 */
export function leftUnder(
  { floatsOn }: Pick<Allocation, 'floatsOn'>,
  ceiling: Ceiling,
  day: string,
): bigint | null {
  const floats = ceiling.countyId !== null && floatsOn !== null && floatsOn <= day;
  return floats ? null : ceiling.ceilingRial - ceiling.usedRial;
}

/** The ceiling after a plan took `deltaRial` from it, or gave it back where it is negative. */
export function afterMove(ceiling: Ceiling, deltaRial: bigint): Ceiling {
  const usedRial = ceiling.usedRial + deltaRial;
  const excess = usedRial - ceiling.ceilingRial;
  return { ...ceiling, usedRial, floatedRial: excess > 0n ? excess : 0n };
}

/** How an allocation is used against the calendar. */
export type Absorption = {
  readonly elapsedDays: number;
  readonly totalDays: number;
  /** Share of the days that are gone, and share of the money that is held; basis points. */
  readonly elapsedBp: number;
  readonly committedBp: number;
  /** What will be held on the last day, and what will lapse then, if it goes on as until now. */
  readonly projectedRial: bigint;
  readonly lapseRial: bigint;
};

/**
 * Absorption up to a day: the plans' rate per day so far, kept up until the last day. It says what the
 * calendar says, and no more: an allocation used late in the year looks worse than it will be.
 */
export function absorptionOf(
  span: { fromOn: string; lastOn: string; today: string },
  money: { allocatedRial: bigint; committedRial: bigint },
): Absorption {
  const totalDays = daysBetween(span.fromOn as IsoDate, span.lastOn as IsoDate) + 1;
  const gone = daysBetween(span.fromOn as IsoDate, span.today as IsoDate) + 1;
  const elapsedDays = Math.min(Math.max(gone, 0), totalDays);
  const { allocatedRial, committedRial } = money;
  const atRate =
    elapsedDays === 0 ? 0n : roundDiv(committedRial * BigInt(totalDays), BigInt(elapsedDays));
  const projectedRial = atRate > allocatedRial ? allocatedRial : atRate;
  return {
    elapsedDays,
    totalDays,
    elapsedBp: Number(roundDiv(BigInt(elapsedDays) * 10_000n, BigInt(totalDays))),
    committedBp:
      allocatedRial === 0n ? 0 : Number(roundDiv(committedRial * 10_000n, allocatedRial)),
    projectedRial,
    lapseRial: allocatedRial - projectedRial,
  };
}

const parts = ['agencyId', 'countyId', 'bankId'] as const;

/** Shares that together are more than what they are shares of. */
export type Overshare = {
  readonly over: Share;
  readonly sumRial: bigint;
  readonly ceilingRial: bigint;
};

/**
 * Whether shares add up to more than what they are shares of: each ceiling bounds the sum of those that
 * say one part more (all agencies' the province's, all counties' of an agency the agency's, and so on).
 * @returns the first that is exceeded, or undefined
 */
export function findOvershare(
  ceilings: readonly (Share & { ceilingRial: bigint })[],
): Overshare | undefined {
  for (const over of ceilings) {
    for (const part of parts.filter((one) => over[one] === null)) {
      const shares = ceilings.filter((one) => {
        const others = parts.filter((other) => other !== part);
        return one[part] !== null && others.every((other) => one[other] === over[other]);
      });
      const sumRial = shares.reduce((sum, one) => sum + one.ceilingRial, 0n);
      if (sumRial > over.ceilingRial) return { over, sumRial, ceilingRial: over.ceilingRial };
    }
  }
  return undefined;
}

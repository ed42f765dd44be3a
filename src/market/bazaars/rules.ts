import { Problem } from '../../kit/problem.ts';
import { basisPoints, type Rial, rial } from '../../kit/rial.ts';
import { defineSteps } from '../../kit/steps.ts';

export const fairKinds = ['bazaar', 'fair', 'market_day'] as const;
export type FairKind = (typeof fairKinds)[number];

export const fairStates = ['announced', 'drawn', 'held', 'cancelled'] as const;
export type FairState = (typeof fairStates)[number];

/** The state table of a fair, a bazaar or a market day. */
export const fairSteps = defineSteps(fairStates, {
  'market.announceFair': { from: [null], to: 'announced' },
  'market.drawStalls': { from: ['announced'], to: 'drawn' },
  'market.closeFair': { from: ['drawn'], to: 'held' },
  'market.cancelFair': { from: ['announced', 'drawn'], to: 'cancelled' },
});
export type FairVerb = keyof typeof fairSteps.steps;

export const applicationStates = [
  'applied',
  'scored',
  'allotted',
  'waiting',
  'withdrawn',
  'attended',
  'absent',
  'reported',
  'called_off',
] as const;
export type ApplicationState = (typeof applicationStates)[number];

/** The state table of one maker's application for a stall. */
export const applicationSteps = defineSteps(applicationStates, {
  'market.applyForStall': { from: [null], to: 'applied' },
  'market.scoreApplication': { from: ['applied', 'scored'], to: 'scored' },
  'market.allotStall': { from: ['scored', 'waiting'], to: 'allotted' },
  'market.waitForStall': { from: ['scored'], to: 'waiting' },
  'market.withdrawApplication': {
    from: ['applied', 'scored', 'waiting', 'allotted'],
    to: 'withdrawn',
  },
  'market.attendFair': { from: ['allotted'], to: 'attended' },
  'market.missFair': { from: ['allotted'], to: 'absent' },
  'market.reportSales': { from: ['attended'], to: 'reported' },
  'market.callOff': { from: ['applied', 'scored', 'waiting', 'allotted'], to: 'called_off' },
});
export type ApplicationVerb = keyof typeof applicationSteps.steps;

/**
 * What applications are judged by. Home-made, quality and production-led are a province's published criteria
 * (mehrnews 6593832); the others are offered beside them.
 */
export const criteria = [
  'home_made',
  'quality',
  'production',
  'packaging',
  'local',
  'newcomer',
] as const;
export type Criterion = (typeof criteria)[number];

/** Weights of a fair's criteria, in percent; those that are absent do not count. */
export type Weights = Readonly<Partial<Record<Criterion, number>>>;
/** Marks by criterion, 0 to 10. */
export type Marks = Readonly<Partial<Record<Criterion, number>>>;

export const HIGHEST_MARK = 10;

/** Holds weights to what was promised: together a hundred. @throws Problem `market.weights_wrong` (422) */
export function checkWeights(weights: Weights): void {
  const given = Object.values(weights);
  const isWhole = given.every((weight) => Number.isInteger(weight) && weight > 0);
  const sum = given.reduce((total, weight) => total + weight, 0);
  if (!isWhole || sum !== 100) throw new Problem('market.weights_wrong', { sum });
}

/**
 * An application's points, 0 to 1000: each mark times its weight.
 * @throws Problem `market.marks_wrong` (422) when a criterion has no mark, or a mark no criterion
 */
export function pointsOf(weights: Weights, marks: Marks): number {
  const asked = criteria.filter((one) => weights[one] !== undefined);
  const given = criteria.filter((one) => marks[one] !== undefined);
  const isWhole = given.every((one) => isMark(marks[one]));
  if (asked.join() !== given.join() || !isWhole) throw new Problem('market.marks_wrong');
  return asked.reduce((sum, one) => sum + (weights[one] ?? 0) * (marks[one] ?? 0), 0);
}

function isMark(mark: number | undefined): boolean {
  return Number.isInteger(mark) && Number(mark) >= 0 && Number(mark) <= HIGHEST_MARK;
}

/** An application as the draw knows it; `chance` is its place by the seed, the smallest first. */
export type Ranked = { readonly id: string; readonly points: number; readonly chance: string };

/** Applications in the order in which they get stalls: by points, where those are equal by chance. */
export function rank<One extends Ranked>(applications: readonly One[]): One[] {
  return applications.toSorted((a, b) => b.points - a.points || (a.chance < b.chance ? -1 : 1));
}

/** What a stall costs after its discount. */
export function stallFee(priceRial: bigint, discountBp: number): Rial {
  const price = rial(priceRial);
  return rial(price - basisPoints(price, discountBp));
}

/** A fair's days: applications end before it begins, and it ends no sooner than that. */
export function checkDays(
  days: { readonly applyUntilOn: string; readonly startsOn: string; readonly endsOn: string },
  today: string,
): void {
  const { applyUntilOn, startsOn, endsOn } = days;
  const isOrdered = today <= applyUntilOn && applyUntilOn < startsOn && startsOn <= endsOn;
  if (!isOrdered) throw new Problem('market.fair_days_wrong');
}

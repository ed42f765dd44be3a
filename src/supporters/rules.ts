import { Problem } from '../kit/problem.ts';
import { defineSteps } from '../kit/steps.ts';

/** A supporter as such: applied, found fit with a capacity, in default towards its people. */
export const supporterSteps = defineSteps(['applied', 'approved', 'in_default'], {
  'supporters.apply': { from: [null], to: 'applied' },
  'supporters.assess': { from: ['applied', 'approved'], to: 'approved' },
  'supporters.declareDefault': { from: ['approved'], to: 'in_default' },
  'supporters.endDefault': { from: ['in_default'], to: 'approved' },
});
export type SupporterState = (typeof supporterSteps.states)[number];

/** A person under a supporter: named, covered by a contract of three, looking for another supporter. */
export const coverSteps = defineSteps(['named', 'covered', 'seeking', 'moved', 'ended'], {
  'supporters.name': { from: [null], to: 'named' },
  'supporters.sign': { from: ['named', 'covered'], to: 'covered' },
  'supporters.reopen': { from: ['covered'], to: 'seeking' },
  'supporters.resume': { from: ['seeking'], to: 'covered' },
  'supporters.move': { from: ['seeking'], to: 'moved' },
  'supporters.endCover': { from: ['named', 'covered', 'seeking'], to: 'ended' },
});
export type CoverState = (typeof coverSteps.states)[number];

/** A version of a contract: each signature is a step, in this order. */
export const contractSteps = defineSteps(['offered', 'accepted', 'in_force', 'declined'], {
  'supporters.offer': { from: [null], to: 'offered' },
  'supporters.accept': { from: ['offered'], to: 'accepted' },
  'supporters.decline': { from: ['offered'], to: 'declined' },
  'supporters.sign': { from: ['accepted'], to: 'in_force' },
});
export type ContractState = (typeof contractSteps.states)[number];

/** Entries of the ledger: each is a step of the record and can be taken back once. */
export const entryVerbs = [
  'supporters.issue',
  'supporters.returnMaterial',
  'supporters.scrap',
  'supporters.receive',
  'supporters.deduct',
  'supporters.pay',
] as const;

/** What the clock states of a person's month once it is over, and restates when an entry comes late. */
export const monthVerbs = ['supporters.promise', 'supporters.owe', 'supporters.late'] as const;
export type MonthVerb = (typeof monthVerbs)[number];

/** A document of an earlier year. */
export type TradeRecord = {
  readonly kind: 'order' | 'invoice';
  readonly year: number;
  readonly amountRial: bigint;
};

/** What was in force when a capacity was found; frozen on the supporter. */
export type CapacityRule = {
  /** Full years before this one that count. */
  readonly years: number;
  /** Full years that a supporter has been in the trade at least, by its oldest document. */
  readonly tradeYears: number;
  /** Orders in a year that carry one person. */
  readonly ordersPerPersonRial: bigint;
  readonly leastPeople: number;
  readonly mostPeople: number;
};

/**
 * How many people a supporter can carry: the orders of the last full years, averaged over a year, by what
 * one person needs, and no more than the bound of the day (Tehran: proportionate to the last three years'
 * orders; bounds by year are dated terms).
 * @param year the Jalali year in which it is reckoned
 * @throws Problem `supporters.record_short` for a year without an order or an invoice,
 * `supporters.trade_short` when no document is old enough,
 * `supporters.capacity_short` when the orders carry fewer people than the least (422)
 */
export function capacityOf(
  records: readonly TradeRecord[],
  year: number,
  rule: CapacityRule,
): number {
  const years = Array.from({ length: rule.years }, (_, back) => year - 1 - back);
  for (const one of years) {
    const kinds = records.filter((record) => record.year === one).map(({ kind }) => kind);
    if (!kinds.includes('order') || !kinds.includes('invoice')) {
      throw new Problem('supporters.record_short', { year: one });
    }
  }
  const since = year - rule.tradeYears;
  if (!records.some((record) => record.year <= since)) {
    throw new Problem('supporters.trade_short', { limit: rule.tradeYears, year: since });
  }
  const orders = records
    .filter((record) => record.kind === 'order' && years.includes(record.year))
    .reduce((sum, { amountRial }) => sum + amountRial, 0n);
  const carried = orders / (BigInt(rule.years) * rule.ordersPerPersonRial);
  if (carried < BigInt(rule.leastPeople)) {
    throw new Problem('supporters.capacity_short', {
      given: Number(carried),
      limit: rule.leastPeople,
    });
  }
  return carried > BigInt(rule.mostPeople) ? rule.mostPeople : Number(carried);
}

/** One ended month of a supporter, over all its people. */
export type SupporterMonth = {
  readonly month: number;
  readonly promisedRial: bigint;
  readonly takenRial: bigint;
  /** What was still unpaid on the day by which it had to be paid. */
  readonly lateRial: bigint;
};

/** When a supporter breaks its word: dated settings, assumed. */
export type DefaultRule = { readonly months: number; readonly shareBp: number };

/** Whether a month breaks the promise: too little taken of what was promised, or people not paid in time. */
function isBreach(month: SupporterMonth, { shareBp }: DefaultRule): boolean {
  const { promisedRial, takenRial, lateRial } = month;
  return lateRial > 0n || takenRial * 10_000n < promisedRial * BigInt(shareBp);
}

/** Whether the newest ended months all break the promise, so that default may be declared. */
export function mayDefault(months: readonly SupporterMonth[], rule: DefaultRule): boolean {
  const newest = [...months].sort((a, b) => b.month - a.month).slice(0, rule.months);
  return newest.length === rule.months && newest.every((month) => isBreach(month, rule));
}

/** What a person can say of a payment that the supporter recorded. */
export const receiptAnswers = ['came', 'not_came', 'other_sum'] as const;
export type ReceiptAnswer = (typeof receiptAnswers)[number];

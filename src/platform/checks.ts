import type { Tx } from './database.ts';

/** One place where what is kept differs from what the record says. */
export type Difference = {
  /** What differs: a case code, a measure with its day and key. */
  readonly what: string;
  readonly kept: string;
  readonly recomputed: string;
};

/** The outcome of one check: how many things were compared, and the first differences. */
export type CheckResult = { readonly checked: number; readonly differences: readonly Difference[] };

/** A check of one slice over one province; it reads only. */
export type Check = {
  readonly name: string;
  readonly run: (tx: Tx, provinceId: number) => Promise<CheckResult>;
};

/** No check lists more than this many differences: the first ones show what is wrong. */
export const differencesShown = 100;

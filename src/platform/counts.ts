import type { HistoryRow } from './history-row.ts';

/** Says that a step adds to a measure: one, its rial, or its people. */
export type Count = {
  readonly measure: string;
  readonly verb: string;
  /** Counts only where the step left one of these states; absent = wherever it came from. */
  readonly from?: readonly (string | null)[];
  readonly add: 'one' | 'rial' | 'people';
};

/** A measure of the registry: its words are in the slice's `fa.ts`/`en.ts` under `measures`. */
export type Measure = {
  readonly name: string;
  readonly unit: 'count' | 'rial' | 'people';
};

/** What one row adds to the measures; negative where the row takes a step back. */
export function deltasOf(
  counts: readonly Count[],
  row: Pick<HistoryRow, 'verb' | 'from' | 'sign' | 'rial' | 'people'>,
): { measure: string; value: bigint }[] {
  return counts
    .filter((count) => count.verb === row.verb && (count.from?.includes(row.from) ?? true))
    .map((count) => ({ measure: count.measure, value: BigInt(row.sign) * amountOf(count, row) }))
    .filter(({ value }) => value !== 0n);
}

function amountOf(count: Count, row: Pick<HistoryRow, 'rial' | 'people'>): bigint {
  if (count.add === 'rial') return row.rial ?? 0n;
  if (count.add === 'people') return BigInt(row.people ?? 0);
  return 1n;
}

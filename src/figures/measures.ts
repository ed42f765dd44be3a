import { employmentCounts, employmentMeasures } from '../employment/index.ts';
import { financingCounts, financingMeasures } from '../financing/index.ts';
import { marketCounts, marketMeasures } from '../market/index.ts';
import { permitCounts, permitMeasures } from '../permits/index.ts';
import type { Count, Measure } from '../platform/counts.ts';
import { supporterCounts, supporterMeasures } from '../supporters/index.ts';

/** The registry: every measure of the house with the slice whose words explain it. */
export const measures: readonly (Measure & { readonly slice: string })[] = [
  ...permitMeasures.map((measure) => ({ ...measure, slice: 'permits' })),
  ...supporterMeasures.map((measure) => ({ ...measure, slice: 'supporters' })),
  ...financingMeasures.map((measure) => ({ ...measure, slice: 'financing' })),
  ...employmentMeasures.map((measure) => ({ ...measure, slice: 'employment' })),
  ...marketMeasures.map((measure) => ({ ...measure, slice: 'market' })),
];

/** Which steps add what to which measure: figures are sums over these and nothing else. */
export const counts: readonly Count[] = [
  ...permitCounts,
  ...supporterCounts,
  ...financingCounts,
  ...employmentCounts,
  ...marketCounts,
];

/** A measure of the registry by name; undefined when there is none. */
export function findMeasure(name: string) {
  return measures.find((measure) => measure.name === name);
}

/** The counts as columns of one array each, as SQL takes them. */
export function countArrays(of: readonly Count[]) {
  return {
    measures: of.map(({ measure }) => measure),
    verbs: of.map(({ verb }) => verb),
    // null = from wherever; states never hold a bar.
    froms: of.map(({ from }) => (from ? from.map((state) => state ?? '').join('|') : null)),
    adds: of.map(({ add }) => add),
  };
}

import { sql } from 'kysely';
import { type ColumnDimension, columnDimensions } from './dimension-rules.ts';

export { type ColumnDimension, columnDimensions };

/** Cuts by time; computed from the day. */
export const timeDimensions = ['month', 'season'] as const;
export type TimeDimension = (typeof timeDimensions)[number];

export const dimensions = [...columnDimensions, ...timeDimensions] as const;
export type Dimension = ColumnDimension | TimeDimension;

/** What a figure is about: no entry = all of the province. Counties are numbers as text. */
export type Scope = Readonly<Partial<Record<ColumnDimension, string>>>;

/** The column of `history` and `measure_deltas` that holds a dimension, as text. */
export const dimensionColumn = {
  agency: sql`agency_id`,
  county: sql`county_id::text`,
  bank: sql`coalesce(bank_id, '')`,
  kind: sql`kind`,
  occupation: sql`occupation_id`,
  sex: sql`sex`,
  area: sql`area`,
} as const;

/**
 * The sets of dimensions for which totals are kept: everything, each dimension alone, and agency
 * within county. Any other cut is summed from the record itself, with the same answer.
 */
export const keptSets: readonly (readonly ColumnDimension[])[] = [
  [],
  ...columnDimensions.map((dimension) => [dimension]),
  ['agency', 'county'],
];

/** The name under which a set's totals are kept: 'all', 'agency', 'agency+county'. */
export function setName(set: readonly ColumnDimension[]): string {
  return set.length === 0 ? 'all' : set.join('+');
}

/** The key of a row within a set: the dimensions' values joined by a bar. */
export function setKey(set: readonly ColumnDimension[]) {
  if (set.length === 0) return sql`''`;
  return sql.join(
    set.map((dimension) => dimensionColumn[dimension]),
    sql` || '|' || `,
  );
}

/** The kept set that answers a scope cut by a dimension; undefined when none does. */
export function keptSetFor(scope: Scope, by: ColumnDimension | undefined) {
  const wanted = new Set<ColumnDimension>(Object.keys(scope) as ColumnDimension[]);
  if (by) wanted.add(by);
  return keptSets.find((set) => set.length === wanted.size && set.every((one) => wanted.has(one)));
}

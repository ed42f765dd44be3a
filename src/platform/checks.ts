import { sql } from 'kysely';
import { encodeCode } from '../kit/code.ts';
import type { DB, Tx } from './database.ts';

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

/** Rows that a check found, as differences of what has their ids: a case, an order. */
export function codedDifferences(
  provinceId: number,
  rows: readonly {
    readonly id: string;
    readonly kept: string | bigint | null;
    readonly recomputed: string | bigint | null;
  }[],
): Difference[] {
  return rows.map(({ id, kept, recomputed }) => ({
    what: encodeCode(provinceId, id),
    kept: String(kept ?? ''),
    recomputed: String(recomputed ?? ''),
  }));
}

/** How many rows of a table a province has: what a check says that it compared. */
export async function countRows(tx: Tx, table: keyof DB, provinceId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ${sql.table(table)}
    where province_id = ${provinceId}`.execute(tx);
  return rows[0]?.count ?? 0;
}

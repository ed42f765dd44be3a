import { sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { type Difference, differencesShown } from '../checks.ts';
import type { Tx } from '../transaction.ts';
import type { MarkedTable } from './catalogue.ts';
import { ofNoProvince } from './mark.ts';
import { countsIn, type MarkRow, marksOf } from './read-marks.ts';
import type { Stock } from './stock.ts';
import { shortXid } from './xid-set.ts';

type Gone = {
  readonly provinceId: number;
  readonly table: MarkedTable;
  /** How many rows too few there are. */
  readonly gone: number;
  readonly groups: readonly { readonly xid: string; readonly n: number }[];
  readonly stock: Stock;
};

/**
 * Rows that are not there any more: how many of which table, and the transactions that put more into it than is
 * left of them, with the steps of cases that they recorded. Where rows of the table are changed too, these are
 * more than were robbed: a row that was changed belongs to the transaction that did it.
 */
export async function removedFrom(tx: Tx, of: Gone): Promise<Difference[]> {
  const { table, gone } = of;
  const from = await robbed(tx, of);
  const stepsOf = await stepsIn(
    tx,
    of.provinceId,
    from.map(({ mark }) => mark.xids[0] ?? '0'),
  );
  const first = {
    what: `${table.name} removed ${gone}`,
    kept: 'fewer rows than were written',
    recomputed: `by one of ${from.length} transactions, or before stock ${of.stock.number}`,
  };
  if (from.length === 0)
    return [
      { ...first, recomputed: `before stock ${of.stock.number} was taken, or changed since` },
    ];
  const lost = from.reduce((sum, { missing }) => sum + missing, 0);
  const named = from.map(({ mark, missing }) => ({
    what: `${table.name} removed ${missing}`,
    kept: `of what was written at ${mark.written_at.toISOString()}`,
    recomputed: `transaction ${mark.xids[0]}${stepsOf.get(shortXid(mark.xids[0] ?? '0')) ?? ''}`,
  }));
  return lost === gone ? named : [first, ...named];
}

type Robbed = { readonly mark: MarkRow; readonly missing: number };

/** Transactions of which fewer rows are left than they put in, the first hundred. */
async function robbed(tx: Tx, { provinceId, table, groups, stock }: Gone): Promise<Robbed[]> {
  const left = new Map(groups.map(({ xid, n }) => [xid, n]));
  const home = table.reference ? ofNoProvince : provinceId;
  const found: Robbed[] = [];
  for await (const mark of marksOf(tx, provinceId, stock)) {
    if (mark.province_id !== home || !mark.later || found.length >= differencesShown) continue;
    const put = countsIn(mark).find(([name]) => name === table.name)?.[1] ?? 0;
    const there = [...new Set(mark.xids)].reduce(
      (sum, xid) => sum + (left.get(shortXid(xid)) ?? 0),
      0,
    );
    if (put > there) found.push({ mark, missing: put - there });
  }
  return found;
}

/** The steps that transactions recorded, as text, by the number that stands on their rows. */
async function stepsIn(
  tx: Tx,
  provinceId: number,
  xids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (xids.length === 0) return new Map();
  const { rows } = await sql<{ xid: string; case_id: string; seq: number }>`
    select distinct on (xmin::text) xmin::text as xid, case_id, seq from history
    where province_id = ${provinceId} and xmin = any(${xids.map(shortXid)}::xid[])
    order by xmin::text, case_id, seq`.execute(tx);
  return new Map(
    rows.map(({ xid, case_id: id, seq }) => [xid, `, with ${encodeCode(provinceId, id)} #${seq}`]),
  );
}

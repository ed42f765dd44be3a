import { sql } from 'kysely';
import type { Difference } from '../checks.ts';
import { sha256 } from '../roots/merkle.ts';
import { streamed } from '../roots/queries.ts';
import type { StepSealer } from '../step-seals.ts';
import type { Tx } from '../transaction.ts';
import { markKey, ofNoProvince, sealedText } from './mark.ts';
import type { Stock } from './stock.ts';
import { XidSet } from './xid-set.ts';

/** A mark as it is stored, with what its digest is of. */
export type MarkRow = {
  readonly province_id: number;
  readonly writer: string;
  readonly number: number;
  readonly written_at: Date;
  readonly xids: readonly string[];
  readonly counts: string | null;
  readonly unsettled: readonly number[];
  readonly others: string | null;
  readonly mac: Buffer;
  readonly text: string;
  /** Whether the newest stock does not know it. */
  readonly later: boolean;
};

/** What the marks of a province say, those of no province with them. */
export type Marked = {
  readonly checked: number;
  readonly differences: readonly Difference[];
  readonly xids: XidSet;
  /** Rows more or fewer in each table since the newest stock: of the province, and of what is no province's. */
  readonly more: ReadonlyMap<string, number>;
  readonly moreOfNone: ReadonlyMap<string, number>;
};

/** The marks of a province and of no province, by writer and number. */
export function marksOf(tx: Tx, provinceId: number, stock: Stock): AsyncGenerator<MarkRow> {
  return streamed(
    tx,
    sql<MarkRow>`select province_id, writer::text as writer, number, written_at,
      (array[xid::text] || coalesce(part_xids::text[], '{}')) as xids, counts, unsettled, others, mac,
      ${sealedText('m', 'written_at', 'part_xids')} as text,
      not pg_visible_in_snapshot(xid, ${stock.snapshot}::pg_snapshot) as later
      from write_marks m where province_id in (${ofNoProvince}::integer, ${provinceId}::integer)
      order by province_id, writer, number`,
  );
}

/** Reads every mark once: its digest, its place among those of its writer, and what it says. */
export async function readMarks(
  tx: Tx,
  provinceId: number,
  sealer: StepSealer,
  stock: Stock,
): Promise<Marked> {
  const reading = new MarkReading(sealer);
  for await (const row of marksOf(tx, provinceId, stock)) reading.take(row);
  return reading.end();
}

class MarkReading {
  readonly #sealer: StepSealer;
  readonly #xids = new XidSet();
  readonly #more = new Map<string, number>();
  readonly #moreOfNone = new Map<string, number>();
  readonly #differences: Difference[] = [];
  readonly #ends = new Map<string, number>();
  readonly #others = new Map<string, number>();
  #checked = 0;
  #stream = '';
  #before = 0;
  /** Marks of this writer that are not there, and that some later one may yet know to be. */
  #missing = new Set<number>();
  constructor(sealer: StepSealer) {
    this.#sealer = sealer;
  }

  take(row: MarkRow): void {
    this.#checked += 1;
    const stream = `${row.province_id} ${row.writer}`;
    if (stream !== this.#stream) {
      this.#stream = stream;
      this.#before = 0;
      this.#missing = new Set();
    }
    const { writer, number } = row;
    const key = markKey(this.#sealer, { province: row.province_id, writer, number });
    if (
      !sha256(key, sha256(Buffer.from(row.text)))
        .subarray(0, 16)
        .equals(row.mac)
    ) {
      this.#fault(nameOf(row), row.mac.toString('hex'), 'not what the house wrote');
      return;
    }
    this.#place(row);
    for (const xid of row.xids) this.#xids.add(Number(xid));
    if (row.later) this.#count(row);
    for (const other of (row.others ?? '').split(',').filter(Boolean)) {
      const [name = '', end = '0'] = other.split(' ');
      const known = `${row.province_id} ${name}`;
      this.#others.set(known, Math.max(this.#others.get(known) ?? 0, Number(end)));
    }
  }

  /** A mark is missed when a later one of its writer knew it to be there. */
  #place(row: MarkRow): void {
    for (let number = this.#before + 1; number < row.number; number += 1) this.#missing.add(number);
    this.#before = row.number;
    this.#ends.set(this.#stream, row.number);
    if (this.#missing.size === 0) return;
    const unsettled = new Set(row.unsettled);
    for (const number of this.#missing) {
      if (unsettled.has(number)) continue;
      this.#missing.delete(number);
      this.#fault(
        nameOf({ ...row, number }),
        `known at ${row.written_at.toISOString()}`,
        'removed',
      );
    }
  }

  #count(row: MarkRow): void {
    const more = row.province_id === ofNoProvince ? this.#moreOfNone : this.#more;
    for (const [table, n] of countsIn(row)) more.set(table, (more.get(table) ?? 0) + n);
  }

  #fault(what: string, kept: string, recomputed: string): void {
    this.#differences.push({ what, kept, recomputed });
  }

  end(): Marked {
    for (const [stream, end] of this.#others) {
      const found = this.#ends.get(stream) ?? 0;
      if (found >= end) continue;
      this.#fault(`mark ${stream} ${found + 1}–${end}`, 'known to another process', 'removed');
    }
    return {
      ...{ checked: this.#checked, differences: this.#differences, xids: this.#xids },
      ...{ more: this.#more, moreOfNone: this.#moreOfNone },
    };
  }
}

const nameOf = (row: Pick<MarkRow, 'province_id' | 'writer' | 'number'>) =>
  `mark ${row.province_id} ${row.writer} ${row.number}`;

/** Rows more or fewer that a mark tells of, by table. */
export function countsIn({ counts }: Pick<MarkRow, 'counts'>): [table: string, more: number][] {
  return (counts ?? '')
    .split(',')
    .filter(Boolean)
    .map((one) => one.split(' '))
    .map(([table = '', more = '0']) => [table, Number(more)]);
}

import { type RawBuilder, sql } from 'kysely';
import { uuid7 } from '../../kit/uuid7.ts';
import type { StepSealer } from '../step-seals.ts';
import { openParts, type WriteTrail } from './trail.ts';

/** The province of what is no province's. */
export const ofNoProvince = -1;

/** A mark on its way: which one it is, and of which others it was not known whether they are there. */
export type Mark = {
  readonly province: number;
  readonly writer: string;
  readonly number: number;
  readonly unsettled: readonly number[];
  /** Whether it says how far the other writers are. */
  readonly looks: boolean;
};

type Stream = { writer: string; number: number; unsettled: Set<number>; lookedAt: number };

/** How often a writer says how far the others are. */
const lookEveryMs = 600_000;
/** A writer with so many marks that never came begins anew: each later one would have to name them all. */
const mostUnsettled = 200;

/** The marks of one process: in each province they are numbered, so that none can be taken away. */
export class Marker {
  readonly #sealer: StepSealer;
  readonly #streams = new Map<number, Stream>();
  constructor(sealer: StepSealer) {
    this.#sealer = sealer;
  }

  /** The next mark of a province. Say what became of it with `settle`. */
  next(province: number): Mark {
    let stream = this.#streams.get(province);
    if (!stream || stream.unsettled.size > mostUnsettled) {
      const writer = uuid7(Date.now());
      stream = { writer, number: 0, unsettled: new Set(), lookedAt: Number.NEGATIVE_INFINITY };
      this.#streams.set(province, stream);
    }
    const unsettled = [...stream.unsettled];
    stream.number += 1;
    stream.unsettled.add(stream.number);
    const looks = performance.now() - stream.lookedAt > lookEveryMs;
    if (looks) stream.lookedAt = performance.now();
    return { province, writer: stream.writer, number: stream.number, unsettled, looks };
  }

  /** Only what is certainly there is settled: the others are named by every mark that comes after. */
  settle(mark: Mark, committed: boolean): void {
    const stream = this.#streams.get(mark.province);
    if (committed && stream?.writer === mark.writer) stream.unsettled.delete(mark.number);
  }

  /**
   * The last statement of a transaction. The digest is made by the database, which alone knows the number of
   * the transaction and what it counted, with a key that is good for this one mark.
   */
  statement(mark: Mark, trail: WriteTrail): RawBuilder<unknown> {
    const { province, writer, number, unsettled } = mark;
    return sql`
      insert into write_marks (province_id, writer, number, written_at, xid, part_xids, counts,
        opened, unsettled, others, mac)
      select ${province}::integer, ${writer}::uuid, ${number}::integer, m.at, m.xid, m.parts, m.counts,
        m.opened, m.unsettled, m.others, substr(sha256(${markKey(this.#sealer, mark)}::bytea
          || sha256(convert_to(${sealedText('m', 'at', 'parts')}, 'UTF8'))), 1, 16)
      from (select date_trunc('milliseconds', now()) as at, pg_current_xact_id() as xid,
        ${trail.parted ? partsOf(trail) : sql`null::xid8[]`} as parts, ${countsOf(trail)} as counts,
        ${openedOf(trail)} as opened,
        ${unsettled}::integer[] as unsettled, ${mark.looks ? othersOf(mark) : sql`null::text`} as others,
        pg_stat_force_next_flush()
        where pg_current_xact_id_if_assigned() is not null) as m`;
  }
}

/** The key of one mark. */
export function markKey(
  sealer: StepSealer,
  mark: Pick<Mark, 'province' | 'writer' | 'number'>,
): Buffer {
  return sealer.mac(`mark ${mark.province} ${mark.writer} ${mark.number}`);
}

/** What a mark's digest is of, besides its name, as one text; `at` is the moment's column. */
export function sealedText(row: string, at: string, parts: string): RawBuilder<string> {
  return sql.raw(`concat_ws('|', to_char(${row}.${at} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'),
    ${row}.xid::text, coalesce(${row}.${parts}::text, ''), coalesce(${row}.counts, ''),
    coalesce(${row}.opened::text, ''), ${row}.unsettled::text, coalesce(${row}.others, ''))`);
}

/** The numbers of the parts: those that are open, and those that were released. */
const partsOf = ({ released }: WriteTrail): RawBuilder<unknown> =>
  sql`(${[...released]}::text[]::xid8[] || coalesce(${sql.raw(openParts)}, '{}'))`;

/** The newest mark of each of the twenty writers that began last, by way of the key. */
function othersOf({ province, writer }: Mark): RawBuilder<unknown> {
  return sql`(with recursive w as (
    (select writer, number from write_marks where province_id = ${province}::integer
      order by writer desc, number desc limit 1)
    union all
    select n.writer, n.number from w cross join lateral (
      select writer, number from write_marks o
      where o.province_id = ${province}::integer and o.writer < w.writer
      order by o.writer desc, o.number desc limit 1) as n
  ) select string_agg(l.writer || ' ' || l.number, ',' order by l.writer)
    from (select * from w where writer <> ${writer}::uuid limit 20) as l)`;
}

function countsOf({ tables, undone }: WriteTrail): RawBuilder<unknown> {
  const back = tables.map((table) => undone.get(table) ?? 0);
  return sql`(select string_agg(c.name || ' ' || c.more, ',' order by c.name) from (
    select t.name, pg_stat_get_xact_tuples_inserted(to_regclass(t.name))
      - pg_stat_get_xact_tuples_deleted(to_regclass(t.name)) - t.back as more
    from unnest(${tables}::text[], ${back}::integer[]) as t(name, back)) as c where c.more <> 0)`;
}

const openedOf = ({ opened }: WriteTrail): RawBuilder<unknown> =>
  opened.length === 0 ? sql`null::uuid[]` : sql`${opened}::uuid[]`;

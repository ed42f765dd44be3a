import { type RawBuilder, sql } from 'kysely';
import { clientOf, type Tx } from '../database.ts';
import type { RootRow } from './statement.ts';

/** A link as a root keeps it: where a chain stood, and eight bytes of each hash since the link before. */
export type LinkRow = {
  readonly case_id: string;
  readonly seq: number;
  readonly hash: Buffer;
  readonly trail: Buffer;
};

/** A province's root by its number, or its newest. */
export function findRoot(
  tx: Tx,
  provinceId: number,
  number: number | 'newest',
): Promise<RootRow | undefined> {
  let query = tx.selectFrom('history_roots').selectAll().where('province_id', '=', provinceId);
  if (number !== 'newest') query = query.where('number', '=', number);
  return query.orderBy('number', 'desc').limit(1).executeTakeFirst();
}

/** All roots of a province, in their order. */
export function listRoots(tx: Tx, provinceId: number): Promise<RootRow[]> {
  return tx
    .selectFrom('history_roots')
    .selectAll()
    .where('province_id', '=', provinceId)
    .orderBy('number')
    .execute();
}

/** The links of chains that have grown since the newest root, as far as they had been recorded by a moment. */
export function linksUntil(provinceId: number, asOf: Date): RawBuilder<LinkRow> {
  return sql<LinkRow>`
    with last as (${lastLinks(provinceId)}), ends as (
      select d.case_id, coalesce(l.seq, 0) as since, max(h.seq) as seq
      from history_heads d left join last l on l.case_id = d.case_id
      join history h on h.province_id = ${provinceId} and h.case_id = d.case_id
        and h.seq > coalesce(l.seq, 0) and h.recorded_at <= ${asOf}::timestamptz
      where d.province_id = ${provinceId} and d.seq > coalesce(l.seq, 0)
      group by d.case_id, l.seq
    )
    select e.case_id, e.seq, (array_agg(h.hash order by h.seq desc))[1] as hash,
      string_agg(substring(h.hash from 1 for 8), ''::bytea order by h.seq) as trail
    from ends e join history h on h.province_id = ${provinceId} and h.case_id = e.case_id
      and h.seq > e.since and h.seq <= e.seq
    group by e.case_id, e.seq`;
}

/** The newest link of each case among the roots up to a number (all where none is given). */
function lastLinks(provinceId: number, upTo: number | null = null) {
  return sql`select distinct on (case_id) case_id, seq, hash from history_root_links
    where province_id = ${provinceId} and (${upTo}::integer is null or root_number <= ${upTo}::integer)
    order by case_id, seq desc`;
}

/** The newest link of each case as a root of this moment has it, by case. */
export function newestLinks(tx: Tx, provinceId: number, asOf: Date): AsyncGenerator<LinkRow> {
  return streamed(
    tx,
    sql<LinkRow>`select distinct on (case_id) case_id, seq, hash from (
      select case_id, seq, hash from (${lastLinks(provinceId)}) as kept
      union all select case_id, seq, hash from (${linksUntil(provinceId, asOf)}) as grown
    ) as links order by case_id, seq desc`,
  );
}

/** The newest link of each case as a root that was made has it, by case. */
export function linksOfRoot(tx: Tx, provinceId: number, number: number): AsyncGenerator<LinkRow> {
  return streamed(tx, sql<LinkRow>`${lastLinks(provinceId, number)}`);
}

let nextCursor = 0;

/** Rows of a query one by one, through a cursor of the transaction. */
export async function* streamed<T>(tx: Tx, query: RawBuilder<T>): AsyncGenerator<T> {
  const { sql: text, parameters } = query.compile(tx);
  const client = clientOf(tx);
  nextCursor += 1;
  const name = `rows_${nextCursor}`;
  await client.query(`declare ${name} no scroll cursor for ${text}`, [...parameters]);
  for (;;) {
    const { rows } = await client.query(`fetch 2000 from ${name}`);
    if (rows.length === 0) break;
    yield* rows as T[];
  }
  await client.query(`close ${name}`);
}

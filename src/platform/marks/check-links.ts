import { sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { type CheckResult, type Difference, differencesShown } from '../checks.ts';
import { referenceTables } from '../distribution.ts';
import type { Tx } from '../transaction.ts';
import { type Link, linksBetween, type MarkedTable } from './catalogue.ts';

/**
 * Rows that others name and that are not there, and cases that were opened and of which nothing is left: whoever
 * takes a row away as the owner of the tables has to take its foreign keys off, and they no longer tell.
 */
export async function checkLinks(
  tx: Tx,
  provinceId: number,
  tables: readonly MarkedTable[],
): Promise<CheckResult> {
  const chosen = new Set(tables.map(({ name }) => name));
  const links = (await linksBetween(tx)).filter(({ target }) => chosen.has(target));
  const differences: Difference[] = chosen.has('history_heads')
    ? await openedAndGone(tx, provinceId)
    : [];
  for (const link of links) {
    differences.push(...(await unnamed(tx, provinceId, link)));
  }
  return { checked: links.length, differences };
}

const isReference = (table: string) => (referenceTables as readonly string[]).includes(table);

async function unnamed(
  tx: Tx,
  provinceId: number,
  { table, columns, target, named }: Link,
): Promise<Difference[]> {
  const own = (alias: string, name: string) =>
    isReference(name) ? sql`true` : sql`${sql.ref(`${alias}.province_id`)} = ${provinceId}`;
  const given = columns.map((column) => sql.ref(`c.${column}`));
  const same = columns.map((_, at) => sql`${sql.ref(`t.${named[at]}`)} = ${given[at]}`);
  const { rows } = await sql<{ key: string }>`
    select distinct concat_ws(' ', ${sql.join(given)}) as key from ${sql.table(table)} c
    where ${own('c', table)} and ${sql.join(
      given.map((one) => sql`${one} is not null`),
      sql` and `,
    )}
      and not exists (select from ${sql.table(target)} t
        where ${own('t', target)} and ${sql.join(same, sql` and `)})
    limit ${differencesShown}`.execute(tx);
  return rows.map(({ key }) => ({
    what: `${target} ${key} removed`,
    kept: `named by ${table}`,
    recomputed: 'no such row',
  }));
}

async function openedAndGone(tx: Tx, provinceId: number): Promise<Difference[]> {
  const { rows } = await sql<{ case_id: string; at: Date }>`
    select o.case_id, o.at from (select unnest(opened) as case_id, written_at as at from write_marks
      where province_id = ${provinceId} and opened is not null) as o
    where not exists (select from history_heads h
      where h.province_id = ${provinceId} and h.case_id = o.case_id)
    limit ${differencesShown}`.execute(tx);
  return rows.map(({ case_id: id, at }) => ({
    what: `${encodeCode(provinceId, id)} removed`,
    kept: `opened at ${at.toISOString()}`,
    recomputed: 'no case',
  }));
}

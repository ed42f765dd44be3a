import { sql } from 'kysely';
import { referenceTables } from '../distribution.ts';
import type { Tx } from '../transaction.ts';
import { unmarkedTables } from './tables.ts';

/** A table whose rows have marks. */
export type MarkedTable = {
  readonly name: string;
  /** The columns of its key. */
  readonly key: readonly string[];
  /** Whether its rows are no province's: the owner of the tables alone writes them. */
  readonly reference: boolean;
};

/** Every table of the house whose rows have marks, by name, from the database's own catalogue. */
export async function markedTables(tx: Tx): Promise<MarkedTable[]> {
  const { rows } = await sql<{ name: string; key: string[] }>`
    select c.relname::text as name, array(select a.attname::text
      from unnest(k.conkey) with ordinality as l(number, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = l.number order by l.place) as key
    from pg_class c join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`.execute(tx);
  const reference = new Set<string>(referenceTables);
  return rows
    .filter(({ name }) => !(name in unmarkedTables))
    .map(({ name, key }) => ({ name, key, reference: reference.has(name) }));
}

/** Two tables of which the rows of one name rows of the other. */
export type Link = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly named: readonly string[];
};

/** The foreign keys between tables. */
export async function linksBetween(tx: Tx): Promise<Link[]> {
  const columns = (of: string, numbers: string) =>
    sql.raw(`array(select a.attname::text from unnest(k.${numbers}) with ordinality as l(number, place)
      join pg_attribute a on a.attrelid = k.${of} and a.attnum = l.number order by l.place)`);
  const { rows } = await sql<Link>`
    select c.relname::text as "table", t.relname::text as target,
      ${columns('conrelid', 'conkey')} as columns, ${columns('confrelid', 'confkey')} as named
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace order by 1, k.conname`.execute(
    tx,
  );
  return [...rows];
}

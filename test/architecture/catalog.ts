import { sql } from 'kysely';
import type { Database } from '../../src/platform/database.ts';

export type Column = {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly filled: string | null;
  readonly identity: string;
};
export type Constraint = {
  readonly table: string;
  readonly name: string;
  /** p primary key, u unique, f foreign key, c check, x exclusion. */
  readonly kind: string;
  readonly columns: readonly string[];
  /** The table that a foreign key goes to. */
  readonly target: string | null;
};
export type Index = {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly string[];
  /** Which rows it holds; null = all. */
  readonly predicate: string | null;
};
export type Table = { readonly name: string; readonly secured: boolean; readonly policies: number };

/** What PostgreSQL knows of the schema that the migrations made. */
export type Catalog = {
  readonly tables: readonly Table[];
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
};

/** The columns of a constraint or index, in its order; those that are expressions are left out. */
const columnNames = (table: string, numbers: string) =>
  sql.raw(`array(select a.attname::text from unnest(${numbers}) with ordinality as listed(number, place)
    join pg_attribute a on a.attrelid = ${table} and a.attnum = listed.number order by listed.place)`);

const tables = sql<Table>`
  select c.relname as name, c.relrowsecurity as secured,
    (select count(*)::integer from pg_policy p where p.polrelid = c.oid) as policies
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  order by 1`;

const columns = sql<Column>`
  select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
    pg_get_expr(d.adbin, d.adrelid) as filled, a.attidentity as identity
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and a.attnum > 0 and not a.attisdropped
  order by c.relname, a.attnum`;

const constraints = sql<Constraint>`
  select c.relname as table, k.conname as name, k.contype as kind, f.relname as target,
    ${columnNames('k.conrelid', 'k.conkey')} as columns
  from pg_constraint k join pg_class c on c.oid = k.conrelid
  left join pg_class f on f.oid = k.confrelid
  where c.relnamespace = 'public'::regnamespace and k.contype in ('p', 'u', 'f', 'c', 'x')
  order by 1, 2`;

const indexes = sql<Index>`
  select c.relname as table, n.relname as name, i.indisunique as unique,
    pg_get_expr(i.indpred, i.indrelid) as predicate,
    ${columnNames('i.indrelid', 'i.indkey::int2[]')} as columns
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_class n on n.oid = i.indexrelid
  where c.relnamespace = 'public'::regnamespace
  order by 1, 2`;

/** The runner's own list of what has run is not one of the house's tables. */
const ours = <Row extends { table: string } | { name: string }>(rows: readonly Row[]): Row[] =>
  rows.filter((row) => ('table' in row ? row.table : row.name) !== 'schema_migrations');

/** Reads the catalog of a migrated database. */
export function readCatalog(database: Database): Promise<Catalog> {
  return database.migratorTransaction(async (tx) => ({
    tables: ours((await tables.execute(tx)).rows),
    columns: ours((await columns.execute(tx)).rows),
    constraints: ours((await constraints.execute(tx)).rows),
    indexes: ours((await indexes.execute(tx)).rows),
  }));
}

import type pg from 'pg';
import { nationalTables, placingOf } from './distribution.ts';

/** Shards of a spread table: as many machines at most, without cutting anything again. */
const shards = 32;
/** The table that all others of the provinces lie with. */
const anchor = 'people';

/** Whether this database is a Citus coordinator's: the extension is in it, not only on its server. */
export async function isCoordinator(client: pg.ClientBase | pg.Pool): Promise<boolean> {
  const { rows } = await client.query(
    "select exists (select from pg_extension where extname = 'citus') as found",
  );
  return (rows[0] as { found: boolean }).found;
}

/** Whether a server offers Citus to a database that does not use it: nothing is spread there. */
export async function offersCitus(client: pg.ClientBase | pg.Pool): Promise<boolean> {
  const { rows } = await client.query(`select exists (select from pg_available_extensions
    where name = 'citus' and installed_version is null) as found`);
  return (rows[0] as { found: boolean }).found;
}

/** Whether the tables of a coordinator are spread already. */
export async function isSpread(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(`select exists (select from pg_dist_partition p
    join pg_class c on c.oid = p.logicalrelid::oid
    where c.relnamespace = 'public'::regnamespace) as found`);
  return (rows[0] as { found: boolean }).found;
}

/** Tables of ours that lie on the coordinator alone and should not, in the order in which they are placed. */
async function unplacedTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query(`select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and not exists (select from pg_dist_partition p where p.logicalrelid::oid = c.oid)
    order by 1`);
  const rank = (name: string) =>
    placingOf(name).as === 'reference' ? 0 : name === anchor ? 1 : nationalTables[name] ? 3 : 2;
  return (rows as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => placingOf(name).as !== 'local')
    .sort((one, other) => rank(one) - rank(other));
}

/**
 * Spreads what the migrations have made on the coordinator: reference tables to every node, the others by
 * province, the few of the whole country by their own key. Foreign keys are taken off before and put on
 * behind; what they were is kept in `schema_foreign_keys` meanwhile, so that a run that was cut off can be
 * gone on with.
 */
export async function spread(client: pg.ClientBase): Promise<void> {
  const tables = await unplacedTables(client);
  if (tables.length > 0) await takeKeysOff(client, tables);
  for (const table of tables) await place(client, table);
  await putKeysOn(client);
}

/** Places the tables that a statement has just made, before anything refers to them. */
export async function placeNew(client: pg.ClientBase): Promise<void> {
  for (const table of await unplacedTables(client)) await place(client, table);
}

async function place(client: pg.ClientBase, table: string): Promise<void> {
  const placing = placingOf(table);
  const { rows } = await client.query(`select exists (select from ${table}) as filled`);
  if (placing.as === 'reference') {
    await client.query('select create_reference_table($1::text::regclass)', [table]);
  } else if (placing.as === 'distributed') {
    // With a number of shards a table begins a group of its own; with another table it joins that one's.
    const alone = table === anchor || placing.by !== 'province_id';
    const group = alone
      ? `colocate_with => 'none', shard_count => ${shards}`
      : `colocate_with => '${anchor}'`;
    await client.query(
      `select create_distributed_table($1::text::regclass, '${placing.by}', ${group})`,
      [table],
    );
  }
  // Rows that were there have gone to where they belong; what is left of them here would be read by nobody.
  if ((rows[0] as { filled: boolean }).filled) {
    const emptied = 'select truncate_local_data_after_distributing_table($1::text::regclass)';
    await client.query(emptied, [table]);
  }
}

/** Foreign keys of and to tables that are still to be placed: noted and taken off, or neither. */
async function takeKeysOff(client: pg.ClientBase, tables: readonly string[]): Promise<void> {
  await client.query('begin');
  await client.query(`create table if not exists schema_foreign_keys (
    table_name text not null,
    name text not null,
    definition text not null,
    primary key (table_name, name)
  )`);
  const { rows } = await client.query(
    `insert into schema_foreign_keys (table_name, name, definition)
     select f.relname, quote_ident(k.conname), pg_get_constraintdef(k.oid)
     from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and k.conparentid = 0 and f.relnamespace = 'public'::regnamespace
       and (f.relname = any($1) or t.relname = any($1))
     returning table_name, name`,
    [tables],
  );
  for (const { table_name: table, name } of rows as { table_name: string; name: string }[]) {
    await client.query(`alter table ${table} drop constraint ${name}`);
  }
  await client.query('commit');
}

async function putKeysOn(client: pg.ClientBase): Promise<void> {
  const found = await client.query("select to_regclass('public.schema_foreign_keys') as name");
  if (found.rows[0].name === null) return;
  const { rows } = await client.query(
    'select table_name, name, definition from schema_foreign_keys order by 1, 2',
  );
  for (const { table_name: table, name, definition } of rows as Record<string, string>[]) {
    await client.query('begin');
    await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    await client.query('delete from schema_foreign_keys where table_name = $1 and name = $2', [
      table,
      name,
    ]);
    await client.query('commit');
  }
  await client.query('drop table schema_foreign_keys');
}

import type pg from 'pg';

/** A table as a backup keeps it: rows in COPY's text form, in the order of `columns`. */
export type KeptTable = {
  /** Schema and name, quoted as SQL wants them. */
  readonly name: string;
  /** Columns that can be written, quoted. */
  readonly columns: string[];
};

/**
 * Every table of ours and of the job queue, so that jobs that waited go on waiting. Not the lists of
 * migrations, and not the marks of what wrote which row: they belong to the database that a backup is put into.
 */
export async function keptTables(client: pg.ClientBase): Promise<KeptTable[]> {
  const { rows } = await client.query(`
    select format('%I.%I', n.nspname, c.relname) as name,
      array_agg(quote_ident(a.attname) order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'graphile_worker')
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = ''
    where c.relkind in ('r', 'p') and not c.relispartition
      and not (n.nspname = 'public' and c.relname in ('schema_migrations', 'schema_foreign_keys',
        'write_marks', 'stocktakings'))
      and not (n.nspname = 'graphile_worker' and c.relname = 'migrations')
    group by n.nspname, c.relname order by n.nspname, c.relname`);
  return rows as KeptTable[];
}

/** SQL that sends a table's rows out. A partitioned table can only be asked, not copied. */
export function copyOut({ name, columns }: KeptTable): string {
  return `copy (select ${columns.join(', ')} from ${name}) to stdout`;
}

/** SQL that takes a table's rows in. */
export function copyIn({ name, columns }: KeptTable): string {
  return `copy ${name} (${columns.join(', ')}) from stdin`;
}

/**
 * Empties all tables, and takes their foreign keys off, so that rows can come in any order. Returns what puts
 * the keys back; putting them back checks every row, so a restored database keeps all of its promises.
 */
export async function openTables(
  client: pg.ClientBase,
  tables: readonly KeptTable[],
): Promise<() => Promise<void>> {
  const { rows } = await client.query(`
    select c.conrelid::regclass::text as "table", quote_ident(c.conname) as name,
      pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace
    where c.contype = 'f' and c.conparentid = 0 and n.nspname in ('public', 'graphile_worker')
    order by c.conrelid::regclass::text, c.conname`);
  const keys = rows as { table: string; name: string; definition: string }[];
  for (const { table, name } of keys) {
    await client.query(`alter table ${table} drop constraint ${name}`);
  }
  await client.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
  return async () => {
    for (const { table, name, definition } of keys) {
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    }
    await moveSequences(client);
  };
}

/** The queue numbers its rows itself: the next number comes after those that were put in. */
async function moveSequences(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(`
    select quote_ident(a.attname) as "column", a.attrelid::regclass::text as "table",
      pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) as sequence
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'graphile_worker')
    where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) is not null`);
  for (const { table, column, sequence } of rows as Record<string, string>[]) {
    await client.query(
      `select setval($1::regclass, (select coalesce(max(${column}), 0) + 1 from ${table}), false)`,
      [sequence],
    );
  }
}

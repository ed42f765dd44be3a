import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { referenceTables } from '../distribution.ts';
import { makeSigningKey } from '../signing-key.ts';
import { bindTransaction } from '../transaction.ts';
import { rowChecks, takeStock, unmarkedTables } from './index.ts';

const key = makeSigningKey();
const province = 4;
let database: TestDatabase;
let superuser: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  const name = new URL(database.url.replace('@/', '@localhost/')).pathname.slice(1);
  superuser = new pg.Client({
    connectionString: inject('testServer').superuserUrl.replace(/\/\w+\?/, `/${name}?`),
  });
  await superuser.connect();
  // As a superuser does who passes foreign keys by.
  await superuser.query("set session_replication_role = 'replica'");
  await fillEmptyTables();
  await takeStock(database, key, { why: 'first', asFound: true });
}, 120_000);
afterAll(async () => {
  await superuser.end();
  await database.close();
}, 120_000);

type Column = { name: string; type: string };

async function tablesOf(): Promise<string[]> {
  const { rows } = await superuser.query(`select table_name::text as name
    from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`);
  return (rows as { name: string }[]).map(({ name }) => name);
}

async function columnsOf(table: string): Promise<Column[]> {
  const { rows } = await superuser.query(
    `select attname::text as name, format_type(atttypid, null) as type
     from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped
       and attgenerated = '' order by attnum`,
    [table],
  );
  return rows as Column[];
}

async function keyOf(table: string): Promise<string[]> {
  const { rows } = await superuser.query(
    `select a.attname::text as name from pg_constraint k, unnest(k.conkey) with ordinality as l(number, place)
     join pg_attribute a on a.attrelid = $1::text::regclass and a.attnum = l.number
     where k.conrelid = $1::text::regclass and k.contype = 'p' order by l.place`,
    [table],
  );
  return (rows as { name: string }[]).map(({ name }) => name);
}

/** Later columns get later values, so that what ends does so behind its beginning. */
let made = 1000;

/** A value of a type that no row has yet, as SQL. */
function madeValue(name: string, type: string): string {
  made += 1;
  const number = made;
  if (name === 'province_id') return String(province);
  if (type.endsWith('[]')) return "'{}'";
  if (type === 'uuid') return `'${randomUUID()}'`;
  if (/int|numeric/.test(type)) return String(number);
  if (type === 'boolean') return 'true';
  if (type === 'date') return `date '1300-01-01' + ${number}`;
  if (/^time/.test(type)) return `timestamptz '1300-01-01' + interval '${number} minutes'`;
  if (type === 'bytea') return `'\\x${number.toString(16).padStart(8, '0')}'`;
  if (/^json/.test(type)) return `'{"made": ${number}}'`;
  return `'made ${number}'`;
}

async function dropChecks(table: string): Promise<void> {
  const { rows } = await superuser.query(
    "select conname::text as name from pg_constraint where contype in ('c', 'x') and conrelid = $1::text::regclass",
    [table],
  );
  for (const { name } of rows as { name: string }[]) {
    await superuser.query(`alter table ${table} drop constraint ${name}`);
  }
}

async function insertMade(table: string): Promise<string> {
  const columns = await columnsOf(table);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const values = columns.map(({ name, type }) => madeValue(name, type)).join(', ');
  const insert = `insert into ${table} (${names}) values (${values}) returning ${await keyText(table)} as key`;
  const { rows } = await superuser.query(insert);
  return (rows[0] as { key: string }).key;
}

async function keyText(table: string): Promise<string> {
  return `concat_ws(' ', ${(await keyOf(table)).map((name) => `"${name}"::text`).join(', ')})`;
}

const isReference = (table: string) => (referenceTables as readonly string[]).includes(table);
const own = (table: string) => (isReference(table) ? 'true' : `province_id = ${province}`);

async function fillEmptyTables(): Promise<void> {
  for (const table of await markedNames()) {
    const { rowCount } = await superuser.query(`select from ${table} where ${own(table)} limit 1`);
    if (rowCount) continue;
    await dropChecks(table);
    await insertMade(table);
  }
  await superuser.query(`update cases set person_id = p.id from people p
    where cases.province_id = ${province} and p.province_id = ${province}`);
}

const markedNames = async () => (await tablesOf()).filter((name) => !(name in unmarkedTables));

/** What the checks find inside the open transaction of the superuser. */
async function found(): Promise<string[]> {
  const { tx, end } = bindTransaction(superuser as unknown as pg.PoolClient);
  try {
    const out: string[] = [];
    for (const check of rowChecks(key, 10_000)) {
      // Rows that were made up to have one in every table name others that are not there.
      if (check.name === 'rows.named') continue;
      out.push(...(await check.run(tx, province)).differences.map(({ what }) => what));
    }
    return out;
  } finally {
    end();
  }
}

/** Does something to a row of every table, looks, and undoes it; what was done to which row, and what was found. */
async function tampered(
  act: (table: string) => Promise<string | undefined>,
): Promise<[string[], string[]]> {
  await superuser.query('begin');
  try {
    const done: string[] = [];
    for (const table of await markedNames()) {
      const what = await act(table);
      if (what !== undefined) done.push(`${table} ${what}`);
    }
    return [done, await found()];
  } finally {
    await superuser.query('rollback');
  }
}

const oneOf = (table: string) =>
  `ctid = (select ctid from ${table} where ${own(table)} order by 1 limit 1)`;

test('a house that nobody touched has nothing to tell', async () => {
  await superuser.query('begin');
  expect(await found()).toEqual([]);
  await superuser.query('rollback');
}, 120_000);

test('of every table a row that was put in is named', async () => {
  const [done, seen] = await tampered(async (table) => {
    // Of a row for each province there is no second one.
    if ((await keyOf(table)).join() === 'province_id') return undefined;
    await dropChecks(table);
    return `${await insertMade(table)} inserted`;
  });
  expect(done.length).toBeGreaterThan(100);
  expect(seen).toEqual(expect.arrayContaining(done));
}, 120_000);

test('of every table a row that was changed is named', async () => {
  const [done, seen] = await tampered(async (table) => {
    await dropChecks(table);
    const keys = await keyOf(table);
    const columns = await columnsOf(table);
    const { name, type } =
      columns.find((one) => !keys.includes(one.name) && !/date|time/.test(one.type)) ??
      columns.at(-1) ??
      none;
    const { rows } = await superuser.query(`update ${table} set "${name}" = ${madeValue(name, type)}
      where ${oneOf(table)} returning ${await keyText(table)} as key`);
    return `${(rows[0] as { key: string }).key} changed`;
  });
  expect(seen).toEqual(expect.arrayContaining(done));
}, 120_000);
const none: Column = { name: '', type: '' };

test('of every table a row that was removed is missed', async () => {
  const [done, seen] = await tampered(async (table) => {
    await superuser.query(`delete from ${table} where ${oneOf(table)}`);
    return 'removed 1';
  });
  expect(seen).toEqual(expect.arrayContaining(done));
}, 120_000);

test('a row that was removed and that others name is named by its key', async () => {
  await superuser.query('begin');
  const { rows } = await superuser.query(`delete from people where (province_id, id) in (
    select province_id, person_id from cases where province_id = ${province} limit 1) returning id`);
  const { tx, end } = bindTransaction(superuser as unknown as pg.PoolClient);
  const named = rowChecks(key, 10_000).find(({ name }) => name === 'rows.named');
  const seen = (await named?.run(tx, province))?.differences.map(({ what }) => what);
  end();
  await superuser.query('rollback');
  expect(seen).toContain(`people 4 ${(rows[0] as { id: string }).id} removed`);
}, 120_000);

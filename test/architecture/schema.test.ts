import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problems } from '../../src/app.ts';
import { nationalTables, referenceTables } from '../../src/platform/distribution.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { type Catalog, type Column, type Constraint, readCatalog } from './catalog.ts';

/** The same on every node of a distributed database, and the same for everybody who reads them. */
const reference = new Set<string>(referenceTables);

/** Keyed by what has to be unique in the whole country, so neither by province nor secured by it. */
const national = new Map(Object.entries(nationalTables));

/** A day ends in _on, or says by itself that it is one. */
const dayName = /_on$|(?:^|_)since$|^valid_(?:from|until)$/;
/** Whole numbers that grow beyond an integer and are not rial: measures hold counts and rial alike. */
const bigCounts = new Set(['measure_deltas.value', 'daily_totals.value', 'monthly_totals.value']);

let database: TestDatabase;
let catalog: Catalog;
beforeAll(async () => {
  database = await testDatabase();
  catalog = await readCatalog(database);
});
afterAll(() => database.close());

const isTransactional = (table: string) => !reference.has(table) && !national.has(table);
const named = ({ table, name }: Column | Constraint) => `${table}.${name}`;
const query = async <Row>(text: string): Promise<Row[]> =>
  database.migratorTransaction(async (tx) => (await sql.raw<Row>(text).execute(tx)).rows);

test('the lists of this file name tables that are there', () => {
  const tables = catalog.tables.map(({ name }) => name);
  expect(tables).toEqual(expect.arrayContaining([...reference, ...national.keys()]));
});

test('every foreign key has an index that begins with its columns', () => {
  const bare = catalog.constraints.filter(({ kind, table, columns }) => {
    const covers = catalog.indexes.some((index) => {
      const beginning = new Set(index.columns.slice(0, columns.length));
      const whole = /^\((\w+) IS NOT NULL\)$/.exec(index.predicate ?? '');
      const rows = index.predicate === null || columns.includes(whole?.[1] ?? '');
      return index.table === table && rows && columns.every((column) => beginning.has(column));
    });
    return kind === 'f' && !covers;
  });
  expect(bare.map(named)).toEqual([]);
});

test('no column is a float, and money is whole rial in a bigint', () => {
  const isRial = (name: string) => name === 'rial' || name.endsWith('_rial');
  const wrong = catalog.columns.filter(({ table, name, type }) => {
    if (/^(?:real|double precision|money|numeric)$/.test(type)) return true;
    if (isRial(name)) return type !== 'bigint';
    if (name.endsWith('_bp')) return type !== 'integer';
    // Amounts of material and goods are whole grains (src/supporters/quantity-rules.ts).
    if (type === 'bigint')
      return !bigCounts.has(`${table}.${name}`) && !/(?:^|_)grains$/.test(name);
    return /(?:^|_)(?:amount|balance|cap|cost|fee|price|rate|sum|toman|wage)s?$/.test(name);
  });
  expect(wrong.map(named)).toEqual([]);
});

test('every key of a transactional table begins with the province', () => {
  const rows = catalog.tables.map(({ name }) => name).filter(isTransactional);
  const without = rows.filter(
    (table) => !catalog.columns.some((it) => it.table === table && it.name === 'province_id'),
  );
  expect(without).toEqual([]);
  const keys = catalog.indexes.filter(({ table, unique }) => unique && isTransactional(table));
  expect(
    keys.filter(({ columns }) => columns[0] !== 'province_id').map(({ name }) => name),
  ).toEqual([]);
  const primary = catalog.constraints.filter(({ kind }) => kind === 'p').map(({ table }) => table);
  expect(catalog.tables.map(({ name }) => name).filter((it) => !primary.includes(it))).toEqual([]);
});

test('a foreign key goes to a reference table or stays in its province', () => {
  const across = catalog.constraints.filter(
    ({ kind, target, columns }) =>
      kind === 'f' && !reference.has(target ?? '') && !columns.includes('province_id'),
  );
  expect(across.map(named)).toEqual([]);
});

test('no trigger, no sequence, no id that the database makes', async () => {
  const triggers = await query<{ tgname: string }>(
    `select tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not tgisinternal and c.relnamespace = 'public'::regnamespace`,
  );
  const sequences = await query(
    `select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
  );
  expect([...triggers, ...sequences]).toEqual([]);
  const made = catalog.columns.filter(
    ({ identity, filled }) => identity !== '' || /\w\(/.test(filled ?? ''),
  );
  // No new id but the asker's own, for the version before, which names nobody: 0079.
  expect(made.map(named)).toEqual(['households.person_id']);
});

test('constraints and indexes have names that somebody chose', () => {
  const automatic = /_(?:check|key|fkey|excl|idx)\d*$/;
  const all = [...catalog.constraints.filter(({ kind }) => kind !== 'p'), ...catalog.indexes];
  const wrong = all.filter(
    ({ table, name }) =>
      (automatic.test(name) && name !== `${table}_pkey`) || !name.startsWith(`${table}_`),
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('the problems stand for constraints that are there', () => {
  const names = new Set([...catalog.constraints, ...catalog.indexes].map(({ name }) => name));
  const mapped = Object.keys(problems.constraints);
  expect(mapped.filter((name) => !names.has(name))).toEqual([]);
});

test('an instant ends in _at and knows its zone, a day ends in _on', () => {
  const wrong = catalog.columns.filter(({ name, type }) => {
    if (/^time/.test(type)) return type !== 'timestamp with time zone' || !name.endsWith('_at');
    if (type === 'date') return !dayName.test(name);
    return /_(?:at|on)$/.test(name);
  });
  expect(wrong.map((column) => `${named(column)} ${column.type}`)).toEqual([]);
});

test('row security guards every transactional table', () => {
  const open = catalog.tables.filter(
    ({ name, secured, policies }) => isTransactional(name) && !(secured && policies > 0),
  );
  expect(open.map(({ name }) => name)).toEqual([]);
});

/** The role that signs in, and those that a transaction steps down to. */
const roles = () =>
  query<{ name: string }>(`select rolname as name from pg_roles where ${ofTheApp}`);
const ofTheApp = String.raw`rolname like 'karkhaneh\_%'`;

const looks = [
  { province: 4, organisation: '', person: '' },
  { province: 4, organisation: 'SMT', person: '' },
  { province: 4, organisation: '', person: '00000000-0000-7000-8000-000000000000' },
  { province: 'all', organisation: '', person: '' },
] as const;

test.for([
  ['history', []],
  ['operations', []],
  ['tranches', ['holder_id', 'taken_back_at']],
  ['history_roots', []],
  ['history_root_links', []],
  ['bulletin_versions', []],
  ['case_openings', []],
  ['erasures', []],
  ['write_marks', []],
] as const)('the app can add to %s and change nothing but %j', async ([table, changeable]) => {
  const granted = await query<{ column: string }>(
    `select distinct attname as column from pg_attribute, pg_roles
     where ${ofTheApp} and attrelid = '${table}'::regclass and attnum > 0 and not attisdropped
       and has_column_privilege(pg_roles.oid, attrelid, attname, 'update') order by 1`,
  );
  expect(granted.map(({ column }) => column)).toEqual(changeable);
  for (const look of looks) {
    for (const act of [
      `update ${table} set province_id = 5`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      const attempt = database.transaction(look, (tx) => sql.raw(act).execute(tx));
      await expect(attempt, act).rejects.toMatchObject({ code: '42501' });
    }
  }
});

test('the app owns nothing, and nothing in it passes row security by', async () => {
  expect(await roles()).toContainEqual({ name: 'karkhaneh_app' });
  const strong = await query(
    `select rolname from pg_roles r where ${ofTheApp} and (rolsuper or rolbypassrls or rolcreaterole
       or rolcreatedb or exists (select from pg_class where relowner = r.oid)
       or exists (select from pg_auth_members m join pg_roles g on g.oid = m.roleid
         where m.member = r.oid and g.rolname not like 'karkhaneh\\_%'))`,
  );
  expect(strong).toEqual([]);
  const doors = await query<{ name: string; fixed: boolean; everybody: boolean }>(
    `select proname as name, coalesce(proconfig::text, '') like '%search_path%' as fixed,
      has_function_privilege('public', oid, 'execute') as everybody
     from pg_proc where prosecdef and pronamespace = 'public'::regnamespace`,
  );
  expect(doors.filter(({ fixed, everybody }) => !fixed || everybody)).toEqual([]);
});

test('every policy keeps to the province, or reads for the country', async () => {
  const policies = await query<{ name: string; acts: string; roles: string; rows: string }>(
    `select policyname as name, cmd as acts, roles::text, concat(qual, ' ', with_check) as rows
     from pg_policies where schemaname = 'public'`,
  );
  expect(policies.length).toBeGreaterThan(20);
  const wide = policies.filter(({ acts, roles: whose, rows }) => {
    if (whose === '{karkhaneh_country}') return acts !== 'SELECT';
    return whose.includes('public') || !/province_id = .*'app\.province'/s.test(rows);
  });
  expect(wide).toEqual([]);
});

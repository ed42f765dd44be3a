import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModule, parseSync } from 'libpg-query';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginSql } from '../../src/platform/context.ts';
import { nationalTables, placingOf, referenceTables } from '../../src/platform/distribution.ts';
import { migrationsFolder } from '../../src/platform/migrate.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import type { Tree } from '../statements/level.ts';

// What a coordinator would refuse, asked of the catalogue of a plain server; the numbers are those of the rules in
// docs/decisions/0076-spread-by-province.md. What statements may say is in test/statements.

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await loadModule();
});
afterAll(() => database.close());

async function rowsOf<Row>(text: string): Promise<Row[]> {
  return (await database.pools.migrator.query(text)).rows as Row[];
}

/** The column by which a table is spread; null where it is not. */
function spreadBy(table: string): string | null {
  const placing = placingOf(table);
  return placing.as === 'distributed' ? placing.by : null;
}

const ours = `relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;

test('every table says how it lies: by its key, or by name in src/platform/distribution.ts', async () => {
  const tables = await rowsOf<{ name: string; type: string | null }>(
    `select c.relname as name, format_type(a.atttypid, null) as type from pg_class c
     left join pg_attribute a on a.attrelid = c.oid and a.attname = 'province_id' where ${ours}`,
  );
  const names = tables.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([...referenceTables, ...Object.keys(nationalTables)]),
  );
  const wrong = tables.filter(
    ({ name, type }) => spreadBy(name) === 'province_id' && type !== 'integer',
  );
  // Tables lie together only where their columns are of one type.
  expect(wrong).toEqual([]);
});

test('1: every primary key, unique index and exclusion of a spread table holds what it is spread by', async () => {
  const keys = await rowsOf<{ table: string; name: string; columns: string[]; equal: string[] }>(
    `select t.relname as table, x.relname as name,
       array(select attname::text from pg_attribute where attrelid = t.oid and attnum = any (i.indkey)) as columns,
       array(select a.attname::text from pg_constraint k
         cross join unnest(k.conkey, k.conexclop) as e(attnum, operator)
         join pg_attribute a on a.attrelid = t.oid and a.attnum = e.attnum
         join pg_operator o on o.oid = e.operator and o.oprname = '='
         where k.conindid = x.oid and k.contype = 'x') as equal
     from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
     where t.${ours.replace('relkind', 't.relkind')} and (i.indisunique or i.indisexclusion)`,
  );
  const without = keys.filter(({ table, name, columns, equal }) => {
    const by = spreadBy(table);
    if (by === null) return false;
    const held = equal.length > 0 || name === 'counted_people_once' ? equal : columns;
    return !held.includes(by);
  });
  expect(without.map(({ name }) => name)).toEqual([]);
  const bare = (
    await rowsOf<{ name: string }>(
      `select relname as name from pg_class c where ${ours}
     and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`,
    )
  ).map(({ name }) => name);
  expect(bare).toEqual([]);
});

test('1: no identity, no sequence, no id that the database makes', async () => {
  const made = await rowsOf(
    `select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where ${ours} and a.attnum > 0 and c.relname <> 'schema_migrations'
       and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ '(nextval|uuid|random|now)\\w*\\(')`,
  );
  expect(made).toEqual([]);
});

test('3: foreign keys go to reference tables, or by the province to tables beside; nothing is set null', async () => {
  const keys = await rowsOf<{
    name: string;
    from: string;
    to: string;
    columns: string[];
    targets: string[];
    deleted: string;
    updated: string;
  }>(
    `select k.conname as name, f.relname as from, t.relname as to, k.confdeltype::text as deleted,
       k.confupdtype::text as updated,
       array(select a.attname::text from unnest(k.conkey) with ordinality as u(n, place)
         join pg_attribute a on a.attrelid = f.oid and a.attnum = u.n order by place) as columns,
       array(select a.attname::text from unnest(k.confkey) with ordinality as u(n, place)
         join pg_attribute a on a.attrelid = t.oid and a.attnum = u.n order by place) as targets
     from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and f.relnamespace = 'public'::regnamespace`,
  );
  expect(keys.length).toBeGreaterThan(200);
  const wrong = keys.filter(({ from, to, columns, targets, deleted, updated }) => {
    if (!/^[arc]$/.test(deleted) || !/^[ar]$/.test(updated)) return true;
    if (placingOf(to).as === 'reference') return placingOf(from).as === 'local';
    if (spreadBy(from) !== 'province_id' || spreadBy(to) !== 'province_id') return true;
    const at = columns.indexOf('province_id');
    return at < 0 || targets[at] !== 'province_id';
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('4: no migration makes a table with a foreign key in it: keys come when both ends lie where they belong', () => {
  const inside = readdirSync(migrationsFolder).filter((file) => {
    const { stmts } = parseSync(readFileSync(join(migrationsFolder, file), 'utf8')) as Tree;
    const made = stmts.flatMap(({ stmt }: Tree) => stmt.CreateStmt?.tableElts ?? []);
    return made.some(
      (one: Tree) =>
        one.Constraint?.contype === 'CONSTR_FOREIGN' ||
        one.ColumnDef?.constraints?.some((it: Tree) => it.Constraint.contype === 'CONSTR_FOREIGN'),
    );
  });
  expect(inside).toEqual([]);
});

test('5: no trigger, no rule, no table that inherits', async () => {
  const found = await rowsOf(
    `select tgname as name from pg_trigger where not tgisinternal
       and tgrelid in (select oid from pg_class where ${ours})
     union all select rulename from pg_rewrite where ev_class in (select oid from pg_class where ${ours})
     union all select inhrelid::regclass::text from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where c.relkind = 'r' and not c.relispartition and c.relnamespace = 'public'::regnamespace`,
  );
  expect(found).toEqual([]);
});

const province = /NULLIF\(current_setting\('app\.province'::text, true\), ''::text\)/;

test('8: policies know their own columns and the settings of the transaction, and nothing else', async () => {
  const policies = await rowsOf<{ name: string; table: string; rows: string }>(
    `select policyname as name, tablename as table, part as rows from pg_policies
     cross join unnest(array[qual, with_check]) as part where schemaname = 'public' and part is not null`,
  );
  expect(policies.length).toBeGreaterThan(100);
  const wrong = policies.filter(({ rows }) => {
    const found = partsOf(
      (parseSync(`select ${rows}`) as Tree).stmts[0].stmt.SelectStmt.targetList,
    );
    if (found.subquery || found.functions.some((name) => name !== 'current_setting')) return true;
    if (found.columns.some((names) => names.length !== 1)) return true;
    return rows.includes('app.province') && !province.test(rows);
  });
  expect(wrong.map(({ table, name }) => `${table}.${name}`)).toEqual([]);
});

function partsOf(node: Tree): { subquery: boolean; functions: string[]; columns: string[][] } {
  const found = { subquery: false, functions: [] as string[], columns: [] as string[][] };
  const walk = (part: Tree): void => {
    if (part === null || typeof part !== 'object') return;
    if (part.SubLink) found.subquery = true;
    if (part.FuncCall) found.functions.push(part.FuncCall.funcname.at(-1).String.sval);
    if (part.ColumnRef) found.columns.push(part.ColumnRef.fields);
    for (const inner of Object.values(part)) walk(inner);
  };
  walk(node);
  return found;
}

test('8: a transaction says who asks by SET LOCAL, which goes along to where the rows lie', () => {
  const context = { province: 4, organisation: 'AGRI', person: '' } as const;
  const [begin, passOn, ...rest] = beginSql(context, 1000).split(';');
  expect([begin, passOn]).toEqual(['BEGIN', "SET LOCAL citus.propagate_set_commands = 'local'"]);
  expect(rest.every((one) => one.startsWith('SET LOCAL '))).toBe(true);
});

test('10: no role of the app writes a reference table, and the one that reads the country writes nothing', async () => {
  const granted = await rowsOf<{ role: string; table: string }>(
    `select r.rolname as role, c.relname as table from pg_roles r cross join pg_class c
     where r.rolname like 'karkhaneh\\_%' and c.relnamespace = 'public'::regnamespace
       and c.relkind in ('r', 'p') and c.relname <> 'schema_migrations'
       and (has_table_privilege(r.oid, c.oid, 'delete, truncate')
         or has_any_column_privilege(r.oid, c.oid, 'insert, update'))`,
  );
  const wrong = granted.filter(
    ({ role, table }) => role === 'karkhaneh_country' || placingOf(table).as === 'reference',
  );
  expect(wrong).toEqual([]);
});

test('11: what is unique in the country is keyed by whom it is of', async () => {
  for (const [table, by] of Object.entries(nationalTables)) {
    const [row] = await rowsOf<{ first: string }>(
      `select a.attname as first from pg_index i join pg_attribute a on a.attrelid = i.indrelid
       and a.attnum = i.indkey[0] where i.indrelid = '${table}'::regclass and i.indisprimary`,
    );
    expect([table, row?.first]).toEqual([table, by]);
  }
});

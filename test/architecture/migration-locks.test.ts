import { describe, expect, test } from 'vitest';
import { migrationsFolder } from '../../src/platform/migrate.ts';
import { readMigrations } from '../../src/platform/migration-files.ts';
import { longLocks, provenNotNull, uncheckedNotNulls } from './migration-locks.ts';

/** Migrations up to this one were written while no province had ten million cases. */
const baseline = '0062_read_repayments';
/** Of the same time and before any release, though with higher numbers: they fill small tables and index them. */
const ofThatTime = new Set([
  '0063_walk_products',
  '0069_add_own_columns',
  '0070_fill_own_columns',
  '0071_guard_by_own_columns',
]);

test('no migration since the baseline makes others wait for the rows of a table', async () => {
  const migrations = await readMigrations(migrationsFolder);
  const before: string[] = [];
  const found = migrations.flatMap(({ name, sql, transactional }) => {
    const proven = provenNotNull(before);
    before.push(sql);
    if (name <= baseline || ofThatTime.has(name)) return [];
    const faults = [...longLocks({ sql, transactional }), ...uncheckedNotNulls(sql, proven)];
    return faults.map((fault) => `${name}: ${fault}`);
  });
  expect(found).toEqual([]);
});

describe('the rules bite', () => {
  test.for([
    [
      'alter table cases add column seen timestamptz default now(), add column code uuid default gen_random_uuid()',
      /differs from row to row/,
    ],
    ['alter table cases add column note text not null', /must not be empty/],
    ['alter table cases add column k text generated always as (lower(area)) stored', /generated/],
    ['alter table cases alter column area type varchar(9)', /change of type/],
    ['alter table plans add constraint plans_small check (people < 9)', /NOT VALID/],
    [
      'alter table plans add constraint a foreign key (x) references y (id) not valid, add constraint b check (z > 0)',
      /NOT VALID/,
    ],
    [
      'alter table plans add constraint plans_small check (people < 9) not valid; alter table plans validate constraint plans_small',
      /later one/,
    ],
    ['alter table plans add constraint plans_once unique (province_id, case_id)', /USING INDEX/],
    ['create index cases_new on cases (province_id, area)', /CONCURRENTLY/],
    ['update cases set note = area', /in batches/],
    ['lock table cases', /gone through/],
  ] as const)('%s', ([sql, why]) => {
    expect(longLocks({ sql, transactional: true }).join('\n')).toMatch(why);
  });

  test.for([
    'alter table cases add column note text, add column seen boolean not null default false, add column at timestamptz not null default now()',
    'create table notes (id uuid primary key); create index notes_id on notes (id); alter table notes add constraint notes_case foreign key (id) references cases (id); update notes set id = id',
    'alter table plans add constraint plans_small check (people < 9) not valid',
    'alter table plans validate constraint plans_small',
    'alter table plans add constraint plans_once unique using index plans_once_built',
    "insert into settings (id) values ('update cases set x')",
  ])('but not at: %s', (sql) => {
    expect(longLocks({ sql, transactional: true })).toEqual([]);
  });

  test('an index is built alone in its file', () => {
    const sql = '-- no transaction\ncreate index concurrently cases_new on cases (area);';
    expect(longLocks({ sql, transactional: false })).toEqual([]);
    expect(longLocks({ sql: `${sql} select 1`, transactional: false })).not.toEqual([]);
  });

  test('a column may be said to be never empty once a check has shown it', () => {
    const expand =
      'alter table cases add constraint cases_noted check (note is not null) not valid';
    const shown = 'alter table cases validate constraint cases_noted';
    const contract = 'alter table cases alter column note set not null';
    expect(uncheckedNotNulls(contract, provenNotNull([expand]))).toHaveLength(1);
    expect(uncheckedNotNulls(contract, provenNotNull([expand, shown]))).toEqual([]);
  });
});

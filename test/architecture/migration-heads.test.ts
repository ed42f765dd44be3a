import { describe, expect, test } from 'vitest';
import { migrationsFolder } from '../../src/platform/migrate.ts';
import { readMigrations } from '../../src/platform/migration-files.ts';
import { brokenOlder } from './migration-heads.ts';

/** Migrations up to this one run while everything stands still: they say nothing of older code. */
const baseline = '0085';

test('every migration since the rule says what older code may work on it, and those that expand only add', async () => {
  const migrations = await readMigrations(migrationsFolder);
  const silent = migrations.filter(
    ({ name, sql }) =>
      name.slice(0, 4) > baseline && !/^-- (?:expand|contract(?: from \d{4})?)$/m.test(sql),
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
  const expanding = migrations.filter(({ runsFrom }) => runsFrom === '0000');
  expect(expanding.length).toBeGreaterThan(0);
  const found = expanding.flatMap(({ name, sql }) => brokenOlder(sql).map((it) => [name, it]));
  expect(found).toEqual([]);
});

describe('the rules bite', () => {
  test.for([
    ['drop table cases', /takes something away/],
    ['alter table cases drop column area', /takes something away/],
    ['alter table cases rename column area to place', /name that older code lacks/],
    ['alter table cases alter column area type text', /changes a type/],
    ['alter table cases alter column area set not null', /does not write/],
    ['alter table cases add column note text not null', /does not write/],
    ['alter table cases add constraint cases_noted check (a > 0) not valid', /forbids rows/],
    ['create unique index concurrently cases_once on cases (province_id, area)', /forbids rows/],
    [
      'alter table cases add column a uuid; alter table cases add constraint cases_a foreign key (b) references y (id) not valid',
      /forbids rows/,
    ],
    [
      "alter table cases add column a uuid default 'x'; alter table cases add constraint cases_a foreign key (a) references y (id) not valid",
      /forbids rows/,
    ],
    ['revoke insert on cases from karkhaneh_province', /takes a right away/],
    ['alter table cases enable row level security', /takes a right away/],
  ] as const)('%s', ([sql, why]) => {
    expect(brokenOlder(sql).join('\n')).toMatch(why);
  });

  test.for([
    'alter table cases add column note text, add column seen boolean not null default false',
    'create table notes (id uuid not null); alter table notes add constraint notes_id check (id is not null); alter table notes enable row level security; create unique index notes_once on notes (id)',
    'create index concurrently cases_new on cases (province_id, area)',
    'drop index cases_old',
    'alter table cases add column a uuid; alter table cases add constraint cases_a foreign key (province_id, a) references y (province_id, id) not valid',
    'grant select on cases to karkhaneh_country',
  ])('but not at: %s', (sql) => {
    expect(brokenOlder(sql)).toEqual([]);
  });
});

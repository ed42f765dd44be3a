import { expect, test } from 'vitest';
import { faultsOf } from './faults.ts';

const one = '0190b5a0-0000-7000-8000-000000000000';

test.for([
  ['a look-up', 'select 1 from cases where province_id = $1 and id = $2 for update'],
  ['a literal', 'select 1 from cases where province_id = 4::integer'],
  [
    'a join by the province',
    'select 1 from cases c join people p on p.province_id = c.province_id and p.id = c.person_id where c.province_id = $1',
  ],
  [
    'a join by a pair',
    'select 1 from cases c, people p where (p.province_id, p.id) = (c.province_id, c.person_id) and c.province_id = $1',
  ],
  [
    'a reference table beside it',
    'select 1 from cases c join counties k on k.id = c.county_id where c.province_id = $1',
  ],
  [
    'an EXISTS that becomes a join',
    'select 1 from cases c where province_id = $1 and not exists (select 1 from plans p where p.province_id = c.province_id and p.case_id = c.id)',
  ],
  ['reference tables alone', 'select * from settings'],
  ['a national ID', 'select 1 from open_loans where national_id = $2'],
  ['several national IDs', 'delete from open_loans where national_id = any($2::text[])'],
  [
    'rows of one province',
    'insert into cases (province_id, id) select $1::integer, i.* from unnest($2::uuid[]) as i',
  ],
  [
    'rows taken from the same province',
    'insert into stock_moves (province_id, id) select p.province_id, p.id from products p where p.province_id = $1',
  ],
  [
    'an upsert',
    'insert into daily_totals (province_id, value) values ($1, 2) on conflict (province_id) do update set value = daily_totals.value + excluded.value',
  ],
  [
    'a WITH that writes',
    'with gone as (delete from case_claims where province_id = $1 returning case_id) update cases c set state = $2 from gone where c.province_id = $1 and c.id = gone.case_id',
  ],
] as const)('%s goes to one machine', async ([, text]) => {
  expect(await faultsOf(text, [4, one])).toEqual([]);
});

test.for([
  ['no province', 'select 1 from cases where id = $2', 'cases: province_id is not a constant'],
  [
    'a lock without one',
    'select 1 from cases c join people p on p.id = c.person_id where c.province_id = $1 for update',
    'people: province_id is not a constant',
  ],
  [
    'the setting of the transaction',
    "select 1 from cases where province_id = current_setting('app.province')::integer",
    'cases: province_id is not a constant',
  ],
  [
    'one condition or another',
    'select 1 from cases where province_id = $1 or id = $2',
    'cases: province_id is not a constant',
  ],
  [
    'several provinces',
    'select 1 from cases where province_id = any($1)',
    'cases: province_id is not a constant',
  ],
  [
    'a subquery for each row',
    'select (select max(seq) from history h where h.province_id = c.province_id) from cases c where c.province_id = $1',
    'history: province_id is not a constant',
  ],
  [
    'a subquery beside it',
    'select 1 from cases c join lateral (select 1 from history h where h.province_id = c.province_id limit 1) h on true where c.province_id = $1',
    'history: province_id is not a constant',
  ],
  [
    'half of a union',
    'select id from cases where province_id = $1 union all select id from plans',
    'plans: province_id is not a constant',
  ],
  [
    'two provinces',
    'select 1 from cases c join people p on p.province_id = 5 where c.province_id = $1',
    'provinces =4 =5',
  ],
  [
    'what is spread otherwise beside it',
    'select 1 from people p join open_loans o on o.national_id = p.national_id where p.province_id = $1',
    'asked together: people open_loans',
  ],
  ['rows of anywhere', 'insert into cases (id) values ($2)', 'cases: inserted anywhere'],
  [
    'a move to another province',
    'update cases set province_id = 5 where province_id = $1',
    'cases: province_id is changed',
  ],
  [
    'a subquery inside VALUES',
    'insert into cases (province_id, id) values ($1, (select $2))',
    'a subquery inside VALUES',
  ],
  [
    'a clock in an upsert',
    'insert into daily_totals (province_id, value) values ($1, 2) on conflict (province_id) do update set value = extract(epoch from now())',
    'now() in DO UPDATE',
  ],
  [
    'a different answer each time',
    'update cases set state = random()::text where province_id = $1',
    'random() in UPDATE',
  ],
  [
    'grouping sets over a table',
    'select count(*) from cases where province_id = $1 group by grouping sets ((), (state))',
    'GROUPING SETS over a table',
  ],
  [
    'a job beside the rows',
    'select enqueue_job($2) from cases where province_id = $1',
    'enqueue_job() beside tables that lie elsewhere',
  ],
] as const)('%s is found', async ([, text, fault]) => {
  expect(await faultsOf(text, [4, one])).toContain(fault);
});

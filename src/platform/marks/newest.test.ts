import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse, testSigningKey } from '../../../test/house.ts';
import { generateNationalId } from '../../kit/identifiers.ts';
import { provinceContext } from '../policy.ts';
import { bindTransaction } from '../transaction.ts';
import { rowChecks, takeStock } from './index.ts';

let house: TestHouse;
let expert: Caller;
let serial = 7000;
beforeAll(async () => {
  house = await testHouse();
  await takeStock(house.database, testSigningKey, { why: 'first', asFound: true });
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
}, 120_000);
afterAll(() => house.close());

async function submit(): Promise<string> {
  serial += 1;
  const person = {
    ...{ nationalId: generateNationalId('274', serial), idKind: 'national', sex: 'female' },
    ...{ firstName: 'آزمون', lastName: 'نشان', mobile: '09145550101' },
  };
  const household = { countyId: '0401', area: 'urban', address: `کوچهٔ ${serial}` };
  const application = { person, household, kind: 'independent', occupationId: 'tailoring' };
  return (await expert.post('/api/permits', application)).body.code;
}

/** Does something as the owner of the tables, looks, and undoes it. */
async function after(...acts: readonly string[]): Promise<string[]> {
  const client = await house.database.pools.migrator.connect();
  const { tx, end } = bindTransaction(client);
  try {
    await client.query('begin');
    for (const act of acts) await client.query(act);
    const out: string[] = [];
    for (const check of rowChecks(testSigningKey)) {
      const { differences } = await check.run(tx, 4);
      out.push(...differences.map(({ what, recomputed }) => `${what}; ${recomputed}`));
    }
    return out;
  } finally {
    await client.query('rollback');
    end();
    client.release();
  }
}

const noKeys = (table: string) => `do $$ declare k record; begin
  for k in select conrelid::regclass as t, conname from pg_constraint
    where contype = 'f' and (confrelid = '${table}'::regclass or conrelid = '${table}'::regclass)
  loop execute format('alter table %s drop constraint %I', k.t, k.conname); end loop; end $$`;
const newest = (table: string) => `(select id from ${table} order by id desc limit 1)`;

test('what the house itself writes is in order, savepoints and failures too', async () => {
  await submit();
  const { database } = house;
  const row = (name: string) => sql`insert into saved_marks values (4, ${name})`;
  await database.pools.migrator.query(
    'create table saved_marks (province_id integer, name text primary key); grant all on saved_marks to public',
  );
  const context = provinceContext(4);
  await database.transaction(context, async (tx) => {
    await row('before').execute(tx);
    await sql`savepoint one`.execute(tx);
    await row('in a part').execute(tx);
    await sql`savepoint two`.execute(tx);
    await row('gone').execute(tx);
    await sql`rollback to savepoint two`.execute(tx);
    await row('in another part').execute(tx);
    await sql`release savepoint one`.execute(tx);
    await row('behind').execute(tx);
  });
  const breaks = database.transaction(context, async (tx) => {
    await row('never').execute(tx);
    throw new Error('broken off');
  });
  await expect(breaks).rejects.toThrow('broken off');
  await database.transaction(context, (tx) => row('last').execute(tx));
  expect(await after()).toEqual([]);
  expect(await after("delete from saved_marks where name = 'in another part'")).toEqual([
    expect.stringMatching(/^saved_marks removed 1; transaction \d+$/),
  ]);
  expect(await after("update saved_marks set name = 'other' where name = 'in a part'")).toEqual([
    expect.stringMatching(/^saved_marks other changed;/),
  ]);
}, 120_000);

test('of the newest rows what was changed, removed or put in is named', async () => {
  const code = await submit();
  const changed = await after(`update people set last_name = 'x' where id = ${newest('people')}`);
  expect(changed).toEqual([expect.stringMatching(/^people 4 [0-9a-f-]{36} changed;/)]);
  const copied = await after(
    noKeys('people'),
    `insert into people select (jsonb_populate_record(p, jsonb_build_object('id', '${randomUUID()}',
      'national_id', '0000000000'))).* from people p where id = ${newest('people')}`,
  );
  expect(copied).toEqual([expect.stringMatching(/^people 4 [0-9a-f-]{36} inserted;/)]);
  const removed = await after(
    noKeys('people'),
    `delete from people where id = ${newest('people')}`,
  );
  // Which transaction wrote it, and the case whose step it recorded.
  expect(removed).toEqual([expect.stringMatching(new RegExp(`^people removed 1; .*${code} #1$`))]);
}, 120_000);

test('a whole case that was opened since the last root and taken out is named', async () => {
  const code = await submit();
  const found = await after(
    ...['cases', 'history'].map(noKeys),
    `create temporary table gone as select id from cases where id = ${newest('cases')}`,
    ...['history', 'history_heads'].map(
      (table) => `delete from ${table} where case_id in (select id from gone)`,
    ),
    'delete from cases where id in (select id from gone)',
  );
  expect(found).toContain(`${code} removed; no case`);
  expect(found).toContainEqual(expect.stringMatching(/^history removed 1;/));
  expect(found).toContainEqual(expect.stringMatching(/^cases removed 1;/));
}, 120_000);

test('marks cannot be made, moved or taken away', async () => {
  await submit();
  await submit();
  const one = 'number = 2 and province_id = 4';
  expect(await after(`delete from write_marks where ${one}`)).toContainEqual(
    expect.stringMatching(/^mark 4 [0-9a-f-]{36} 2; removed$/),
  );
  expect(
    await after(`update write_marks set xid = pg_current_xact_id() where ${one}`),
  ).toContainEqual(expect.stringMatching(/^mark 4 [0-9a-f-]{36} 2; not what the house wrote$/));
  expect(
    await after(
      `insert into write_marks select province_id, writer, 1000, written_at, pg_current_xact_id(), part_xids,
        counts, opened, unsettled, others, mac from write_marks where ${one}`,
    ),
  ).toContainEqual(expect.stringMatching(/ 1000; not what the house wrote$/));
  expect(await after('delete from stocktakings')).toContainEqual(
    expect.stringMatching(/^stock 1;/),
  );
  expect(
    await after(`update stocktakings set counts = counts || '{"people": {"4": 7}}'`),
  ).toContainEqual(expect.stringMatching(/^stock 1; not what the house wrote$/));
}, 120_000);

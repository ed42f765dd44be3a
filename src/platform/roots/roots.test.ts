import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { encodeCode } from '../../kit/code.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { type Act, recordSteps, type Step } from '../history.ts';
import { historyOfCase, historyPayload, toStoredRow } from '../history-row.ts';
import { provinceContext } from '../policy.ts';
import { makeSigningKey } from '../signing-key.ts';
import { deepChecks } from './deep-check.ts';
import { makeDayRoots, makeRoot } from './make-root.ts';
import { sha256 } from './merkle.ts';
import { isGenuine, statementOf } from './statement.ts';

const province = 4;
const key = makeSigningKey();
let database: TestDatabase;
const personId = randomUUID();
let clock = Date.parse('2022-06-20T08:00:00Z');

beforeAll(async () => {
  database = await testDatabase({ sealer: key });
  await withoutCases(database);
});
afterAll(() => database.close());

/** What hangs from a step is not what is tried here. */
async function withoutCases(bare: TestDatabase): Promise<void> {
  await bare.pools.migrator.query('alter table history drop constraint history_case_known');
}

function act(): Act {
  clock += 1000;
  const now = new Date(clock);
  const opId = uuid7(clock);
  return { provinceId: 4, actorId: null, organisationId: null, now, today: '2022-06-20', opId };
}

const dims = { countyId: 401, agencyId: 'AGRI', bankId: null, kind: 'independent' };
const more = { occupationId: 'carpet', sex: 'female', area: 'urban' };

/** A case with so many steps; the answer is its id. */
async function openCase(steps: number, caseId: string = randomUUID()): Promise<string> {
  for (let n = 0; n < steps; n += 1) await addStep(caseId, n === 0);
  return caseId;
}

async function addStep(caseId: string, first = false): Promise<void> {
  const step: Step = {
    ...{ caseId, first, verb: 'test.step', from: null, to: 'there', happenedOn: '2022-06-20' },
    ...{ personId, dims: { ...dims, ...more }, facts: { n: 1 } },
  };
  await database.transaction(provinceContext(province), (tx) => recordSteps(tx, act(), [], [step]));
}

const rootNow = () => {
  clock += 1000;
  const now = new Date(clock);
  return makeRoot(database, key, province, { asOf: now, now });
};

/** What the deep check names, with the codes of cases shortened to the case's letter. */
async function named(cases: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const found = await database.transaction(
    { ...provinceContext(province), pool: 'reports' },
    async (tx) => {
      const out: string[] = [];
      for (const check of deepChecks(key)) {
        out.push(...(await check.run(tx, province)).differences.map(({ what }) => what));
      }
      return out;
    },
  );
  const short = Object.entries(cases);
  return found.map((what) =>
    short.reduce((text, [name, id]) => text.replace(encodeCode(province, id), name), what),
  );
}

/** Does something as the owner of the tables, looks, and undoes it. */
async function tampered(
  cases: Readonly<Record<string, string>>,
  ...statements: readonly (readonly [string, ...unknown[]])[]
): Promise<string[]> {
  const owner = database.pools.migrator;
  const tables = ['history', 'history_heads', 'history_roots', 'history_root_links'];
  for (const table of tables) await owner.query(`create table kept_${table} as table ${table}`);
  for (const [text, ...values] of statements) await owner.query(text, values);
  const found = await named(cases);
  for (const table of [...tables].reverse()) await owner.query(`delete from ${table}`);
  for (const table of tables) {
    await owner.query(`insert into ${table} select * from kept_${table}`);
    await owner.query(`drop table kept_${table}`);
  }
  expect(await named()).toEqual([]);
  return found;
}

/** The statements of whoever has the database and the source: a chain that agrees with itself again. */
async function rehash(
  caseId: string,
  change: (row: { reason: string | null }) => void,
  at: number,
) {
  const rows = await database.transaction(provinceContext(province), (tx) =>
    historyOfCase(tx, province, caseId),
  );
  const statements: [string, ...unknown[]][] = [];
  let before: Buffer = Buffer.alloc(0);
  for (const raw of rows) {
    const row = { ...toStoredRow(raw) };
    if (row.seq === at) change(row as { reason: string | null });
    const hash = sha256(before, Buffer.from(historyPayload(row)));
    statements.push([
      'update history set reason = $1, hash = $2 where id = $3',
      ...[row.reason, hash, row.id],
    ]);
    before = hash;
  }
  statements.push(['update history_heads set hash = $1 where case_id = $2', before, caseId]);
  return statements;
}

test('a changed, a removed and an inserted step is named, held by a root or newest', async () => {
  const old = await openCase(4);
  expect(await rootNow()).toMatchObject({ number: 1, cases: 1 });
  const young = await openCase(3);
  const cases = { old, young };
  const set = 'update history set reason = $1 where case_id = $2 and seq = $3';
  expect(await tampered(cases, [set, 'x', old, 2])).toEqual(['old #2 changed']);
  expect(await tampered(cases, [set, 'x', young, 3])).toEqual(['young #3 changed']);
  const cut = 'delete from history where case_id = $1 and seq = $2';
  expect(await tampered(cases, [cut, old, 3])).toEqual(['old #3 removed']);
  expect(await tampered(cases, [cut, young, 3])).toEqual(['young #3 removed']);
  const more = `insert into history select province_id, gen_random_uuid(), case_id, 9, verb, from_state,
    to_state, sign, reverses, happened_on, recorded_at, actor_id, organisation_id, op_id, reason, person_id,
    county_id, agency_id, bank_id, kind, occupation_id, sex, area, rial, people, facts, hash
    from history where case_id = $1 and seq = 1`;
  expect(await tampered(cases, [more, young])).toEqual(['young #9 inserted']);
});

test('whoever makes the whole chain agree with itself again meets the roots and the seals', async () => {
  const old = await openCase(4);
  await rootNow();
  await addStep(old);
  const young = await openCase(3);
  const cases = { old, young };
  const forge = (row: { reason: string | null }) => {
    row.reason = 'forged';
  };
  expect(await tampered(cases, ...(await rehash(old, forge, 3)))).toEqual(['old #3 changed']);
  expect(await tampered(cases, ...(await rehash(old, forge, 5)))).toEqual(['old #5 changed']);
  const found = await tampered(cases, ...(await rehash(young, forge, 2)));
  expect(found).toEqual(['young #1–#3 changed']);
  // The newest step goes, and the head with it.
  const back = `update history_heads d set seq = 2, hash = h.hash from history h
    where h.case_id = d.case_id and h.seq = 2 and d.case_id = $1`;
  const cut = 'delete from history where case_id = $1 and seq = 3';
  expect(await tampered(cases, [cut, young], [back, young])).toEqual(['young #1–#2 changed']);
  // A step more, chained as it should be.
  const [first] = await rowsOf(young);
  if (!first) throw new Error('no step');
  const forged = { ...first, id: randomUUID(), seq: 4 };
  const hash = sha256((await rowsOf(young)).at(-1)?.hash ?? Buffer.alloc(0), payloadOf(forged));
  const insert = `insert into history select province_id, $2, case_id, 4, verb, from_state, to_state, sign,
    reverses, happened_on, recorded_at, actor_id, organisation_id, op_id, reason, person_id, county_id,
    agency_id, bank_id, kind, occupation_id, sex, area, rial, people, facts, $3
    from history where case_id = $1 and seq = 1`;
  const move = 'update history_heads set seq = 4, hash = $2 where case_id = $1';
  expect(await tampered(cases, [insert, young, forged.id, hash], [move, young, hash])).toEqual([
    'young #4 inserted',
  ]);
  const bare = 'update history_heads set seal = null where case_id = $1';
  expect(await tampered(cases, [bare, young])).toEqual(['young #3 unsealed']);
  const gone = ['history_heads', 'history'].map(
    (table) => [`delete from ${table} where case_id = $1`, old] as const,
  );
  expect(await tampered(cases, ...gone)).toEqual(['old #1–#4 removed']);
});

const rowsOf = async (caseId: string) =>
  (
    await database.transaction(provinceContext(province), (tx) =>
      historyOfCase(tx, province, caseId),
    )
  ).map(toStoredRow);
const payloadOf = (row: Awaited<ReturnType<typeof rowsOf>>[number]) =>
  Buffer.from(historyPayload(row));

test('a root that was changed, removed or signed by another is named', async () => {
  await openCase(1);
  const last = await rootNow();
  const { number } = last;
  const cases = {};
  const set = `update history_roots set cases = cases + 1 where number = $1`;
  expect(await tampered(cases, [set, number])).toEqual([`root ${number}`, `root ${number}`]);
  expect(
    await tampered(cases, [
      'update history_root_links set hash = sha256(hash) where root_number = $1',
      number,
    ]),
  ).toContain(`root ${number}`);
  const other = makeSigningKey();
  const said = { ...last, key_id: other.id };
  const signature = other.sign(Buffer.from(statementOf(said)));
  expect(isGenuine({ ...said, signature })).toBe(true);
  const exchange = 'update history_roots set key_id = $1, signature = $2 where number = $3';
  expect(await tampered(cases, [exchange, other.id, signature, number])).toEqual([
    `root ${number}`,
  ]);
});

test('each day has one root, which leaves out what came after its end in Tehran', async () => {
  clock = Date.parse('2022-06-21T19:00:00Z');
  const before = await openCase(2);
  clock = Date.parse('2022-06-21T20:00:00Z');
  await addStep(before);
  const now = new Date('2022-06-21T20:10:00Z');
  const [root] = await makeDayRoots(database, key, now);
  expect(root).toMatchObject({ day_on: '2022-06-21' });
  expect(root?.as_of_at.toISOString()).toBe('2022-06-21T19:29:59.999Z');
  expect(await makeDayRoots(database, key, now)).toEqual([]);
  const { rows } = await database.pools.migrator.query(
    'select seq from history_root_links where case_id = $1',
    [before],
  );
  expect(rows).toEqual([{ seq: 2 }]);
  expect(await named()).toEqual([]);
});

test('chains from before the house had a key are sealed by the first root', async () => {
  await using bare = await testDatabase();
  const sealed = database;
  await withoutCases(bare);
  database = bare;
  try {
    const old = await openCase(2);
    expect(await named()).toEqual([]);
    await rootNow();
    const seal = 'select seal from history_heads where case_id = $1';
    expect((await bare.pools.migrator.query(seal, [old])).rows[0].seal).not.toBeNull();
    expect(await named()).toEqual([]);
  } finally {
    database = sealed;
  }
});

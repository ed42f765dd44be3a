import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillHolders, holderCheck } from '../src/figures/holders.ts';
import { decodeCode } from '../src/kit/code.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import type { Context } from '../src/platform/database.ts';
import { migrationsFolder } from '../src/platform/migrate.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { type Scene, setScene } from './permissions/scene.ts';

// What hangs on a case or a plan carries whose it is, and is shown to that citizen alone (decision 84).

const owners = [
  ['households', 'person_id'],
  ['tranches', 'holder_id'],
  ['memberships', 'holder_id'],
  ['jobs', 'holder_id'],
] as const;

let scene: Scene;
let worker: string;
const stranger = randomUUID();
beforeAll(async () => {
  scene = await setScene();
  worker = await hangOnPlan();
});
afterAll(() => scene.house.close());

const asPerson = (person: string): Context => ({ province: 4, organisation: '', person });
const asOrganisation = (organisation: string): Context => ({
  ...{ province: 4, organisation, person: '' },
});

/** A payment, a member and a job of somebody else under the scene's plan; the answer is who that is. */
async function hangOnPlan(): Promise<string> {
  const { house, code, personId } = scene;
  const ids = [1, 2, 3, 4].map(() => uuid7(house.clock.now().getTime()));
  const [tranche, member, job, person = ''] = ids;
  await house.database.migratorTransaction(async (tx) => {
    await sql`insert into people (province_id, id, national_id, id_kind, first_name, last_name, sex,
        name_key, recorded_at)
      values (4, ${person}, '1234567891', 'national', 'x', 'y', 'male', 'x y', now())`.execute(tx);
    const plan = sql`from plans where province_id = 4 and case_id = ${decodeCode(code)?.id}::uuid`;
    await sql`insert into tranches (province_id, id, plan_id, holder_id, number, amount_rial, bank_id,
        agency_id, bank_reference, paid_on)
      select 4, ${tranche}::uuid, id, ${personId}::uuid, 1, 1, bank_id, agency_id, 'x', '2022-06-22'
      ${plan}`.execute(tx);
    await sql`insert into memberships (province_id, id, plan_id, holder_id, person_id, agency_id, since)
      select 4, ${member}::uuid, id, ${personId}::uuid, ${person}::uuid, agency_id, '2022-06-22'
      ${plan}`.execute(tx);
    await sql`insert into jobs (province_id, id, plan_id, case_id, holder_id, person_id, relation,
        agency_id, bank_id, started_on, registered_on, state)
      select 4, ${job}::uuid, id, case_id, ${personId}::uuid, ${person}::uuid, 'covered', agency_id,
        bank_id, '2022-06-22', '2022-06-22', 'registered' ${plan}`.execute(tx);
  });
  return person;
}

async function rowsSeen(context: Context): Promise<Record<string, number>> {
  return scene.house.database.transaction(context, async (tx) => {
    const seen: Record<string, number> = {};
    for (const [table] of owners) {
      const { rows } = await sql<{ n: number }>`select count(*)::integer as n
        from ${sql.table(table)} where province_id = 4`.execute(tx);
      seen[table] = rows[0]?.n ?? 0;
    }
    return seen;
  });
}

const everything = { households: 1, tranches: 1, memberships: 1, jobs: 1 };
const nothing = { households: 0, tranches: 0, memberships: 0, jobs: 0 };

test('dwelling, payments, members and jobs are shown to whose they are, and to no other citizen', async () => {
  expect(await rowsSeen(asPerson(scene.personId))).toEqual(everything);
  expect(await rowsSeen(asPerson(stranger))).toEqual(nothing);
  expect(await rowsSeen(asPerson('-'))).toEqual(nothing);
  // Whoever is named or at work under somebody's plan sees that, and neither home nor money of theirs.
  expect(await rowsSeen(asPerson(worker))).toEqual({ ...nothing, memberships: 1, jobs: 1 });
});

test('a statement that names no row changes none that is not shown', async () => {
  const tables = ['people', 'households', 'cases', 'plans', 'permit_versions'] as const;
  const strangers = [asPerson(stranger), asOrganisation('SMT'), asOrganisation('-')];
  const own = [asPerson(scene.personId), asOrganisation('AGRI')];
  for (const [contexts, most] of [
    [strangers, 0n],
    [own, 1n],
  ] as const) {
    for (const context of contexts) {
      const changed = await scene.house.database.transaction(context, async (tx) => {
        const counts: Record<string, bigint | undefined> = {};
        for (const table of tables) {
          const changing = table === 'permit_versions' ? 'bank_id' : 'id';
          const value = table === 'permit_versions' ? sql`'MELLAT'` : sql`id`;
          const { numAffectedRows } = await sql`update ${sql.table(table)}
            set ${sql.ref(changing)} = ${value}`.execute(tx);
          counts[table] = numAffectedRows;
        }
        return counts;
      });
      const expected = Object.fromEntries(tables.map((table) => [table, most]));
      expect(changed, JSON.stringify(context)).toEqual(expected);
    }
  }
});

test('a citizen writes no dwelling in another’s name, and no payment, member or job at all', async () => {
  const { database } = scene.house;
  const home = (person: string) =>
    database.transaction(asPerson(scene.personId), (tx) =>
      sql`insert into households (province_id, id, person_id, county_id, area, recorded_at)
        values (4, ${randomUUID()}, ${person}, 401, 'rural', now())`.execute(tx),
    );
  await expect(home(stranger)).rejects.toMatchObject({ code: '42501' });
  for (const table of ['tranches', 'memberships', 'jobs'] as const) {
    const copied = database.transaction(asPerson(scene.personId), (tx) =>
      sql`insert into ${sql.table(table)} select * from ${sql.table(table)}`.execute(tx),
    );
    await expect(copied, table).rejects.toMatchObject({ code: '42501' });
  }
});

const forget = () =>
  scene.house.database.migratorTransaction(async (tx) => {
    for (const [table, owner] of owners)
      await sql`update ${sql.table(table)} set ${sql.ref(owner)} = null`.execute(tx);
  });

test('rows that say nothing are shown to no citizen until migration or job have filled them', async () => {
  const { database, clock } = scene.house;
  await forget();
  expect(await rowsSeen(asPerson(scene.personId))).toEqual(nothing);
  const migration = await readFile(join(migrationsFolder, '0080_fill_holders.sql'), 'utf8');
  await database.pools.migrator.query(migration);
  expect(await rowsSeen(asPerson(scene.personId))).toEqual(everything);

  await forget();
  const fill = () =>
    database.transaction(provinceContext(4), (tx) => fillHolders(tx, 4, clock.now()));
  expect(await fill()).toBe(4);
  expect(await rowsSeen(asPerson(scene.personId))).toEqual(everything);
  expect(await fill()).toBe(0);
});

test('the check finds a row that says it is somebody else’s', async () => {
  const { database } = scene.house;
  const check = () => database.transaction(provinceContext(4), (tx) => holderCheck.run(tx, 4));
  expect(await check()).toEqual({ checked: 4, differences: [] });
  for (const [table, owner] of owners) {
    await database.migratorTransaction((tx) =>
      sql`update ${sql.table(table)} set ${sql.ref(owner)} = ${worker}::uuid`.execute(tx),
    );
    const { differences } = await check();
    expect(differences, table).toEqual([
      expect.objectContaining({ kept: worker, recomputed: scene.personId }),
    ]);
    await database.migratorTransaction((tx) =>
      sql`update ${sql.table(table)} set ${sql.ref(owner)} = ${scene.personId}::uuid`.execute(tx),
    );
  }
});

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  caseEndpoints,
  type positions,
  principalAt,
  theCase,
} from '../scripts/permission-matrix.ts';
import type * as employmentPolicy from '../src/employment/policy.ts';
import type * as figuresPolicy from '../src/figures/policy.ts';
import { decodeCode, encodeCode } from '../src/kit/code.ts';
import type * as marketPolicy from '../src/market/policy.ts';
import type * as policy from '../src/permits/policy.ts';
import { contextOf } from '../src/platform/policy.ts';
import type * as supervisionPolicy from '../src/supervision/policy.ts';
import type * as supportersPolicy from '../src/supporters/policy.ts';
import { ask, declaredEndpoints, namesSomething, requestOf } from './permissions/every.ts';
import { lists, type Scene, setScene } from './permissions/scene.ts';

// Every predicate of the policies lets everything through: what is left is the database's own.
vi.mock('../src/permits/policy.ts', async (original) => ({
  ...(await original<typeof policy>()),
  visibleTo: () => () => sql<boolean>`true`,
  seesCase: () => true,
  mayAct: () => true,
}));
vi.mock('../src/figures/policy.ts', async (original) => ({
  ...(await original<typeof figuresPolicy>()),
  visibleSteps: () => sql<boolean>`true`,
}));
vi.mock('../src/employment/policy.ts', async (original) => ({
  ...(await original<typeof employmentPolicy>()),
  visibleJobs: () => () => sql<boolean>`true`,
}));
vi.mock('../src/supervision/policy.ts', async (original) => ({
  ...(await original<typeof supervisionPolicy>()),
  visibleVisits: () => () => sql<boolean>`true`,
  ownOrganisation: () => null,
}));
vi.mock('../src/market/policy.ts', async (original) => ({
  ...(await original<typeof marketPolicy>()),
  visibleStalls: () => () => sql<boolean>`true`,
}));
vi.mock('../src/supporters/policy.ts', async (original) => ({
  ...(await original<typeof supportersPolicy>()),
  sideOf: () => 'office',
  mayStep: () => true,
}));

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.house.close());

/** Reads that run as row security shows the caller; those of the whole province say why they have to. */
const reads = caseEndpoints
  .filter(({ method, wholeProvince }) => method === 'GET' && wholeProvince === undefined)
  .map(({ url }) => url);

test('with all predicates off, row security alone shows nobody another’s case', async () => {
  const { seesCase } = await vi.importActual<typeof policy>('../src/permits/policy.ts');
  expect(reads.length).toBeGreaterThan(3);
  const leaks: string[] = [];
  let told = 0;
  for (const [position, caller] of scene.callers) {
    const sees = seesCase(principalAt(position, scene.personId), theCase(scene.personId));
    for (const url of [...lists, ...reads.map((read) => read.replace(':code', scene.code))]) {
      const { status, body } = await caller.get(url);
      const text = JSON.stringify(body);
      const tells = status === 200 && scene.marks.some((mark) => text.includes(mark));
      if (tells && !sees) leaks.push(`${position.name} ${url}`);
      if (tells) told += 1;
    }
  }
  expect(leaks).toEqual([]);
  expect(told).toBeGreaterThan(20);
});

/** A visit, a job and a stall of the scene's case: what the later slices keep of it. */
async function fillSlices(): Promise<{ codes: Record<string, string>; marks: string[] }> {
  const { house, code, personId } = scene;
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const own = await house.signIn({ role: 'citizen', personId });
  const visit = await director.post(`/api/cases/${code}/visits`, { stage: 'before' });
  const stall = await own.post('/api/stalls', { caseCode: code, name: 'غرفهٔ یگانه‌نشان' });
  expect([visit.status, stall.status]).toEqual([201, 201]);
  const job = randomUUID();
  const case_id = decodeCode(code)?.id ?? '';
  const plan = await house.database.migratorTransaction(async (tx) => {
    const plans = tx.selectFrom('plans').select('id').where('case_id', '=', case_id);
    const { id: plan_id } = await plans.executeTakeFirstOrThrow();
    const of = { province_id: 4, case_id, plan_id, person_id: personId, state: 'registered' };
    const days = { started_on: '2022-06-22', registered_on: '2022-06-22' };
    const row = { ...of, ...days, id: job, relation: 'holder', agency_id: 'AGRI', holder_id: personId };
    await tx
      .insertInto('jobs')
      .values({ ...row, bank_id: 'MELLAT' })
      .execute();
    return plan_id;
  });
  const codes = {
    ...{ visits: visit.body.code, stalls: stall.body.code, 'my-stalls': stall.body.code },
    ...{ jobs: encodeCode(4, job), 'my-jobs': encodeCode(4, job) },
    ...{ cases: code, permits: code, plans: code },
  };
  return { codes, marks: [...scene.marks, ...Object.values(codes), plan, encodeCode(4, plan)] };
}

/** Whether the rows that a position's transactions see are not the case's at all: the database is to say no alone. */
function isForeign(position: (typeof positions)[number]): boolean {
  const principal = principalAt(position, scene.personId);
  const { organisation, person } = contextOf(principal, 4);
  if (person !== '') return person !== scene.personId;
  return organisation !== '' && !['AGRI', 'HEALTH', 'MELLAT'].includes(organisation);
}

test('with the predicates of every slice off, no read of any slice tells a stranger of the case', async () => {
  const { codes, marks } = await fillSlices();
  const asked = (await declaredEndpoints()).filter(
    (it) =>
      it.method === 'GET' &&
      'permission' in it.access &&
      it.clientScope === undefined &&
      it.wholeProvince === undefined &&
      it.anyProvince === undefined,
  );
  const slices = new Set(asked.map(({ id }) => id.split('.')[0]));
  expect([...slices]).toEqual(
    expect.arrayContaining([
      'permits',
      'financing',
      'employment',
      'supervision',
      'market',
      'figures',
    ]),
  );
  const leaks: string[] = [];
  const told = new Set<string>();
  for (const [position, caller] of scene.callers) {
    for (const it of asked) {
      const named = codes[it.url.split('/')[2] ?? ''];
      if (namesSomething(it) && named === undefined) continue;
      const request = requestOf(it, caller.cookie, named);
      const { status, text } = await ask(scene.house.app, request);
      if (status !== 200 || !marks.some((mark) => text.includes(mark))) continue;
      if (isForeign(position)) leaks.push(`${position.name}: ${it.id}`);
      else told.add(it.id.split('.')[0] ?? '');
    }
  }
  expect(leaks).toEqual([]);
  // Those whose case it is are told of it by all of them, so that nothing is proven by silence.
  expect([...told]).toEqual(
    expect.arrayContaining(['permits', 'financing', 'supervision', 'market']),
  );
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  allocationEndpoints,
  allocationVerdict,
  principalAt,
} from '../scripts/permission-matrix.ts';
import { decodeCode, encodeCode } from '../src/kit/code.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import type { Caller } from './house.ts';
import { type Scene, setScene } from './permissions/scene.ts';

let scene: Scene;
let code: string;
let sitting: string;
let agenda: string;

const decision = { decidedBy: 'x', reason: 'x', decidedOn: '2022-06-22' };
const opening = {
  ...{ creditLine: 'home-jobs', fiscalYear: 1401, law: 'x', ...decision },
  ...{ fromOn: '2022-03-21', deadlineOn: '2023-03-20' },
  ...{ provincialRial: '1234567890', nationalRial: '0' },
};

/** A sitting that decided about the scene's case before it was referred. */
async function heldSitting(): Promise<string> {
  const id = uuid7(scene.house.clock.now().getTime());
  const at = { province_id: 4, recorded_at: scene.house.clock.now() };
  const caseId = decodeCode(scene.code)?.id ?? '';
  await scene.house.database.migratorTransaction(async (tx) => {
    const held = { body: 'technical', fiscal_year: 1401, number: 1, held_on: '2022-06-22' };
    await tx
      .insertInto('sittings')
      .values({ ...at, ...held, id, members: ['x'] })
      .execute();
    const decision = { case_id: caseId, place: 1, verdict: 'approved' };
    const row = { province_id: 4, sitting_id: id, ...decision };
    await tx.insertInto('sitting_decisions').values(row).execute();
  });
  return encodeCode(4, id);
}

/** A sitting that was called to speak of the scene's case. */
async function calledSitting(): Promise<string> {
  const id = uuid7(scene.house.clock.now().getTime());
  const caseId = decodeCode(scene.code)?.id ?? '';
  await scene.house.database.migratorTransaction(async (tx) => {
    const called = { body: 'technical', meets_on: '2022-06-30' };
    const at = { province_id: 4, called_at: scene.house.clock.now() };
    await tx
      .insertInto('agendas')
      .values({ ...at, ...called, id })
      .execute();
    const row = { province_id: 4, agenda_id: id, case_id: caseId, place: 1 };
    await tx.insertInto('agenda_cases').values(row).execute();
  });
  return encodeCode(4, id);
}

beforeAll(async () => {
  scene = await setScene();
  const director = await scene.house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  code = (await director.post('/api/allocations', opening)).body.code;
  expect(code).toEqual(expect.any(String));
  sitting = await heldSitting();
  agenda = await calledSitting();
});
afterAll(() => scene.house.close());

function bodyFor(id: string): object {
  switch (id) {
    case 'financing.openAllocation':
      return { ...opening, law: crypto.randomUUID() };
    case 'financing.splitAllocation':
      return { shares: [{ agency: 'AGRI', ceilingRial: '1000' }], ...decision };
    case 'financing.dropAgenda':
      return {};
    case 'financing.callSitting':
      return { body: 'technical', meetsOn: '2022-06-30', cases: [scene.code] };
    case 'financing.holdSitting':
      return {
        ...{ body: 'technical', heldOn: '2022-06-22', members: ['x'] },
        decisions: [{ code: scene.code, verdict: 'approved' }],
      };
    default: {
      const plan = { code: scene.code, bank: 'MELLAT', requestedRial: '1', people: 1 };
      return { preview: true, creditLine: 'home-jobs', plans: [plan] };
    }
  }
}

async function answerTo(caller: Caller, it: AnyEndpoint): Promise<string> {
  const rooms: Readonly<Record<string, string>> = { sittings: sitting, agendas: agenda };
  const url = it.url.replace(':code', rooms[it.url.split('/')[2] ?? ''] ?? code);
  const { status } =
    it.method === 'GET' ? await caller.get(url) : await caller.post(url, bodyFor(it.id));
  if (status === 400 || status >= 500) return `broken: ${status}`;
  return [401, 403, 404].includes(status) ? String(status) : 'let';
}

test.each(allocationEndpoints.map((it) => [it.id, it] as const))(
  '%s answers everybody as the policies say',
  async (_name, it) => {
    expect(await answerTo(scene.house.nobody, it)).toBe('401');
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      const expected = String(allocationVerdict(it, principalAt(position, scene.personId)));
      const is = await answerTo(caller, it);
      if (is !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);

test('the province’s sum is told to nobody who sees only a share of it', async () => {
  const told: string[] = [];
  for (const [{ name, role, province }, caller] of scene.callers) {
    const { body } = await caller.get(`/api/allocations/${code}`);
    if (JSON.stringify(body).includes('1234567890')) told.push(name);
    const whole = ['officer', 'director', 'admin'].includes(role) && province === 4;
    expect(told.includes(name), name).toBe(whole || ['ministry', 'auditor'].includes(role));
  }
  const list = await [...scene.callers.values()][5]?.get('/api/allocations?province=07');
  expect(list?.status).not.toBe(500);
});

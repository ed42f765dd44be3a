import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  principalAt,
  theCase,
  visitEndpoints,
  visitVerdict,
} from '../scripts/permission-matrix.ts';
import { decodeCode, encodeCode } from '../src/kit/code.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import type { Caller } from './house.ts';
import { passingAnswers } from './passed-visits.ts';
import { type Scene, setScene } from './permissions/scene.ts';

/** A visit to the scene's case, a deviation that another found, and a way round that was asked for. */
let scene: Scene;
let visit: string;
let deviation: string;
let override: string;
let sample: string;

beforeAll(async () => {
  scene = await setScene();
  const { house, code } = scene;
  const officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const assignee = (await officer.get('/api/session')).body.account.id;
  const plan = async () =>
    (await officer.post(`/api/cases/${code}/visits`, { stage: 'before', assignee })).body.code;
  const found = { answers: passingAnswers.before, note: 'x', deviation: 'moved' };
  const first = await officer.post(`/api/visits/${await plan()}/find-deviation`, found);
  expect(first.status, JSON.stringify(first.body)).toBe(200);
  deviation = (await officer.get(`/api/cases/${code}/deviations`)).body.items[0].code;
  visit = await plan();
  override = await askedOverride(assignee);
  sample = await takenSample();
});
afterAll(() => scene.house.close());

/** The scene's plan has no contract yet, so the request is written as the act would. */
async function askedOverride(askedBy: string): Promise<string> {
  const id = randomUUID();
  await scene.house.database.migratorTransaction(async (tx) => {
    const case_id = decodeCode(scene.code)?.id ?? '';
    const plans = tx.selectFrom('plans').select('id').where('case_id', '=', case_id);
    const { id: plan_id } = await plans.executeTakeFirstOrThrow();
    const of = { province_id: 4, case_id, plan_id, agency_id: 'AGRI', bank_id: 'MELLAT' };
    const asked = { state: 'asked', reason: 'x', asked_by: askedBy, asked_at: new Date() };
    await tx
      .insertInto('gate_overrides')
      .values({ ...of, ...asked, id, tranche_number: 1 })
      .execute();
  });
  return encodeCode(4, id);
}

/** An empty one: nothing is paid here that could be drawn. */
async function takenSample(): Promise<string> {
  const id = randomUUID();
  const row = { province_id: 4, id, seed: 'x', drawn_on: '2022-06-22', by_risk: 0, by_chance: 1 };
  await scene.house.database.migratorTransaction((tx) =>
    tx
      .insertInto('visit_samples')
      .values({ ...row, points: 'amount:2', recorded_at: new Date() })
      .execute(),
  );
  return encodeCode(4, id);
}

function bodyFor(id: string): object {
  const answers = { stranger: 'x' };
  if (id === 'supervision.keepChecklist') {
    const label = { fa: 'x', en: 'x' };
    return { title: label, questions: [{ id: 'A', kind: 'text', label, required: true }] };
  }
  if (id === 'supervision.askParty') return { organisation: 'CULTURE' };
  if (id === 'supervision.excuseParty') return { organisation: 'CULTURE', reason: 'x' };
  if (id === 'supervision.takeSample') return { byRisk: 1, byChance: 1 };
  if (id === 'supervision.assign') return { assignee: randomUUID() };
  if (id === 'supervision.propose') return { reason: 'x', measure: 'bar' };
  if (id === 'supervision.findDeviation') return { answers, deviation: 'closed' };
  return /pass|orderCorrection|answerAsk/.test(id) ? { answers } : { reason: 'x' };
}

function codeFor(url: string): string {
  if (url.startsWith('/api/deviations')) return deviation;
  if (url.startsWith('/api/visit-samples')) return sample;
  return url.startsWith('/api/gate-overrides') ? override : visit;
}

async function answerTo(caller: Caller, it: AnyEndpoint): Promise<string> {
  const url = it.url.replace(':code', codeFor(it.url)).replace(':stage', 'before');
  const { status } =
    it.method === 'GET' ? await caller.get(url) : await caller.post(url, bodyFor(it.id));
  if (status === 400 || status >= 500) return `broken: ${status}`;
  return [401, 403, 404].includes(status) ? String(status) : 'let';
}

test.each(visitEndpoints.map((it) => [it.id, it] as const))(
  '%s answers everybody as the policies say',
  async (_name, it) => {
    expect(await answerTo(scene.house.nobody, it)).toBe('401');
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      const principal = principalAt(position, scene.personId);
      const expected = String(visitVerdict(it, principal, theCase(scene.personId)));
      const is = await answerTo(caller, it);
      if (is !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);

test('no list tells of another agency’s or bank’s visits and deviations', async () => {
  const told: string[] = [];
  for (const [position, caller] of scene.callers) {
    const sees = visitVerdict(
      visitEndpoints.find(({ id }) => id === 'supervision.show') as AnyEndpoint,
      principalAt(position, scene.personId),
      theCase(scene.personId),
    );
    for (const url of ['/api/visits?all=true', '/api/deviations', '/api/gate-overrides']) {
      const { status, body } = await caller.get(url);
      const tells = status === 200 && JSON.stringify(body).includes(scene.code);
      const own = position.own && url === '/api/deviations';
      if (tells && sees !== 'let' && !own) told.push(`${position.name} ${url}`);
    }
  }
  expect(told).toEqual([]);
});

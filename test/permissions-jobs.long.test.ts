import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobEndpoints, jobVerdict, principalAt, theCase } from '../scripts/permission-matrix.ts';
import { decodeCode, encodeCode } from '../src/kit/code.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import type { Caller } from './house.ts';
import { type Scene, setScene } from './permissions/scene.ts';

/** A job of the scene's case, and a draw. */
let scene: Scene;
let job: string;
let draw: string;

beforeAll(async () => {
  scene = await setScene();
  [job, draw] = await Promise.all([writtenJob(), writtenDraw()]);
});
afterAll(() => scene.house.close());

/** Nothing is paid in the scene, so the job is written as the act would; it has ended, so no act changes it. */
async function writtenJob(): Promise<string> {
  const id = randomUUID();
  const case_id = decodeCode(scene.code)?.id ?? '';
  await scene.house.database.migratorTransaction(async (tx) => {
    const plans = tx.selectFrom('plans').select('id').where('case_id', '=', case_id);
    const { id: plan_id } = await plans.executeTakeFirstOrThrow();
    const of = { province_id: 4, case_id, plan_id, person_id: scene.personId };
    const days = { started_on: '2022-06-22', registered_on: '2022-06-22', ended_on: '2022-06-22' };
    const row = { ...of, ...days, id, relation: 'holder', agency_id: 'AGRI', bank_id: 'MELLAT' };
    await tx
      .insertInto('jobs')
      .values({ ...row, state: 'ended' })
      .execute();
  });
  return encodeCode(4, id);
}

async function writtenDraw(): Promise<string> {
  const id = randomUUID();
  const row = { province_id: 4, id, seed: 'x', share_bp: 1000, drawn_on: '2022-06-22' };
  await scene.house.database.migratorTransaction((tx) =>
    tx
      .insertInto('recheck_draws')
      .values({ ...row, recorded_at: new Date() })
      .execute(),
  );
  return encodeCode(4, id);
}

const bodies: Readonly<Record<string, object>> = {
  'employment.addEvidence': { kind: 'contract', detail: 'x' },
  'employment.verify': { through: 'phone', detail: 'x' },
  'employment.confirmAlive': { through: 'phone', detail: 'x' },
  'employment.recheck': { agrees: true, note: 'x' },
  'employment.insure': {
    ...{ rateBp: 1, number: '12345678', beginsOn: '2022-06-22', paidUntil: '2022-06-22' },
  },
  'employment.answerAsk': { answer: 'yes' },
  'employment.ask': {},
  'employment.drawRechecks': {},
};

async function answerTo(caller: Caller, it: AnyEndpoint): Promise<string> {
  const url = it.url.replace(':code', it.url.startsWith('/api/job-rechecks') ? draw : job);
  const { status } =
    it.method === 'GET'
      ? await caller.get(url)
      : await caller.post(url, bodies[it.id] ?? { reason: 'x' });
  if (status === 400 || status >= 500) return `broken: ${status}`;
  return [401, 403, 404].includes(status) ? String(status) : 'let';
}

/** Nothing of the written job is in the record, so there is nothing to take back, for anybody. */
const missesMore: readonly string[] = ['employment.takeBackStep'];

test.each(jobEndpoints.map((it) => [`${it.method} ${it.id}`, it] as const))(
  '%s answers everybody as the policies say',
  async (_name, it) => {
    expect(await answerTo(scene.house.nobody, it)).toBe('401');
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      const principal = principalAt(position, scene.personId);
      const said = String(jobVerdict(it, principal, theCase(scene.personId)));
      const expected = said === 'let' && missesMore.includes(it.id) ? '404' : said;
      const is = await answerTo(caller, it);
      if (is !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);

test('no list tells of another agency’s or bank’s jobs', async () => {
  const told: string[] = [];
  for (const [position, caller] of scene.callers) {
    const { status, body } = await caller.get('/api/jobs');
    const tells = status === 200 && JSON.stringify(body).includes(scene.code);
    const own = ['AGRI', 'MELLAT', 'DIRECTORATE', 'MINISTRY'].includes(position.organisation ?? '');
    if (tells && !own) told.push(position.name);
    if (tells && position.province === 7) told.push(position.name);
  }
  expect(told).toEqual([]);
});

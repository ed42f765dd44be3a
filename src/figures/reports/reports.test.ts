import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { jobHandlers } from '../../app.ts';
import { decodeCode } from '../../kit/code.ts';
import { isoDate } from '../../kit/jalali.ts';
import { outboxSms } from '../../platform/sms.ts';
import { silentLog } from '../../platform/telemetry.ts';
import { daysOf, nextOn } from './rules.ts';

const username = 'reporter';

/** The director at another time, when the session of before has ended. */
async function again(): Promise<void> {
  const password = 'a password of tests';
  const { headers } = await house.nobody.post('/api/session', { username, password });
  director = house.holding(String(headers['set-cookie']).split(';')[0] ?? '');
}

let house: TestHouse;
let director: Caller;
let bank: Caller;
let other: Caller;
beforeAll(async () => {
  house = await testHouse();
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE', username });
  bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
  other = await house.signIn({ role: 'bank', organisationId: 'SADERAT' });
  const plan = { rial: 500_000_000n };
  await contractedPlans(house, { bankId: 'MELLAT', serials: [1, 2, 3], ...plan });
  await contractedPlans(house, { bankId: 'SADERAT', serials: [4], ...plan });
});
afterAll(() => house.close());

const jobs = () =>
  jobHandlers({ sms: outboxSms, files: house.files, publicUrl: 'http://localhost:8080' });

async function work(name: string, payload: object = {}): Promise<void> {
  const around = { database: house.database, clock: house.clock, log: silentLog };
  await jobs()[name]?.(payload, around);
}

const question = (more: object = {}) => ({
  ...{ kind: 'totals', measures: ['permits_issued', 'plans_referred'], span: 'thisYear' },
  ...{ scope: {}, language: 'en', ...more },
});
const entries = question({ kind: 'entries', measures: ['plans_referred'] });

async function fileOf(caller: Caller, body: object): Promise<{ code: string; text: string }> {
  const asked = await caller.post('/api/report-runs', { name: 'R', format: 'csv', ...body });
  expect(asked.status).toBe(202);
  const { code } = asked.body;
  await work('figures.runReport', { provinceId: 4, runId: decodeCode(code)?.id });
  const { status, bytes } = await caller.get(`/api/report-runs/${code}/file`);
  expect(status).toBe(200);
  return { code, text: bytes.toString('utf8') };
}

test('sums come as they are in the figures, cut by a column and over time', async () => {
  const { text } = await fileOf(director, { question: question({ by: 'bank', over: 'month' }) });
  const lines = text.replace('\ufeff', '').trim().split('\r\n');
  expect(lines[0]).toContain('Bank,Month,');
  const figures = (await house.nobody.get('/api/figures?from=1401-01-01&to=1401-04-01')).body;
  const sum = (at: number) =>
    lines.slice(1).reduce((total, line) => total + Number(line.split(',').at(at)), 0);
  expect([sum(-2), sum(-1)]).toEqual([
    figures.measures.permits_issued,
    figures.measures.plans_referred,
  ]);
});

test('rows are the asker’s own, whoever’s bank the report is limited to, and the file is theirs alone', async () => {
  const rows = async (caller: Caller, more: object = {}) =>
    (await fileOf(caller, { question: { ...entries, ...more } })).text.trim().split('\r\n').length -
    1;
  expect(await rows(director)).toBe(4);
  expect(await rows(bank)).toBe(3);
  expect(await rows(other)).toBe(1);
  expect(await rows(other, { scope: { bank: 'MELLAT' } })).toBe(0);
  const { code } = await fileOf(bank, { question: entries });
  expect((await other.get(`/api/report-runs/${code}/file`)).status).toBe(404);
  expect((await director.get(`/api/report-runs/${code}/file`)).status).toBe(404);
  const preview = await bank.post('/api/report-preview', { question: entries });
  expect(preview.body.rows).toHaveLength(3);
});

test('a kept report is asked by the clock on its day, and files go after a time', async () => {
  const kept = await director.post('/api/reports', {
    ...{ name: 'هفتگی', question: question({ by: 'agency' }), format: 'xlsx', every: 'week' },
  });
  const runs = async () =>
    (await director.get('/api/reports')).body.runs.filter(
      ({ name }: { name: string }) => name === 'هفتگی',
    );
  await work('figures.watchReports');
  expect(await runs()).toEqual([]);
  const began = house.clock.now();
  house.clock.moveTo(new Date('2022-06-29T08:00:00Z'));
  await again();
  await work('figures.watchReports');
  await work('figures.watchReports');
  const [run] = await runs();
  expect(await runs()).toHaveLength(1);
  await work('figures.runReport', { provinceId: 4, runId: decodeCode(run.code)?.id });
  expect((await runs())[0]).toMatchObject({ state: 'done', rows: 1 });
  house.clock.moveTo(new Date('2022-08-29T08:00:00Z'));
  await again();
  await work('figures.watchReports');
  expect((await runs()).map(({ state }: { state: string }) => state)).toContain('expired');
  expect((await director.get(`/api/report-runs/${run.code}/file`)).status).toBe(404);
  house.clock.moveTo(began);
  await again();
  expect((await bank.post(`/api/reports/${kept.body.code}/end`)).status).toBe(404);
  expect((await director.post(`/api/reports/${kept.body.code}/end`)).status).toBe(200);
  expect((await director.get('/api/reports')).body.kept).toEqual([]);
});

test('moving periods end today at the latest, and a month later is a Jalali month', () => {
  const today = isoDate('2022-06-22');
  expect(daysOf('thisYear', today)).toEqual({ from: '2022-03-21', to: '2022-06-22' });
  expect(daysOf('lastMonth', today)).toEqual({ from: '2022-05-22', to: '2022-06-21' });
  expect(nextOn('month', today)).toBe('2022-07-23');
  expect(nextOn('never', today)).toBeNull();
});

test('files that take long keep one another waiting, and neither figures nor other jobs', async () => {
  const ask = async () => {
    const body = { name: 'R', format: 'csv', question: entries };
    const { code } = (await director.post('/api/report-runs', body)).body;
    return { code, payload: { provinceId: 4, runId: decodeCode(code)?.id } };
  };
  const [one, two, three] = [await ask(), await ask(), await ask()];
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const put = vi.fn((bytes: Parameters<typeof house.files.put>[0]) =>
    gate.then(() => house.files.put(bytes)),
  );
  const files = Object.assign(Object.create(house.files), { put });
  const run = jobHandlers({ sms: outboxSms, files, publicUrl: 'http://localhost:8080' });
  const around = { database: house.database, clock: house.clock, log: silentLog };
  const start = ({ payload }: typeof one) => run['figures.runReport']?.(payload, around);
  const held = [start(one), start(two)];
  await vi.waitFor(() => expect(put).toHaveBeenCalledTimes(2), { timeout: 30_000 });
  const waiting = async () => {
    const { rows } = await house.database.pools.migrator.query(
      `select count(*)::integer as jobs from graphile_worker.jobs
       where task_identifier = 'figures.runReport' and run_at > $1`,
      [house.clock.now()],
    );
    return rows[0]?.jobs;
  };
  const before = await waiting();
  await start(three);
  expect([await waiting(), put.mock.calls.length]).toEqual([before + 1, 2]);
  const figures = await house.nobody.get('/api/figures?from=1401-01-01&to=1401-04-01');
  expect(figures.status).toBe(200);
  open();
  await Promise.all(held);
  await start(three);
  for (const { code } of [one, two, three])
    expect((await director.get(`/api/report-runs/${code}/file`)).status).toBe(200);
});

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { type Referred, referCase } from '../../test/referred-case.ts';
import { referenceOf } from '../accounts/index.ts';
import { checkProvince } from '../figures/index.ts';
import { decodeCode } from '../kit/code.ts';
import { generateNationalId } from '../kit/identifiers.ts';
import { provinceContext } from '../platform/policy.ts';
import { takeAnswer } from './asks.ts';
import { watchJobs } from './watch-jobs.ts';

let house: TestHouse;
let expert: Caller;
let officer: Caller;
let inspector: Caller;
let director: Caller;
let bank: Caller;
beforeAll(async () => {
  house = await testHouse();
  const office = { organisationId: 'DIRECTORATE' };
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  officer = await house.signIn({ role: 'officer', ...office });
  inspector = await house.signIn({ role: 'inspector', ...office });
  director = await house.signIn({ role: 'director', ...office });
  bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
});
afterAll(() => house.close());

let serial = 5000;
const worker = (mobile?: string) => {
  serial += 1;
  const nationalId = generateNationalId('275', serial);
  const name = { firstName: 'آزمون', lastName: `شاغل ${serial}`, sex: 'male' };
  return { nationalId, ...name, ...(mobile ? { mobile } : {}) };
};

/** A plan that promised one job and was paid. */
async function paidCase(): Promise<Referred> {
  const it = await referCase(house);
  const body = { amountRial: '10000000', bankReference: randomUUID() };
  expect((await bank.post(`/api/plans/${it.code}/pay`, body)).status).toBe(200);
  return it;
}

const startedOn = '2022-06-22';
const household = (person: object) => ({ relation: 'household', startedOn, person });
const jobsOf = async ({ code }: Referred, caller = director) =>
  (await caller.get(`/api/cases/${code}/jobs`)).body;

async function registered(it: Referred, body: object = { relation: 'holder', startedOn }) {
  const { status, body: answer } = await expert.post(`/api/cases/${it.code}/jobs`, body);
  expect(status, JSON.stringify(answer)).toBe(201);
  const { jobs } = await jobsOf(it);
  return jobs.at(-1).code as string;
}

async function figure(measure: string): Promise<number> {
  const { body } = await director.get('/api/figures?province=04&from=1401-01-01&to=1402-12-29');
  return body.measures[measure];
}

const act = (caller: Caller, job: string, path: string, body: object = {}) =>
  caller.post(`/api/jobs/${job}/${path}`, body);

test('a job is registered by one, verified by another, lives a year, and ends; each counts for itself', async () => {
  const names = ['registered', 'verified', 'alive', 'ended'].map((one) => `jobs_${one}`);
  const before = await Promise.all(names.map(figure));
  const it = await paidCase();
  const job = await registered(it, {
    ...{ relation: 'holder', startedOn: '2021-06-20' },
    evidence: { kind: 'contract', detail: 'قرارداد ۱۲ خرداد' },
  });
  const seen = { through: 'phone', detail: 'خودش پاسخ داد و از کارش گفت' };
  expect((await act(expert, job, 'verify', seen)).body.code).toBe('employment.same_person');
  expect((await act(inspector, job, 'verify', seen)).status).toBe(200);
  const alive = { ...seen, through: 'visit' };
  expect((await act(inspector, job, 'confirm-alive', alive)).status).toBe(200);
  const { jobs, ...plan } = await jobsOf(it);
  expect(plan).toMatchObject({ expected: 1, registered: 1, verified: 1, alive: 1 });
  expect(jobs[0].evidence.map(({ kind }: { kind: string }) => kind)).toEqual([
    ...['contract', 'phone', 'visit'],
  ]);
  expect((await act(expert, job, 'end', { reason: 'کارگاه جابه‌جا شد' })).status).toBe(200);
  const after = await Promise.all(names.map(figure));
  expect(after.map((value, at) => value - (before[at] ?? 0))).toEqual([1, 1, 1, 1]);
  // Taken back one by one, the newest first.
  for (const state of ['alive', 'verified', 'registered']) {
    expect((await act(director, job, 'take-back', { reason: 'اشتباه' })).status).toBe(200);
    expect((await jobsOf(it)).jobs[0].state).toBe(state);
  }
  expect((await act(director, job, 'take-back', { reason: 'اشتباه' })).status).toBe(200);
  expect(await jobsOf(it)).toMatchObject({ registered: 0, jobs: [] });
  expect(await Promise.all(names.map(figure))).toEqual(before);
});

test('nobody counts twice: the second job is recorded only where it is meant, and shown where the first is', async () => {
  const [first, second] = [await paidCase(), await paidCase()];
  const person = worker();
  await registered(first, household(person));
  const uncounted = await figure('jobs_uncounted');
  const count = await figure('jobs_registered');
  const again = await expert.post(`/api/cases/${second.code}/jobs`, household(person));
  expect(again.body.code).toBe('employment.already_at_work');
  const same = await expert.post(`/api/cases/${first.code}/jobs`, {
    ...household(person),
    asSecond: true,
  });
  expect(same.body.code).toBe('employment.already_at_work');
  await registered(second, { ...household(person), asSecond: true });
  expect(await figure('jobs_registered')).toBe(count);
  expect(await figure('jobs_uncounted')).toBe(uncounted + 1);
  const [shown] = (await jobsOf(first)).jobs[0].others;
  expect(shown).toMatchObject({ caseCode: second.code, counts: false });
  // Another agency's expert learns that there is one and not where.
  expect((await jobsOf(second)).jobs[0]).toMatchObject({
    ...{ state: 'uncounted', uncountedFor: 'again' },
    others: [{ caseCode: first.code, counts: true }],
  });
});

test('whoever was counted in the period is not counted again after the job ended, nor in another province', async () => {
  const person = worker();
  const first = await paidCase();
  const job = await registered(first, household(person));
  const seen = { through: 'visit', detail: 'سر کار بود' };
  expect((await act(inspector, job, 'verify', seen)).status).toBe(200);
  const early = await act(inspector, job, 'confirm-alive', seen);
  expect(early.body.code).toBe('employment.too_young');
  expect((await act(expert, job, 'end', { reason: 'رفت' })).status).toBe(200);
  const second = await paidCase();
  await registered(second, household(person));
  expect((await jobsOf(second)).jobs[0].uncountedFor).toBe('again');
  const far = worker();
  await house.database.migratorTransaction((tx) =>
    sql`insert into counted_people values (${far.nationalId}, '2022-01-01', '2025-01-01', 7,
      ${randomUUID()}::uuid)`.execute(tx),
  );
  const third = await paidCase();
  await registered(third, household(far));
  const [told] = (await jobsOf(third)).jobs;
  expect(told.uncountedFor).toBe('again');
  expect(told.others).toMatchObject([{ caseCode: null, agency: null, province: { id: '07' } }]);
});

test('more people than were promised raise the promise, with the reason, and give it back when taken back', async () => {
  const it = await paidCase();
  await registered(it);
  const body = household(worker());
  const refused = await expert.post(`/api/cases/${it.code}/jobs`, body);
  expect(refused.body.code).toBe('employment.beyond_promise');
  const later = await figure('jobs_expected_later');
  const job = await registered(it, { ...body, raise: 'سفارش بیشتر شد' });
  expect(await jobsOf(it)).toMatchObject({ expected: 2, registered: 2 });
  expect(await figure('jobs_expected_later')).toBe(later + 1);
  expect((await act(director, job, 'take-back', { reason: 'اشتباه' })).status).toBe(200);
  expect(await jobsOf(it)).toMatchObject({ expected: 1, registered: 1 });
  expect(await figure('jobs_expected_later')).toBe(later);
});

/** What the background would make of the newest answer. */
async function takeNewest(): Promise<void> {
  const reference = await referenceOf(house.database);
  await house.database.transaction(provinceContext(4), async (tx) => {
    const asks = tx.selectFrom('job_asks').select('id').orderBy('id', 'desc');
    const { id } = await asks.executeTakeFirstOrThrow();
    const now = house.clock.now();
    const nobody = { provinceId: 4, actorId: null, organisationId: null, opId: randomUUID() };
    await takeAnswer(tx, { ...nobody, now, today: '2022-06-22' }, reference, id);
    // The job may run twice.
    await takeAnswer(tx, { ...nobody, now, today: '2022-06-22' }, reference, id);
  });
}

test('a person who is asked by SMS verifies their own job, and nobody else’s', async () => {
  const it = await paidCase();
  const mobile = '09141112233';
  const job = await registered(it, household(worker(mobile)));
  expect((await act(expert, job, 'ask')).status).toBe(200);
  expect((await act(expert, job, 'ask')).body.code).toBe('employment.ask_open');
  const sent = await house.database.migratorTransaction((tx) =>
    tx.selectFrom('sms_outbox').select('text').where('mobile', '=', mobile).execute(),
  );
  expect(sent.map(({ text }) => text).join()).toContain('آزمون وام‌خواه');
  const personId = await house.database.migratorTransaction(async (tx) => {
    const jobs = tx.selectFrom('jobs').select('person_id');
    return (await jobs.where('id', '=', decodeCode(job)?.id ?? '').executeTakeFirstOrThrow())
      .person_id;
  });
  const themselves = await house.signIn({ role: 'citizen', personId });
  const stranger = await house.signIn({ role: 'citizen', personId: it.personId });
  const [ask] = (await themselves.get('/api/my-jobs')).body.jobs;
  expect(ask).toMatchObject({ holder: 'آزمون وام‌خواه', about: 'work', answer: null });
  expect((await stranger.get('/api/my-jobs')).body.jobs).toEqual([]);
  const path = `/api/my-jobs/${ask.code}/answer`;
  expect((await stranger.post(path, { answer: 'yes' })).body.code).toBe('employment.no_ask');
  expect((await themselves.post(path, { answer: 'yes' })).status).toBe(200);
  expect((await themselves.post(path, { answer: 'no' })).body.code).toBe('employment.no_ask');
  await takeNewest();
  const told = (await jobsOf(it)).jobs.find(({ code }: { code: string }) => code === job);
  expect(told).toMatchObject({ state: 'verified', through: 'sms', verifiedBy: null, asked: 'yes' });
});

test('a sample is drawn by chance, anyone can draw it again, and a second look that disagrees takes the verification back', async () => {
  // Whatever was verified before this is in a draw of its own.
  await director.post('/api/job-rechecks');
  for (let nth = 0; nth < 3; nth += 1) {
    const job = await registered(await paidCase());
    await act(inspector, job, 'verify', { through: 'visit', detail: 'سر کار بود' });
  }
  const drawn = await director.post('/api/job-rechecks', { seed: 'خرداد' });
  expect(drawn.status).toBe(201);
  expect((await director.post('/api/job-rechecks')).body.code).toBe('employment.nobody_to_draw');
  const draw = (await director.get(`/api/job-rechecks/${drawn.body.code}`)).body;
  expect(draw.same).toBe(true);
  const chosen = draw.verifications.filter((one: { drawn: boolean }) => one.drawn);
  expect(chosen).toHaveLength(Math.ceil(draw.verifications.length / 10));
  const job = chosen[0].job as string;
  const disagrees = { agrees: false, note: 'کسی در خانه کار نمی‌کند' };
  expect((await act(expert, job, 'end', { reason: 'x' })).body.code).toBe(
    'employment.recheck_open',
  );
  const verified = await figure('jobs_verified');
  expect((await act(inspector, job, 'recheck', disagrees)).body.code).toBe(
    'employment.same_person',
  );
  expect((await act(officer, job, 'recheck', disagrees)).status).toBe(200);
  expect((await act(officer, job, 'recheck', disagrees)).body.code).toBe('employment.no_recheck');
  expect(await figure('jobs_verified')).toBe(verified - 1);
  expect(await figure('jobs_rechecked')).toBe(1);
  expect(await figure('jobs_disagreed')).toBe(1);
  const [told] = (await director.get('/api/job-rechecks')).body.draws;
  expect(told).toMatchObject({ disagreed: 1, agreed: 0, drawn: chosen.length });
});

test('insurance is kept at the rates of its day, and reminded of once', async () => {
  const it = await paidCase();
  const job = await registered(it, household(worker('09145556677')));
  const insurance = { number: '۰۰۱۲۳۴۵۶۷۸', beginsOn: '2022-06-01', paidUntil: '2022-06-30' };
  expect((await act(expert, job, 'insure', { ...insurance, rateBp: 1300 })).body.code).toBe(
    'employment.wrong_rate',
  );
  expect((await act(expert, job, 'insure', { ...insurance, rateBp: 1400 })).status).toBe(200);
  const told = (await jobsOf(it)).jobs[0].insurance;
  expect(told).toMatchObject({ rateBp: 1400, stateBp: 200, number: '0012345678' });
  const reference = await referenceOf(house.database);
  const around = { provinceId: 4, publicUrl: 'http://localhost:8080' };
  const round = () => watchJobs(house.database, reference, house.clock, around);
  expect((await round()).reminded).toBe(1);
  expect((await round()).reminded).toBe(0);
});

test('the list and its numbers agree, for everybody who sees it, and leave nothing that a check would find', async () => {
  for (const caller of [expert, director, inspector]) {
    const { body } = await caller.get('/api/jobs');
    const sum = (Object.values(body.byState) as number[]).reduce((total, n) => total + n, 0);
    expect(body.total).toBe(sum);
    expect(body.items).toHaveLength(body.total);
    for (const [state, count] of Object.entries(body.byState)) {
      expect((await caller.get(`/api/jobs?state=${state}`)).body.items).toHaveLength(Number(count));
    }
  }
  const { byState } = (await director.get('/api/jobs')).body;
  const counted = ['registered', 'verified', 'disputed', 'alive']
    .map((state) => byState[state] ?? 0)
    .reduce((total, n) => total + n, 0);
  // One that counted has ended.
  expect(await figure('jobs_registered')).toBe(counted + 1);
  const other = await house.signIn({ role: 'expert', organisationId: 'AGRI' });
  expect((await other.get('/api/jobs')).body.total).toBe(0);
  const { checks } = await checkProvince(house.database, 4);
  const found = checks.filter(({ name }) => name !== 'financing.orders');
  expect(found.flatMap(({ differences }) => differences)).toEqual([]);
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, publicUrl, type TestHouse, testHouse } from '../../test/house.ts';
import { referenceOf } from '../accounts/index.ts';
import { jobHandlers, permitSubscribers, sayers } from '../app.ts';
import { checkProvince } from '../figures/index.ts';
import { decodeCode } from '../kit/code.ts';
import { generateNationalId } from '../kit/identifiers.ts';
import { provinceContext } from '../platform/policy.ts';
import { outboxSms } from '../platform/sms.ts';
import { silentLog } from '../platform/telemetry.ts';
import { type PermitChange, permitChangeJobs, watchValidity } from './index.ts';

const start = '2022-06-22T08:00:00Z';
let house: TestHouse;
let expert: Caller;
let officer: Caller;
let director: Caller;
let counter: Caller;
beforeAll(async () => {
  house = await testHouse(start);
  await signIn();
});
afterAll(() => house.close());

/** Sessions end after some hours, so everyone signs in anew on another day. */
async function signIn(): Promise<void> {
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  counter = await house.signIn({ role: 'counter', organisationId: 'DIRECTORATE' });
}

let serial = 100;

async function issue(): Promise<string> {
  serial += 1;
  const person = {
    nationalId: generateNationalId('274', serial),
    idKind: 'national',
    firstName: 'لیلا',
    lastName: `زندگی‌نژاد ${serial}`,
    sex: 'female',
    mobile: '09141234567',
  };
  const household = { countyId: '0401', area: 'urban', address: 'کوچهٔ یکم' };
  const body = { person, household, kind: 'independent', occupationId: 'tailoring' };
  const { code } = (await expert.post('/api/permits', body)).body;
  expect((await expert.post(`/api/permits/${code}/sign`)).status).toBe(200);
  expect((await director.post(`/api/permits/${code}/grant`)).status).toBe(200);
  return code;
}

const show = async (code: string) => (await director.get(`/api/cases/${code}`)).body;
const act = (who: Caller, code: string, verb: string, body: object = {}) =>
  who.post(`/api/permits/${code}/${verb}`, body);
const reason = 'دلیل آزمون';
const elsewhere = { countyId: '0403', area: 'rural', address: 'روستای آزمون' };

async function at<T>(day: string, work: () => Promise<T>): Promise<T> {
  const before = house.clock.now();
  house.clock.moveTo(new Date(`${day}T08:00:00Z`));
  await signIn();
  try {
    return await work();
  } finally {
    house.clock.moveTo(before);
    await signIn();
  }
}

describe('a permit', () => {
  test('begins with a version that says who approved what', async () => {
    const { permit } = await show(await issue());
    expect(permit).toMatchObject({ status: 'valid', validUntil: '2024-06-20' });
    expect(permit.versions).toMatchObject([
      { version: 1, verb: 'permits.grant', status: 'valid', address: 'کوچهٔ یکم' },
    ]);
    expect(permit.versions[0].approvals.map((one: { verb: string }) => one.verb)).toEqual([
      'permits.sign',
      'permits.grant',
    ]);
  });

  test('is suspended and reinstated with reasons, its number for life', async () => {
    const code = await issue();
    const { number } = (await show(code)).permit;
    const bare = await act(officer, code, 'suspend');
    expect(bare).toMatchObject({ status: 422, body: { code: 'permits.reason_missing' } });
    expect((await act(officer, code, 'suspend', { reason })).status).toBe(200);
    expect(await show(code)).toMatchObject({ state: 'suspended', permit: { status: 'suspended' } });
    expect((await act(officer, code, 'suspend', { reason })).status).toBe(409);
    expect((await act(director, code, 'reinstate', { reason })).status).toBe(200);
    const { permit } = await show(code);
    expect(permit).toMatchObject({ number, status: 'valid' });
    expect(permit.versions.map((one: { status: string }) => one.status)).toEqual([
      'valid',
      'suspended',
      'valid',
    ]);
  });

  test('follows its holder to another county, and back when that was a mistake', async () => {
    const code = await issue();
    const moved = await act(counter, code, 'change-address', { household: elsewhere });
    expect(moved.status).toBe(200);
    expect(await show(code)).toMatchObject({
      state: 'issued',
      household: { county: { id: '0403' }, area: 'rural', address: 'روستای آزمون' },
    });
    expect((await act(director, code, 'take-back', { reason })).status).toBe(200);
    const it = await show(code);
    expect(it.household).toMatchObject({ county: { id: '0401' }, address: 'کوچهٔ یکم' });
    expect(it.permit.versions.at(-1)).toMatchObject({
      version: 3,
      takesBack: true,
      address: 'کوچهٔ یکم',
    });
    const abroad = { household: { ...elsewhere, countyId: '0301' } };
    expect((await act(counter, code, 'change-address', abroad)).status).toBe(422);
  });

  test('passes to an occupation of the same agency only', async () => {
    const code = await issue();
    const { occupations } = await referenceOf(house.database);
    const all = [...occupations.values()];
    const near = all.find(
      (it) => it.agency_id === 'SMT' && it.id !== 'tailoring' && it.clearance_ids.length === 0,
    );
    const far = all.find(({ agency_id }) => agency_id !== 'SMT');
    const refused = await act(expert, code, 'change-occupation', { occupationId: far?.id });
    expect(refused.body).toMatchObject({ code: 'permits.needs_new_application' });
    const same = await act(expert, code, 'change-occupation', { occupationId: 'tailoring' });
    expect(same.body).toMatchObject({ code: 'permits.change_missing' });
    const done = await act(expert, code, 'change-occupation', { occupationId: near?.id });
    expect(done.status).toBe(200);
    expect((await show(code)).occupation.id).toBe(near?.id);
    await act(director, code, 'take-back', { reason });
    expect((await show(code)).occupation.id).toBe('tailoring');
  });

  test('ends with its holder, and is revoked for a reason', async () => {
    const [dead, gone] = [await issue(), await issue()];
    expect((await act(officer, dead, 'end', { reason: 'فوت دارنده' })).status).toBe(200);
    expect((await show(dead)).permit).toMatchObject({ status: 'ended' });
    expect((await act(director, gone, 'revoke', { reason })).status).toBe(200);
    expect((await show(gone)).permit.versions.at(-1)).toMatchObject({ status: 'revoked' });
    await act(director, gone, 'take-back', { reason });
    expect((await show(gone)).permit).toMatchObject({ status: 'valid', revokedOn: null });
  });
});

describe('a renewal', () => {
  test('waits for its window and for two people, and keeps every day', async () => {
    const code = await issue();
    const early = await act(counter, code, 'ask-renewal');
    expect(early).toMatchObject({ status: 422, body: { code: 'permits.too_early_to_renew' } });
    await at('2024-06-01', async () => {
      expect((await act(counter, code, 'ask-renewal')).status).toBe(200);
      expect((await act(expert, code, 'sign-renewal')).status).toBe(200);
      expect((await act(officer, code, 'renew')).status).toBe(200);
      const it = await show(code);
      expect(it).toMatchObject({ state: 'issued', permit: { validUntil: '2026-06-21' } });
      expect((await act(director, code, 'take-back', { reason })).status).toBe(200);
      expect(await show(code)).toMatchObject({
        state: 'renewal_signed',
        permit: { validUntil: '2024-06-20', status: 'valid' },
      });
    });
  });

  test('is refused by the number of a condition, like any application', async () => {
    const code = await issue();
    await at('2024-06-01', async () => {
      await act(counter, code, 'ask-renewal');
      const bare = await act(expert, code, 'refuse-renewal', { reason });
      expect(bare.body).toMatchObject({ code: 'permits.condition_missing' });
      const body = { reason, conditionNumber: 1 };
      expect((await act(expert, code, 'refuse-renewal', body)).status).toBe(200);
      expect(await show(code)).toMatchObject({ state: 'issued', permit: { status: 'valid' } });
    });
  });
});

test('the clock tells each holder once, then ends the permit, and not twice', async () => {
  const code = await issue();
  const watch = () => watchValidity({ database: house.database, clock: house.clock }, sayers.fa);
  expect(await watch()).toEqual({ expired: 0, told: 0 });
  await at('2024-06-01', async () => {
    expect((await watch()).told).toBeGreaterThan(0);
    expect(await watch()).toEqual({ expired: 0, told: 0 });
  });
  await at('2024-07-01', async () => {
    expect((await watch()).expired).toBeGreaterThan(0);
    expect(await watch()).toEqual({ expired: 0, told: 0 });
    const it = await show(code);
    expect(it).toMatchObject({ state: 'expired', permit: { status: 'expired' } });
    expect(it.permit.versions.at(-1)).toMatchObject({ validFrom: '2024-06-21' });
    expect((await act(counter, code, 'ask-renewal')).status).toBe(200);
    await act(expert, code, 'sign-renewal');
    await act(director, code, 'renew');
    expect((await show(code)).permit).toMatchObject({ status: 'valid', validUntil: '2026-07-01' });
  });
});

test('later slices are told of a change, after the commit, by a job', async () => {
  const code = await issue();
  await act(officer, code, 'suspend', { reason });
  const { rows } = await house.database.pools.migrator.query(
    `select payload from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'permits.changed' and payload ->> 'code' = $1`,
    [code],
  );
  const change = { provinceId: 4, code, verb: 'permits.suspend', takenBack: false };
  expect(rows).toEqual([{ payload: change }]);
  const heard: PermitChange[] = [];
  const jobs = permitChangeJobs([async (one) => void heard.push(one)]);
  const around = { database: house.database, clock: house.clock, log: silentLog };
  await jobs['permits.changed']?.(change, around);
  expect(heard).toEqual([change]);
  expect(permitSubscribers.map(({ name }) => name)).toEqual(['tellBankOfPermit']);
  const handlers = jobHandlers({ sms: outboxSms, files: house.files, publicUrl });
  await handlers['permits.changed']?.(change, around);
});

const walks = [
  'suspend',
  'reinstate',
  'change-address',
  'ask-renewal',
  'sign-renewal',
  'renew',
  'refuse-renewal',
  'revoke',
  'end',
  'take-back',
] as const;
const actors = { 'change-address': 'counter', 'ask-renewal': 'counter', 'sign-renewal': 'expert' };
const statusOf: Readonly<Record<string, readonly string[]>> = {
  issued: ['valid'],
  renewal_asked: ['valid', 'expired'],
  renewal_signed: ['valid', 'expired'],
};

test('whatever happens to a permit, its versions are contiguous and the last one is its state', async () => {
  const runs = 25;
  const codes: string[] = [];
  while (codes.length < runs) codes.push(await issue());
  await at('2024-06-10', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...walks), { maxLength: 12 }), async (verbs) => {
        const code = codes.pop() ?? '';
        for (const verb of verbs) await walk(code, verb);
        await expectWhole(code);
      }),
      { numRuns: runs, endOnFailure: true },
    ),
  );
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
});

async function walk(code: string, verb: (typeof walks)[number]): Promise<void> {
  const callers: Readonly<Record<string, Caller>> = { counter, expert };
  const who = callers[actors[verb as keyof typeof actors] ?? ''] ?? director;
  const household = verb === 'change-address' ? { household: elsewhere } : {};
  const condition = verb === 'refuse-renewal' ? { conditionNumber: 1 } : {};
  const reply = await act(who, code, verb, { reason, ...household, ...condition });
  // A permit that was renewed a moment ago cannot be again.
  if (reply.body.code === 'permits.too_early_to_renew') return;
  expect([200, 403, 404, 409], `${verb}: ${JSON.stringify(reply.body)}`).toContain(reply.status);
}

async function expectWhole(code: string): Promise<void> {
  const key = decodeCode(code);
  const rows = await house.database.transaction(provinceContext(4), (tx) =>
    tx
      .selectFrom('permit_versions')
      .select(['version', 'status', 'permit_id'])
      .where('province_id', '=', 4)
      .where('case_id', '=', key?.id ?? '')
      .orderBy('version')
      .execute(),
  );
  expect(rows.map(({ version }) => version)).toEqual(rows.map((_, at) => at + 1));
  const it = await show(code);
  const allowed = it.permit === null ? ['void'] : (statusOf[it.state] ?? [it.state]);
  expect(allowed).toContain(rows.at(-1)?.status);
  expect(new Set(rows.map(({ permit_id }) => permit_id)).size).toBe(1);
}

test('a version is never edited', async () => {
  const edit = house.database.transaction(provinceContext(4), (tx) =>
    tx.updateTable('permit_versions').set({ status: 'valid' }).execute(),
  );
  await expect(edit).rejects.toThrow(/permission denied/);
});

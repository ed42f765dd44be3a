import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { referenceOf } from '../accounts/index.ts';
import { checkProvince } from '../figures/index.ts';
import { referPlans } from '../financing/index.ts';
import { decodeCode } from '../kit/code.ts';
import { generateNationalId } from '../kit/identifiers.ts';
import { provinceContext } from '../platform/policy.ts';

const mobile = '09143330000';
const address = 'کوچه پیامک، پلاک ۷';
const reason = 'دلیل آزمون';
let house: TestHouse;
let expert: Caller;
let officer: Caller;
let director: Caller;
let code: string;

beforeAll(async () => {
  house = await testHouse();
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const person = {
    ...{ nationalId: generateNationalId('274', 901), idKind: 'national', sex: 'female', mobile },
    ...{ firstName: 'سارا', lastName: 'پیام‌آور' },
  };
  const household = { countyId: '0401', area: 'urban', address };
  const application = { person, household, kind: 'independent', occupationId: 'tailoring' };
  code = (await expert.post('/api/permits', application)).body.code;
  await act(expert, 'sign');
  expect((await act(director, 'grant')).status).toBe(200);
});
afterAll(() => house.close());

const act = (who: Caller, verb: string, body: object = {}) =>
  who.post(`/api/permits/${code}/${verb}`, body);

/** Holds the case for an account, as its queue does while the case waits for somebody. */
async function claimFor(account_id: string): Promise<void> {
  const claimed_at = house.clock.now();
  const expires_at = new Date(claimed_at.getTime() + 600_000);
  const case_id = decodeCode(code)?.id ?? '';
  await house.database.migratorTransaction((tx) =>
    tx
      .insertInto('case_claims')
      .values({ province_id: 4, case_id, account_id, claimed_at, expires_at })
      .execute(),
  );
}

async function texts(): Promise<string[]> {
  const rows = await house.database.transaction(provinceContext(4), (tx) =>
    tx.selectFrom('sms_outbox').select('text').where('mobile', '=', mobile).orderBy('id').execute(),
  );
  return rows.map(({ text }) => text ?? '');
}

test('a colleague’s claim holds back steps of the permit’s life, too', async () => {
  await claimFor((await officer.get('/api/session')).body.account.id);
  const held = await act(director, 'suspend', { reason });
  expect(held).toMatchObject({ status: 409, body: { code: 'permits.claimed' } });
  expect((await act(officer, 'suspend', { reason })).status).toBe(200);
});

test('the holder hears of each of them', async () => {
  expect((await act(director, 'reinstate', { reason })).status).toBe(200);
  const household = { countyId: '0403', area: 'urban', address: 'خیابان تازه' };
  expect((await act(expert, 'change-address', { household })).status).toBe(200);
  const told = (await texts()).join(' ');
  for (const news of ['تعلیق شد', 'تعلیق مجوز شما', 'تغییر کرد']) expect(told).toContain(news);
});

test('the bank that a plan is referred to sees where the case is, and where it moves', async () => {
  const reference = await referenceOf(house.database);
  await house.database.transaction(provinceContext(4), async (tx) => {
    const now = house.clock.now();
    const today = '2022-06-22';
    const by = { provinceId: 4, actorId: null, organisationId: null, now, today };
    const caseId = decodeCode(code)?.id ?? '';
    const plan = { bankId: 'MELLAT', creditLineId: 'home-jobs', requestedRial: 400_000_000n };
    const input = { ...plan, caseId, people: 1, happenedOn: today };
    await referPlans(tx, { ...by, opId: randomUUID() }, reference, [input]);
  });
  const bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
  const seen = async () => (await bank.get(`/api/cases/${code}`)).body.household.address;
  expect(await seen()).toBe('خیابان تازه');
  const household = { countyId: '0401', area: 'urban', address: 'خیابان دوم' };
  expect((await act(expert, 'change-address', { household })).status).toBe(200);
  expect(await seen()).toBe('خیابان دوم');
});

test('the counter lists the cases it fills in for people', async () => {
  const counter = await house.signIn({ role: 'counter', organisationId: 'DIRECTORATE' });
  expect((await counter.get('/api/cases')).body.total).toBe(1);
  const abroad = await house.signIn({
    ...{ role: 'counter', organisationId: 'DIRECTORATE', provinceId: 21 },
  });
  expect((await abroad.get(`/api/cases/${code}`)).status).toBe(404);
  expect((await abroad.post(`/api/permits/${code}/correct`)).status).toBe(404);
});

test('a version that does not say what the state says is found', async () => {
  const differing = async () => {
    const { checks } = await checkProvince(house.database, 4);
    return checks.flatMap(({ name, differences }) => differences.map(() => name));
  };
  expect(await differing()).toEqual([]);
  await house.database.migratorTransaction((tx) =>
    tx
      .updateTable('permits')
      .set({ valid_until: '2030-01-01' })
      .where('province_id', '=', 4)
      .execute(),
  );
  expect(await differing()).toEqual(['permits.versions']);
});

test('a case that points to a permit that is none of its own is found', async () => {
  const elsewhere = '00000000-0000-7000-8000-000000000000';
  await house.database.migratorTransaction((tx) =>
    sql`update cases set permit_id = ${elsewhere} where permit_id is not null`.execute(tx),
  );
  const { checks } = await checkProvince(house.database, 4);
  const found = checks.filter(({ differences }) => differences.some((it) => it.kept === elsewhere));
  expect(found.map(({ name }) => name)).toEqual(['permits.links']);
});

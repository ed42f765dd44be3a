import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BankClient, openBankClient } from '../../../test/bank-client.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { type Referred, referCase } from '../../../test/referred-case.ts';
import { bankApiRoutes } from './routes.ts';

let house: TestHouse;
let mellat: BankClient;
let saderat: BankClient;
beforeAll(async () => {
  house = await testHouse();
  mellat = await openBankClient(house, { bankId: 'MELLAT' });
  saderat = await openBankClient(house, { bankId: 'SADERAT' });
});
afterAll(() => house.close());

const referrals = '/api/bank/v1/referrals';
const at = ({ referral }: Referred, act = '') => `${referrals}/${referral}${act}`;
const historyOf = ({ caseId }: Referred) =>
  house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('history')
      .select(['verb', 'actor_id', 'organisation_id', 'op_id', 'reason', 'facts'])
      .where('case_id', '=', caseId)
      .where('verb', 'like', 'financing.%')
      .orderBy('seq')
      .execute(),
  );

test('a plan from its referral to a repayment, each act in the client’s name', async () => {
  const it = await referCase(house);
  const listed = (await mellat.get(`${referrals}?state=referred`)).body.referrals;
  expect(listed.map(({ id }: { id: string }) => id)).toContain(it.referral);
  const [one] = listed.filter(({ id }: { id: string }) => id === it.referral);
  expect(one).toMatchObject({ fee_bp: 400, fee_shares_bp: { government: 0, support_body: 0 } });
  const opId = randomUUID();
  const opened = await mellat.post(at(it, '/open-file'), {}, opId);
  expect([opened.status, opened.body.referral?.state]).toEqual([200, 'file_opened']);
  const sum = { approved_rial: '300000000' };
  const over = await mellat.post(at(it, '/contract'), { approved_rial: '400000001' });
  expect(over.body.code).toBe('financing.over_request');
  expect((await mellat.post(at(it, '/contract'), sum)).body.referral.approved_rial).toBe(
    '300000000',
  );
  const first = { amount_rial: '100000000', reference: 'T-1', number: 1 };
  const paid = (await mellat.post(at(it, '/payments'), first)).body;
  expect(paid.referral).toMatchObject({ state: 'paying', paid_rial: '100000000' });
  expect(paid.payments).toMatchObject([{ number: 1, reference: 'T-1', on: '2022-06-22' }]);
  const back = { amount_rial: '5000000', reference: 'R-1' };
  expect((await mellat.post(at(it, '/repayments'), back)).body.repayments).toMatchObject([
    { amount_rial: '5000000', reference: 'R-1' },
  ]);
  const steps = await historyOf(it);
  expect(steps.map(({ verb }) => verb.split('.')[1])).toEqual([
    ...['refer', 'openFile', 'contract', 'pay', 'repay'],
  ]);
  const accounts = new Set(steps.slice(1).map(({ actor_id }) => actor_id));
  const [account] = await house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('accounts')
      .select(['id', 'username', 'organisation_id'])
      .where('username', '=', `client:${mellat.clientId}`)
      .execute(),
  );
  expect([...accounts]).toEqual([account?.id]);
  expect(steps[1]).toMatchObject({ op_id: opId, organisation_id: 'MELLAT' });
});

test('a plan is returned for a code of the setting, or refused with a reason', async () => {
  const it = await referCase(house);
  const wrong = await mellat.post(at(it, '/return'), { reason_code: 'because' });
  expect(wrong.body.code).toBe('financing.unknown_reason');
  const given = { reason_code: 'no_guarantee', reason: 'ضامن کارمند نیست' };
  expect((await mellat.post(at(it, '/return'), given)).body.referral.state).toBe('returned');
  const [, step] = await historyOf(it);
  expect(step).toMatchObject({ reason: given.reason, facts: { reason_code: 'no_guarantee' } });
  const again = await mellat.post(at(it, '/open-file'));
  expect(again.body.code).toBe('platform.wrong_state');
  const other = await referCase(house);
  expect((await mellat.post(at(other, '/refuse'))).status).toBe(400);
  const refused = await mellat.post(at(other, '/refuse'), { reason: 'سقف شعبه پر است' });
  expect(refused.body.referral.state).toBe('refused');
});

describe('an act with one key is done once', () => {
  test('sent twice at one instant, sent again later, and answered as the first time', async () => {
    const it = await referCase(house);
    const key = randomUUID();
    const body = { amount_rial: '100000000', reference: 'once-1' };
    const both = await Promise.all(
      [1, 2, 3].map(() => mellat.post(at(it, '/payments'), body, key)),
    );
    both.push(await mellat.post(at(it, '/payments'), body, key));
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(both.map(({ body: said }) => JSON.stringify(said))).size).toBe(1);
    expect((await historyOf(it)).filter(({ verb }) => verb === 'financing.pay')).toHaveLength(1);
  });

  test('a key used for something else, or by another client, is refused', async () => {
    const it = await referCase(house);
    const key = randomUUID();
    expect((await mellat.post(at(it, '/open-file'), {}, key)).status).toBe(200);
    const other = await mellat.post(at(it, '/contract'), { approved_rial: '1' }, key);
    expect(other.body.code).toBe('platform.operation_reused');
    const second = await openBankClient(house, { bankId: 'MELLAT' });
    const same = await second.post(at(it, '/open-file'), {}, key);
    expect(same.body.code).toBe('platform.operation_reused');
  });

  test('without a key nothing is done', async () => {
    const it = await referCase(house);
    for (const key of ['', 'not a key']) {
      const reply = await mellat.post(at(it, '/open-file'), {}, key);
      expect([reply.status, reply.body.code]).toEqual([400, 'platform.bad_request']);
      expect(reply.body.faults[0].pointer).toBe('/op_id');
    }
    expect(await historyOf(it)).toHaveLength(1);
  });

  test('the reference of a payment is taken once, whatever the key', async () => {
    const it = await referCase(house);
    const body = { amount_rial: '100000000', reference: 'once-2' };
    expect((await mellat.post(at(it, '/payments'), body)).status).toBe(200);
    const again = await mellat.post(at(it, '/payments'), body);
    expect(again.body.code).toBe('financing.reference_taken');
  });
});

test('the list goes on from its cursor, and shows again what changed', async () => {
  const fresh = await testHouse();
  try {
    const bank = await openBankClient(fresh, { bankId: 'MELLAT' });
    for (let i = 0; i < 5; i += 1) await referCase(fresh);
    const seen: string[] = [];
    let page = (await bank.get(`${referrals}?limit=2`)).body;
    for (;;) {
      seen.push(...page.referrals.map(({ id }: { id: string }) => id));
      if (!page.more) break;
      page = (await bank.get(`${referrals}?limit=2&cursor=${page.cursor}`)).body;
    }
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
    // An hour later only what changed comes.
    fresh.clock.moveTo(new Date(fresh.clock.now().getTime() + 3_600_000));
    const later = await openBankClient(fresh, { bankId: 'MELLAT' });
    const { cursor } = (await later.get(`${referrals}?limit=200`)).body;
    await later.post(`${referrals}/${seen[3]}/open-file`);
    const news = (await later.get(`${referrals}?cursor=${cursor}`)).body.referrals;
    expect(news.map(({ id }: { id: string }) => id)).toEqual([seen[3]]);
    const since = new Date(fresh.clock.now().getTime() - 60_000).toISOString();
    const changed = (await later.get(`${referrals}?changed_since=${since}`)).body.referrals;
    expect(changed).toHaveLength(1);
    const wrong = await later.get(`${referrals}?cursor=here`);
    expect(wrong.body.code).toBe('banks.wrong_cursor');
  } finally {
    await fresh.close();
  }
});

test('another bank sees and does nothing, on any route', async () => {
  const it = await referCase(house);
  const name = 'وام‌خواه';
  const bodies: Readonly<Record<string, object>> = {
    'banks.contract': { approved_rial: '1' },
    'banks.returnPlan': { reason_code: 'other' },
    'banks.refusePlan': { reason: 'x' },
    'banks.pay': { amount_rial: '1', reference: 'x' },
    'banks.repay': { amount_rial: '1', reference: 'x' },
  };
  const aboutOne = bankApiRoutes.filter(({ url }) => url.includes(':code'));
  expect(aboutOne.length).toBeGreaterThan(6);
  const elsewhere = await openBankClient(house, { bankId: 'MELLAT', provinceId: 7 });
  for (const { id, method, url } of aboutOne) {
    const address = url.replace(':code', it.referral);
    for (const stranger of [saderat, elsewhere]) {
      const reply =
        method === 'GET' ? await stranger.get(address) : await stranger.post(address, bodies[id]);
      expect([id, reply.status, reply.body.code]).toEqual([id, 404, 'platform.not_found']);
    }
  }
  for (const stranger of [saderat, elsewhere]) {
    expect(JSON.stringify((await stranger.get(referrals)).body)).not.toContain(name);
  }
  expect(await historyOf(it)).toHaveLength(1);
});

test('a plan that went on to another bank stays known to the first, and is the second’s to act on', async () => {
  const it = await referCase(house);
  await mellat.post(at(it, '/return'), { reason_code: 'other_branch' });
  const officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const declared = { likeLoanFrom: [], insured: false, publicEmployee: false };
  const plan = { code: it.code, bank: 'SADERAT', requestedRial: '100000000', people: 1, declared };
  const body = { preview: false, creditLine: 'home-jobs', plans: [plan] };
  const done = await officer.post('/api/plans/refer', body);
  expect([done.status, done.body.done]).toEqual([200, true]);
  expect((await mellat.get(at(it))).body.referral).toMatchObject({
    ...{ state: 'returned', occupation: null },
  });
  const late = await mellat.post(at(it, '/refuse'), { reason: 'x' });
  expect([late.status, late.body.code]).toEqual([409, 'banks.not_newest']);
  const theirs = (await saderat.get(`${referrals}?state=referred`)).body.referrals;
  expect(theirs).toMatchObject([{ requested_rial: '100000000' }]);
});

test('a client does what its scopes say', async () => {
  const it = await referCase(house);
  const reader = await openBankClient(house, { bankId: 'MELLAT', scopes: ['referrals.read'] });
  expect((await reader.get(at(it))).status).toBe(200);
  const refused = await reader.post(at(it, '/open-file'));
  expect([refused.status, refused.body.code]).toEqual([403, 'platform.insufficient_scope']);
});

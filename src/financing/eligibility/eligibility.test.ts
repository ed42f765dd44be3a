import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { officeAt, permitRow } from '../../../test/register-office.ts';
import { checkProvince } from '../../figures/index.ts';
import { type EligibilityFacts, type Exclusions, unmetExclusions } from './rules.ts';

const rules: Exclusions = {
  barredOccupations: ['tailoring'],
  likeLoanBodies: ['IMDAD'],
  insuredBarred: true,
  publicBarred: true,
  secondLoanWaitMonths: 36,
};
const facts: EligibilityFacts = {
  occupationId: 'kilim-weaving',
  bankId: 'MELLAT',
  day: '2022-06-22',
  declared: { likeLoanFrom: [], insured: false, publicEmployee: false },
  openLoan: false,
  earlier: null,
  barredUntil: null,
  bankIsAgent: true,
};
const codesOf = (more: Partial<EligibilityFacts>) =>
  unmetExclusions(rules, { ...facts, ...more }).map(({ code }) => code.replace('financing.', ''));

describe('exclusions', () => {
  test('are none for whoever meets them', () => {
    expect(codesOf({})).toEqual([]);
  });

  test('are all told at once', () => {
    const declared = { likeLoanFrom: ['IMDAD'], insured: true, publicEmployee: true };
    const earlier = { paidOn: '2020-01-01', bankId: 'SADERAT' };
    const worst = { occupationId: 'tailoring', bankIsAgent: false, openLoan: true };
    expect(codesOf({ ...worst, declared, earlier })).toEqual([
      ...['not_agent_bank', 'barred_occupation', 'loan_elsewhere', 'second_loan_soon'],
      ...['second_loan_bank', 'like_loan', 'insured', 'public_employee'],
    ]);
  });

  test('need a declaration where a rule asks for one', () => {
    expect(codesOf({ declared: null })).toEqual(['declaration_missing']);
    const free = { ...rules, insuredBarred: false, publicBarred: false, likeLoanBodies: [] };
    expect(unmetExclusions(free, { ...facts, declared: null })).toEqual([]);
  });

  test('let a second loan of the same bank pass on the day it is three years', () => {
    const earlier = { paidOn: '2019-06-22', bankId: 'MELLAT' };
    expect(codesOf({ earlier })).toEqual([]);
    expect(codesOf({ barredUntil: '2022-06-22' })).toEqual(['barred_person']);
    expect(codesOf({ barredUntil: '2022-06-21' })).toEqual([]);
    expect(codesOf({ earlier, day: '2022-06-21' })).toEqual(['second_loan_soon']);
  });
});

describe('an officer', () => {
  let house: TestHouse;
  let officer: Caller;
  let codes: string[];
  const declared = { likeLoanFrom: [], insured: false, publicEmployee: false };

  beforeAll(async () => {
    house = await testHouse();
    officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
    const office = await officeAt(house.database);
    const rows = Array.from({ length: 42 }, (_, n) => permitRow(n + 1));
    await office.bring('permits', rows);
    const list = (await officer.get('/api/cases?referable=true&limit=100')).body;
    codes = list.items.map(({ code }: { code: string }) => code);
  }, 60_000);
  afterAll(() => house.close());

  const refer = (chosen: readonly string[], more: object = {}, preview = false) =>
    officer.post('/api/plans/refer', {
      ...{ preview, creditLine: 'home-jobs', letter: '40/1' },
      plans: chosen.map((code) => ({
        ...{ code, bank: 'MELLAT', requestedRial: '400000000', people: 1, declared, ...more },
      })),
    });

  test('sees every unmet condition of each case before anything is done', async () => {
    const [code = ''] = codes;
    const wrong = { requestedRial: '500000001', bank: 'SEPAH', declared: undefined };
    const { body } = await refer([code], wrong, true);
    expect(body).toMatchObject({ done: false, passing: 0 });
    const unmet = body.items[0].unmet.map((one: { code: string }) => one.code);
    expect(unmet).toEqual([
      ...['financing.over_cap', 'financing.not_agent_bank', 'financing.declaration_missing'],
    ]);
    expect(body.items[0].unmet[0].title).toMatch(/سقف/);
    expect((await officer.get(`/api/cases/${code}`)).body.planState).toBeNull();
  });

  test('refers forty in one act, and what was looked at is frozen on each', async () => {
    const forty = codes.slice(0, 40);
    expect((await refer(forty, {}, true)).body).toMatchObject({ passing: 40 });
    expect((await refer(forty)).body).toMatchObject({ done: true, passing: 40 });
    const again = await refer(codes.slice(38, 42));
    expect(again).toMatchObject({ status: 409, body: { code: 'financing.refer_blocked' } });
    const left = (await officer.get('/api/cases?referable=true')).body;
    expect(left.total).toBe(codes.length - 40);
    const frozen = await house.database.migratorTransaction((tx) =>
      tx.selectFrom('history').select('facts').where('verb', '=', 'financing.refer').execute(),
    );
    expect(frozen).toHaveLength(40);
    expect(frozen[0]?.facts).toMatchObject({
      eligibility: { rules: { publicBarred: true }, facts: { declared, bankIsAgent: true } },
    });
    expect((await checkProvince(house.database, 4)).differences).toBe(0);
  });

  test('only of the directorate', async () => {
    const expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
    const plans = [{ code: codes[0], bank: 'MELLAT', requestedRial: '1', people: 1 }];
    const body = { preview: true, creditLine: 'home-jobs', plans };
    expect((await expert.post('/api/plans/refer', body)).status).toBe(403);
    expect((await house.nobody.post('/api/plans/refer', body)).status).toBe(401);
  });

  test('is told of an open loan of the person in the country', async () => {
    const code = codes[41] ?? '';
    const id = (await officer.get(`/api/cases/${code}`)).body.person.nationalId;
    await house.database.migratorTransaction((tx) =>
      tx
        .insertInto('open_loans')
        .values({
          national_id: id,
          province_id: 7,
          plan_id: crypto.randomUUID(),
          opened_on: '2021-03-21',
        })
        .execute(),
    );
    const { body } = await refer([code], {}, true);
    expect(body.items[0].unmet.map((one: { code: string }) => one.code)).toEqual([
      'financing.loan_elsewhere',
    ]);
  });
});

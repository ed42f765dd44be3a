import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import {
  type Office,
  officeAt,
  payment,
  permitRow,
  personId,
  referral,
  row,
} from '../../../test/register-office.ts';
import { sayers } from '../../app.ts';
import { checkProvince } from '../checks.ts';
import { faultText } from './fault-text.ts';
import type { JudgedRow } from './verdict.ts';

let database: TestDatabase;
let office: Office;

async function open(): Promise<void> {
  database = await testDatabase();
  office = await officeAt(database);
}

/** `verdict: code field, code field` of each row, in the sheet's order. */
function told(rows: readonly JudgedRow[]): string[] {
  return rows.map(({ verdict, faults }) =>
    [verdict, ...faults.map(({ code, field }) => `${code} ${field}`)].join(' | '),
  );
}

function said(rows: readonly JudgedRow[], locale: 'fa' | 'en' = 'fa'): string[] {
  const speaker = { reference: office.reference, locale, say: sayers[locale] };
  return rows.flatMap(({ faults }) => faults.map((fault) => faultText(speaker, fault)));
}

async function count(table: string): Promise<number> {
  const { rows } = await database.pools.migrator.query(`select count(*) as n from ${table}`);
  return Number(rows[0].n);
}

const job = (n: number, worker: number, cells: Parameters<typeof row<'jobs'>>[1] = {}) =>
  row('jobs', {
    'شماره مجوز صاحب طرح': `WA-${n}`,
    'کد ملی مجری طرح': personId(n),
    'کد ملی شاغل': personId(worker),
    'نام و نام خانوادگی شاغل': 'مریم احمدی',
    جنسیت: 'زن',
    'نسبت با مجری': 'عضو خانوار',
    'تاریخ شروع به کار': '1400/06/01',
    ...cells,
  });

describe('a row against the record', () => {
  beforeAll(async () => {
    await open();
    await office.bring('permits', [permitRow(1), permitRow(2), permitRow(3)]);
    await office.bring('referrals', [referral(1), referral(2)]);
    await office.bring('payments', [payment(1, 1)]);
    await office.bring('jobs', [job(1, 101)]);
  });
  afterAll(() => database.close());

  test('that says the same in other spellings changes nothing', async () => {
    const again = permitRow(1, {
      'شماره مجوز': 'wa-1',
      نام: 'زهرا ',
      جنسیت: 'خانم',
      'دستگاه اجرایی': 'اداره کل صنعت، معدن و تجارت',
      'تاریخ صدور مجوز': '۱۴۰۰-۲-۱',
    });
    const { rows } = await office.bring('permits', [again]);
    expect(told(rows)).toEqual(['unchanged']);
  });

  test.for([
    [{ 'کد ملی': personId(9) }, 'national_id'],
    [{ 'نام خانوادگی': 'رضایی' }, 'full_name'],
    [{ جنسیت: 'مرد' }, 'sex'],
    [{ شهرستان: 'خوی' }, 'county'],
    [{ 'شهری/روستایی': 'روستایی' }, 'area'],
    [{ 'رشته شغلی': 'قالی‌بافی' }, 'occupation'],
    [{ 'دستگاه اجرایی': 'جهاد کشاورزی' }, 'agency'],
    [{ 'نوع مجوز': 'پشتیبان' }, 'kind'],
    [{ 'تاریخ صدور مجوز': '1400/02/02' }, 'issued_on'],
    [{ 'شماره مجوز': 'WA-77' }, 'permit_number'],
  ] as const)('of permits that differs in %j is refused', async ([cells, field]) => {
    const { rows, counts } = await office.bring('permits', [permitRow(1, cells)]);
    expect(told(rows)).toEqual([`rejected | differs ${field}`]);
    expect(counts).toMatchObject({ read: 1, rejected: 1, doubtful: 0 });
  });

  test('shows both sides, in words, with the column and what is written there', async () => {
    const cells = { شهرستان: 'خوی', 'تاریخ صدور مجوز': '1400/02/02' };
    const { rows } = await office.bring('permits', [permitRow(1, cells)]);
    expect(said(rows)).toEqual([
      'ستون «شهرستان»، نوشته «خوی»: ثبت‌شده: «ارومیه»، نوشته‌شده: «خوی».',
      'ستون «تاریخ صدور مجوز»، نوشته «1400/02/02»: ثبت‌شده: «۱۴۰۰/۰۲/۰۱»، نوشته‌شده: «۱۴۰۰/۰۲/۰۲».',
    ]);
    expect(said(rows, 'en')[0]).toBe(
      'Column "شهرستان", "خوی": the record says "Urmia", the row "Khoy".',
    );
  });

  test.for([
    [referral(1, { 'بانک عامل': 'صادرات' }), 'differs bank'],
    [referral(1, { 'مبلغ تسهیلات (میلیون تومان)': 41 }), 'differs requested_amount'],
    [referral(1, { 'تاریخ معرفی به بانک': '1400/03/02' }), 'differs referred_on'],
    [referral(3, { 'مبلغ تسهیلات (میلیون تومان)': 51 }), 'financing.over_cap requested_amount'],
    [referral(3, { 'تاریخ معرفی به بانک': '1400/01/02' }), 'financing.before_permit referred_on'],
    [referral(8), 'no_case permit_number'],
    [referral(3, { 'کد ملی': personId(1) }), 'doubtful_match null'],
  ] as const)('of referrals: %j is refused for %s', async ([cells, fault]) => {
    const { rows } = await office.bring('referrals', [cells], { dryRun: true });
    expect(told(rows)).toEqual([`rejected | ${fault}`]);
  });

  test('over the cap of its day is told the cap', async () => {
    const cells = referral(3, { 'مبلغ تسهیلات (میلیون تومان)': 51 });
    const { rows } = await office.bring('referrals', [cells]);
    expect(said(rows).join()).toContain('۵۰۰٬۰۰۰٬۰۰۰');
  });

  test.for([
    [payment(1, 1, { 'مبلغ پرداختی (میلیون تومان)': 9 }), 'differs amount'],
    [payment(1, 1, { 'تاریخ پرداخت': '1400/04/02' }), 'differs paid_on'],
    [payment(1, 1, { 'شماره سند': 'S-9' }), 'differs bank_reference'],
    [payment(1, 3, { 'شماره سند': 'S-9' }), 'financing.wrong_tranche tranche'],
    [payment(1, 2, { 'مبلغ پرداختی (میلیون تومان)': 31 }), 'financing.over_plan amount'],
    [payment(1, 2, { 'بانک عامل': 'صادرات' }), 'financing.wrong_bank bank'],
    [payment(1, 2, { 'تاریخ پرداخت': '1400/03/20' }), 'financing.before_last_step paid_on'],
    [payment(2, 1, { 'شماره سند': 'S-1-1' }), 'financing.reference_taken bank_reference'],
    [payment(3, 1), 'financing.no_plan permit_number'],
  ] as const)('of payments: %j is refused for %s', async ([cells, fault]) => {
    const { rows } = await office.bring('payments', [cells]);
    expect(told(rows)).toEqual([`rejected | ${fault}`]);
  });

  test('pays nobody who has an open loan anywhere in the country', async () => {
    const other = ['99999999-0000-7000-8000-000000000000', personId(2)];
    const owner = database.pools.migrator;
    await owner.query('insert into open_loans values ($2, 21, $1, current_date)', other);
    const { rows } = await office.bring('payments', [payment(2, 1)]);
    expect(told(rows)).toEqual(['rejected | financing.loan_elsewhere national_id']);
    await owner.query('delete from open_loans where plan_id = $1', [other[0]]);
  });

  test.for([
    [job(1, 101, { 'نسبت با مجری': 'تحت پوشش' }), 'differs relation'],
    [job(1, 101, { 'تاریخ شروع به کار': '1400/06/02' }), 'differs started_on'],
    [job(1, 101, { 'نام و نام خانوادگی شاغل': 'مریم اکبری' }), 'differs worker_full_name'],
    [job(1, 102, { 'نسبت با مجری': 'مجری طرح' }), 'employment.wrong_relation relation'],
    [job(1, 103, { جنسیت: null }), 'sex_missing worker_sex'],
    [job(2, 104), 'employment.not_funded permit_number'],
    [job(3, 104), 'financing.no_plan permit_number'],
  ] as const)('of jobs: %j is refused for %s', async ([cells, fault]) => {
    const { rows } = await office.bring('jobs', [cells], { dryRun: true });
    expect(told(rows)).toEqual([`rejected | ${fault}`]);
  });

  test('counts nobody twice, in whichever plan', async () => {
    await office.bring('payments', [payment(2, 1)]);
    const { rows } = await office.bring('jobs', [job(2, 101)]);
    expect(told(rows)).toEqual(['rejected | employment.already_at_work worker_national_id']);
  });
});

describe('a file', () => {
  beforeEach(open);

  test('that is tried out leaves nothing', async () => {
    const { counts } = await office.bring('permits', [permitRow(1), permitRow(2)], {
      dryRun: true,
    });
    expect(counts).toMatchObject({ read: 2, accepted: 2 });
    for (const table of ['cases', 'people', 'history', 'measure_deltas', 'imports']) {
      expect(await count(table), table).toBe(0);
    }
    await database.close();
  });

  test('with a row twice takes it once, and refuses what contradicts it', async () => {
    const rows = [permitRow(1), permitRow(1), permitRow(1, { شهرستان: 'خوی' })];
    const first = await office.bring('permits', rows);
    expect(told(first.rows)).toEqual(['accepted', 'unchanged', 'rejected | differs county']);
    const second = await office.bring('permits', rows);
    expect(told(second.rows)).toEqual(['unchanged', 'unchanged', 'rejected | differs county']);
    expect(await count('cases')).toBe(1);
    await database.close();
  });

  test('of payments in any order gives what their dates give', async () => {
    await office.bring('permits', [permitRow(1), permitRow(2)]);
    await office.bring('referrals', [referral(1), referral(2)]);
    const rows = [payment(1, 3), payment(2, 2), payment(1, 1), payment(2, 1), payment(1, 2)];
    const { rows: judged } = await office.bring('payments', rows);
    expect(told(judged)).toEqual(Array(5).fill('accepted'));
    const { rows: again } = await office.bring('payments', rows.toReversed());
    expect(told(again)).toEqual(Array(5).fill('unchanged'));
    await database.close();
  });

  test('of a supporter names the covered people who are at work', async () => {
    const supporter = permitRow(1, { 'نوع مجوز': 'پشتیبان' });
    await office.bring('permits', [supporter, permitRow(2, { 'نوع مجوز': 'تحت پوشش' })]);
    const cells = { 'مبلغ تسهیلات (میلیون تومان)': 250, 'تعداد اشتغال پیش‌بینی شده': 5 };
    const unsaid = await office.bring('referrals', [
      referral(1, { ...cells, 'تعداد اشتغال پیش‌بینی شده': null }),
    ]);
    expect(told(unsaid.rows)).toEqual(['rejected | people_missing people']);
    await office.bring('referrals', [referral(1, cells)]);
    await office.bring('payments', [payment(1, 1)]);
    const covered = { 'نسبت با مجری': 'تحت پوشش', 'نام و نام خانوادگی شاغل': 'زهرا محمدی پ' };
    const { rows } = await office.bring('jobs', [job(1, 2, covered), job(1, 50)]);
    expect(told(rows)).toEqual(['accepted', 'accepted']);
    expect(await count('memberships')).toBe(1);
    await database.close();
  });

  test('that leaves things unsaid gets warnings, not guesses in silence', async () => {
    const { rows } = await office.bring('permits', [permitRow(1, { 'شهری/روستایی': null })]);
    expect(rows[0]?.warnings.map(({ code }) => code)).toEqual(['area_assumed']);
    const unsaid = { 'تعداد اشتغال پیش‌بینی شده': null };
    const { rows: referred } = await office.bring('referrals', [referral(1, unsaid)]);
    expect(referred[0]?.warnings.map(({ code }) => code)).toEqual(['people_assumed']);
    await office.bring('payments', [payment(1, 1, { 'شماره سند': null })]);
    const { rows: worked } = await office.bring('jobs', [job(1, 60)]);
    expect(worked[0]?.warnings.map(({ code }) => code)).toEqual(['name_split']);
    const report = await checkProvince(database, 4);
    expect(report.differences).toBe(0);
    await database.close();
  });
});

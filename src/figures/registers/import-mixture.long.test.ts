import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import {
  type Office,
  officeAt,
  payment,
  permitRow,
  referral,
} from '../../../test/register-office.ts';
import type { WrittenCell } from '../../platform/spreadsheet/index.ts';
import { checkProvince } from '../checks.ts';
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

describe('any mixture of rows', () => {
  beforeEach(open);

  const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);
  const permit = fc
    .record({
      n: fc.integer({ min: 1, max: 12 }),
      number: fc.integer({ min: 1, max: 12 }),
      cells: pick<Parameters<typeof permitRow>[1]>(
        ...[
          {},
          {},
          {},
          {},
          { شهرستان: 'خوی' },
          { شهرستان: 'ناکجاآباد' },
          { 'کد ملی': '1234567890' },
        ],
        ...[{ 'رشته شغلی': 'قالی‌بافی' }, { جنسیت: 'مرد' }, { 'تاریخ صدور مجوز': '1400/13/01' }],
      ),
    })
    .map(({ n, number, cells }) => permitRow(n, { 'شماره مجوز': `WA-${number}`, ...cells }));
  const paid = fc
    .record({
      n: fc.integer({ min: 1, max: 4 }),
      tranche: fc.integer({ min: 1, max: 4 }),
      cells: pick<Parameters<typeof payment>[2]>(
        ...[{}, {}, {}, { 'مبلغ پرداختی (میلیون تومان)': 25 }, { 'شماره سند': null }],
        ...[{ 'بانک عامل': 'صادرات' }, { 'تاریخ پرداخت': '1400/05/01' }, { 'شماره مجوز': null }],
      ),
    })
    .map(({ n, tranche, cells }) => payment(n, tranche, cells));

  test('adds up, and the second time changes nothing and refuses the same', async () => {
    const mixture = fc.array(permit, { minLength: 1, maxLength: 30 });
    const payments = fc.array(paid, { minLength: 1, maxLength: 20 });
    // A row sees the rows before it, in its own batch or in one that is being written.
    const batches = fc.integer({ min: 1, max: 4 });
    const whole = [1, 2, 3, 4].map((n) => permitRow(n));
    await office.bring('permits', whole);
    await office.bring(
      'referrals',
      [1, 2, 3, 4].map((n) => referral(n)),
    );
    await fc.assert(
      fc.asyncProperty(mixture, payments, batches, async (first, second, batchRows) => {
        for (const [kind, rows] of [
          ['permits', first],
          ['payments', second],
        ] as const) {
          await settles(kind, rows, batchRows);
        }
      }),
      { numRuns: 6, seed: 1400, endOnFailure: true },
    );
    expect((await checkProvince(database, 4)).differences).toBe(0);
    await database.close();
  }, 300_000);

  async function settles(
    kind: 'permits' | 'payments',
    rows: readonly WrittenCell[][],
    batchRows: number,
  ) {
    const tried = await office.bring(kind, rows, { dryRun: true });
    const once = await office.bring(kind, rows, { batchRows });
    expect(told(once.rows), 'a dry run says what the real one does').toEqual(told(tried.rows));
    const { read, accepted, unchanged, rejected } = once.counts;
    expect(read).toBe(rows.length);
    expect(read).toBe(accepted + unchanged + rejected);
    const twice = await office.bring(kind, rows);
    const still = { read, accepted: 0, unchanged: accepted + unchanged, rejected };
    expect(twice.counts).toMatchObject(still);
    expect(twice.rows.map(({ verdict }) => verdict === 'rejected')).toEqual(
      once.rows.map(({ verdict }) => verdict === 'rejected'),
    );
  }
});

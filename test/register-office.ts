import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Reference, referenceOf } from '../src/accounts/index.ts';
import {
  type ImportResult,
  importFile,
  type JudgedRow,
  type RegisterKind,
} from '../src/figures/index.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import { type WrittenCell, writeCsv, writeWorkbook } from '../src/platform/spreadsheet/index.ts';
import type { TestDatabase } from './database.ts';

/** A sheet with one row of headers, as the bytes of a .csv. */
async function csvOf(
  header: readonly string[],
  rows: readonly (readonly WrittenCell[])[],
): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), writeCsv(out, header, rows)]);
  return bytes;
}

/** The same as a workbook, as most offices keep it. */
export async function workbookOf(
  header: readonly string[],
  rows: readonly (readonly WrittenCell[])[],
): Promise<Buffer> {
  const out = new PassThrough();
  const sheet = { name: 'برگه', rightToLeft: true, header, rows };
  const [bytes] = await Promise.all([buffer(out), writeWorkbook(out, [sheet])]);
  return bytes;
}

/** Headers of each register, as its office writes them. */
export const headers = {
  permits: [
    ...['شماره مجوز', 'کد ملی', 'نام', 'نام خانوادگی', 'جنسیت', 'شهرستان', 'شهری/روستایی'],
    ...['رشته شغلی', 'دستگاه اجرایی', 'نوع مجوز', 'تاریخ صدور مجوز'],
  ],
  referrals: [
    ...['شماره مجوز', 'کد ملی', 'نام و نام خانوادگی', 'رشته شغلی', 'بانک عامل'],
    ...['مبلغ تسهیلات (میلیون تومان)', 'تعداد اشتغال پیش‌بینی شده', 'تاریخ معرفی به بانک'],
  ],
  payments: [
    ...['شماره مجوز', 'کد ملی', 'رشته شغلی', 'بانک عامل', 'مرحله پرداخت'],
    ...['مبلغ پرداختی (میلیون تومان)', 'تاریخ پرداخت', 'شماره سند'],
  ],
  jobs: [
    ...['شماره مجوز صاحب طرح', 'کد ملی مجری طرح', 'کد ملی شاغل', 'نام و نام خانوادگی شاغل'],
    ...['جنسیت', 'نسبت با مجری', 'تاریخ شروع به کار'],
  ],
} as const satisfies Record<RegisterKind, readonly string[]>;

/** A row of a register by its headers; what is not said is empty. */
export function row<K extends RegisterKind>(
  kind: K,
  cells: Readonly<Partial<Record<(typeof headers)[K][number], WrittenCell>>>,
): WrittenCell[] {
  const said: Readonly<Record<string, WrittenCell | undefined>> = cells;
  return headers[kind].map((header) => said[header] ?? null);
}

/** The n-th person of a test. */
export const personId = (n: number): string => generateNationalId('275', n);

/** The permit of the n-th person, with some cells otherwise. */
export function permitRow(
  n: number,
  cells: Parameters<typeof row<'permits'>>[1] = {},
): WrittenCell[] {
  return row('permits', {
    'شماره مجوز': `WA-${n}`,
    'کد ملی': personId(n),
    نام: 'زهرا',
    'نام خانوادگی': `محمدی ${['الف', 'ب', 'پ', 'ت', 'ث', 'ج', 'چ'][n % 7]}`,
    جنسیت: 'زن',
    شهرستان: 'ارومیه',
    'شهری/روستایی': 'شهری',
    'رشته شغلی': 'خیاطی',
    'دستگاه اجرایی': 'صمت',
    'نوع مجوز': 'مستقل',
    'تاریخ صدور مجوز': '1400/02/01',
    ...cells,
  });
}

/** An office that brings its registers in, and what became of their rows. */
export type Office = {
  readonly reference: Reference;
  bring(
    kind: RegisterKind,
    rows: readonly (readonly WrittenCell[])[],
    options?: { dryRun?: boolean; batchRows?: number },
  ): Promise<ImportResult & { readonly rows: readonly JudgedRow[] }>;
};

/** An office at a database; 1401/04/01 is its today. */
export async function officeAt(database: TestDatabase): Promise<Office> {
  const reference = await referenceOf(database);
  return {
    reference,
    async bring(kind, rows, { dryRun = false, batchRows } = {}) {
      const now = new Date('2022-06-22T08:00:00Z');
      const parties = { provinceId: 4, actorId: null, organisationId: null };
      const act = { ...parties, now, today: '2022-06-22', opId: uuid7(now.getTime()) };
      const source = { bytes: await csvOf(headers[kind], rows) };
      const judged: JudgedRow[] = [];
      const listener = {
        async batch(_tx: unknown, batch: { rows: readonly JudgedRow[] }) {
          judged.push(...batch.rows);
        },
      };
      const options = { reference, act, dryRun, batchRows, listener };
      const result = await importFile(database, { kind, source }, options);
      return { ...result, rows: judged.toSorted((a, b) => a.rowNumber - b.rowNumber) };
    },
  };
}

/** The referral of the n-th person's plan, with some cells otherwise. */
export const referral = (n: number, cells: Parameters<typeof row<'referrals'>>[1] = {}) =>
  row('referrals', {
    'شماره مجوز': `WA-${n}`,
    'کد ملی': personId(n),
    'رشته شغلی': 'خیاطی',
    'بانک عامل': 'ملت',
    'مبلغ تسهیلات (میلیون تومان)': 40,
    'تعداد اشتغال پیش‌بینی شده': 1,
    'تاریخ معرفی به بانک': '1400/03/01',
    ...cells,
  });

/** A payment of that plan, by its number. */
export const payment = (
  n: number,
  tranche: number,
  cells: Parameters<typeof row<'payments'>>[1] = {},
) =>
  row('payments', {
    'شماره مجوز': `WA-${n}`,
    'کد ملی': personId(n),
    'رشته شغلی': 'خیاطی',
    'بانک عامل': 'ملت',
    'مرحله پرداخت': tranche,
    'مبلغ پرداختی (میلیون تومان)': 10,
    'تاریخ پرداخت': `1400/0${3 + tranche}/01`,
    'شماره سند': `S-${n}-${tranche}`,
    ...cells,
  });

import type { RegisterKind } from '../src/figures/registers/fields.ts';
import type { Layout } from '../src/figures/registers/layout.ts';
import { buildLookup, type Lookup } from '../src/figures/registers/lookup.ts';
import { type ReadRegisterOptions, readRegister } from '../src/figures/registers/read.ts';
import type { IgnoredRow, RegisterRow } from '../src/figures/registers/rows.ts';
import { isoDate } from '../src/kit/jalali.ts';
import type { CellValue, SheetBatch, SheetRow } from '../src/platform/spreadsheet/index.ts';

/** A few counties, agencies, banks and occupations, enough for every case of spelling. */
export const sampleLookup: Lookup = buildLookup([
  { kind: 'county', id: 401, names: ['ارومیه', 'Urmia'] },
  { kind: 'county', id: 411, names: ['شاهین‌دژ', 'Shahin Dezh'] },
  { kind: 'agency', id: 'SMT', names: ['صنعت، معدن و تجارت', 'صمت', 'Industry, Mine and Trade'] },
  { kind: 'agency', id: 'AGRI', names: ['جهاد کشاورزی', 'جهاد'] },
  { kind: 'agency', id: 'CULTURE', names: ['فرهنگ و ارشاد اسلامی', 'ارشاد'] },
  { kind: 'agency', id: 'HERITAGE', names: ['میراث فرهنگی، گردشگری و صنایع دستی', 'میراث فرهنگی'] },
  { kind: 'agency', id: 'IMDAD', names: ['کمیته امداد امام خمینی', 'امداد'] },
  { kind: 'bank', id: 'MELLI', names: ['بانک ملی ایران', 'Bank Melli'] },
  { kind: 'bank', id: 'MEHR', names: ['قرض‌الحسنه مهر ایران', 'مهر ایران'] },
  { kind: 'bank', id: 'REFAH', names: ['رفاه کارگران'] },
  { kind: 'bank', id: 'TOSEE_TAAVON', names: ['توسعه تعاون'] },
  { kind: 'occupation', id: 'tailoring', names: ['خیاطی', 'Tailoring'] },
  { kind: 'occupation', id: 'carpet-weaving', names: ['قالی‌بافی', 'فرش‌بافی'] },
  { kind: 'occupation', id: 'kilim', names: ['گلیم‌بافی'] },
  { kind: 'occupation', id: 'sewing-a', names: ['سوزن‌دوزی'] },
  { kind: 'occupation', id: 'sewing-b', names: ['سوزن دوزی'] },
]);

/** Reading choices for tests: a day after every date in them. */
export const sampleOptions = {
  lookup: sampleLookup,
  today: isoDate('2022-06-21'),
  provinceId: 4,
} as const;

/** Rows as the spreadsheet door gives them: row numbers from 1, blank rows left out. */
export function sheetRows(table: readonly (readonly CellValue[])[]): SheetRow[] {
  return table.flatMap((cells, index) =>
    cells.some((cell) => cell !== null) ? [{ number: index + 1, cells }] : [],
  );
}

/** A sheet's batches, a few rows at a time. */
export async function* sheetOf(
  rows: readonly SheetRow[],
  batchRows = 3,
): AsyncGenerator<SheetBatch, void, void> {
  for (let at = 0; at < rows.length; at += batchRows) {
    const batch = rows.slice(at, at + batchRows);
    yield { rows: batch, progress: (at + batch.length) / rows.length };
  }
}

/** A register of permits in the form offices use, and one row of it that is right. */
export const permitHeader: readonly string[] = [
  ...['ردیف', 'شماره مجوز', 'کد ملی', 'نام', 'نام خانوادگی', 'جنسیت', 'شهرستان', 'رشته'],
  ...['دستگاه', 'نوع طرح', 'تاریخ صدور'],
];

export const permitRow: readonly CellValue[] = [
  ...[1, 'WA-1', '2740001231', 'زهرا', 'محمدی', 'زن', 'ارومیه', 'خیاطی', 'صمت', 'مستقل'],
  '1400/01/15',
];

/** The right row with one cell changed, by the header of its column. */
export function permitRowWith(column: string, value: CellValue): CellValue[] {
  return permitRow.map((cell, index) => (permitHeader[index] === column ? value : cell));
}

/** Everything that a register's batches say, together. */
export async function readAll<K extends RegisterKind>(
  kind: K,
  rows: readonly SheetRow[],
  choices: Partial<ReadRegisterOptions> = {},
): Promise<{ layout: Layout; rows: RegisterRow<K>[]; ignored: IgnoredRow[] }> {
  const options = { ...sampleOptions, batchRows: 2, ...choices };
  const register = await readRegister(kind, sheetOf(rows), options);
  const found: RegisterRow<K>[] = [];
  const ignored: IgnoredRow[] = [];
  for await (const batch of register.batches) {
    found.push(...batch.rows);
    ignored.push(...batch.ignored);
  }
  return { layout: register.layout, rows: found, ignored };
}

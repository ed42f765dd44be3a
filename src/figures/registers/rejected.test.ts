import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { sampleOptions } from '../../../test/register-sheet.ts';
import {
  type CellValue,
  openSpreadsheet,
  type SheetContent,
  writeCsv,
  writeWorkbook,
} from '../../platform/spreadsheet/index.ts';
import { type ReadRegisterOptions, readRegister } from './read.ts';
import { problemText, type RejectedRow, rejectedSheet } from './rejected.ts';

async function workbook(sheet: SheetContent): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), writeWorkbook(out, [sheet])]);
  return bytes;
}

async function readPayments(bytes: Uint8Array, choices: Partial<ReadRegisterOptions> = {}) {
  const { batches: sheet } = await openSpreadsheet({ bytes });
  const register = await readRegister('payments', sheet, { ...sampleOptions, ...choices });
  const amounts: bigint[] = [];
  const rejected: RejectedRow[] = [];
  for await (const batch of register.batches) {
    for (const row of batch.rows) {
      if ('record' in row) amounts.push(row.record.amountRial);
      else {
        const reasons = row.problems.map((problem) => problemText(problem, 'fa'));
        rejected.push({ rowNumber: row.rowNumber, cells: row.cells, reasons });
      }
    }
  }
  return { layout: register.layout, amounts, rejected };
}

const office: SheetContent = {
  name: 'پرداخت‌ها',
  rightToLeft: true,
  titles: ['پرداخت تسهیلات مشاغل خانگی', 'مبالغ به میلیون ریال'],
  header: ['ردیف', 'شماره مجوز', 'بانک عامل', 'مبلغ', 'تاریخ پرداخت', 'ملاحظات'],
  rows: [
    [1, 'WA-1', 'ملی', 500, { date: '2021-04-04' }, 'خوب'],
    [2, 'WA-2', 'ملی', 250, '1400/13/01', 'بد'],
    [3, 'WA-3', 'بانک تهران', 100.5, '1400/02/01', null],
  ],
};

describe('the spreadsheet of refused rows', () => {
  it('gives each row back with its number and reasons in Persian', async () => {
    const { layout, rejected } = await readPayments(await workbook(office));
    const sheet = rejectedSheet(layout, rejected, 'fa');
    expect(sheet).toMatchObject({ name: 'ردشده‌ها', rightToLeft: true });
    expect(sheet.header).toEqual([
      ...['ردیف در پرونده', 'دلیل رد', 'شماره مجوز', 'بانک عامل', 'مبلغ (میلیون ریال)'],
      ...['تاریخ پرداخت', 'ملاحظات'],
    ]);
    const rows: unknown[] = [];
    for await (const row of sheet.rows) rows.push(row);
    expect(rows).toEqual([
      [
        5,
        'ستون «تاریخ پرداخت»، نوشته «1400/13/01»: چنین روزی در تقویم نیست.',
        ...['WA-2', 'ملی', 250, '1400/13/01', 'بد'],
      ],
      [
        6,
        'ستون «بانک عامل»، نوشته «بانک تهران»: در فهرست بانک‌ها نیست.',
        ...['WA-3', 'بانک تهران', 100.5, '1400/02/01', null],
      ],
    ]);
  });

  it('can be put right and sent as it is, again and again', async () => {
    let read = await readPayments(await workbook(office));
    expect(read.amounts).toEqual([500_000_000n]);
    const again = await readPayments(
      await workbook(rejectedSheet(read.layout, read.rejected, 'en')),
    );
    expect([again.amounts, again.rejected.length]).toEqual([[], 2]);
    expect(again.layout).toMatchObject({ unit: 'million_rial', unknownColumns: ['ملاحظات'] });
    const mended = again.rejected.map((row) => ({
      ...row,
      cells: row.cells.map((cell): CellValue => {
        if (cell === '1400/13/01') return '1400/12/01';
        return cell === 'بانک تهران' ? 'توسعه تعاون' : cell;
      }),
    }));
    read = await readPayments(await workbook(rejectedSheet(again.layout, mended, 'fa')));
    expect(read.amounts).toEqual([250_000_000n, 100_500_000n]);
  });

  it('says what is missing by the field’s own name', () => {
    const problem = { row: 3, column: '', field: 'bank', value: '', code: 'missing' } as const;
    expect(problemText(problem, 'fa')).toBe('ستون «بانک عامل»: خالی است.');
    const long = { ...problem, column: 'b', value: 'x'.repeat(100), code: 'bank_unknown' } as const;
    expect(problemText(long, 'en')).toBe(
      `Column "b", "${'x'.repeat(60)}…": is not in the list of banks.`,
    );
  });
});

describe('the same register as CSV', () => {
  it('gives the same records', async () => {
    const out = new PassThrough();
    const rows: (string | number)[][] = [['WA-1', 'ملی', '500', '1400/01/15']];
    const [bytes] = await Promise.all([
      buffer(out),
      writeCsv(out, ['شماره مجوز', 'بانک', 'مبلغ (میلیون ریال)', 'تاریخ پرداخت'], rows),
    ]);
    expect((await readPayments(bytes)).amounts).toEqual([500_000_000n]);
  });
});

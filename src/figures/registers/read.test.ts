import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  permitHeader,
  permitRow,
  permitRowWith,
  readAll,
  sampleOptions,
  sheetOf,
  sheetRows,
} from '../../../test/register-sheet.ts';
import type { CellValue, SheetBatch } from '../../platform/spreadsheet/index.ts';
import { readRegister } from './read.ts';

describe('rows that are no entries', () => {
  const table: (readonly CellValue[])[] = [
    ['فهرست مجوزها'],
    permitHeader,
    permitRow,
    [2],
    [],
    permitHeader,
    permitRowWith('شماره مجوز', 'WA-2'),
    ['توضیح: تا پایان خرداد'],
    permitHeader.map(() => 'ادامه در صفحه بعد'),
    [null, 'جمع کل:', null, null, null, null, 1203],
    ['جمع', 'جمع', 'جمع', 'جمع', null, null, 1203],
    [null, null, null, null, null, 'مدیرکل', null, 'مدیرکل'],
  ];

  it('are ignored with their reason, and everything else is read', async () => {
    const found = await readAll('permits', sheetRows(table));
    expect(found.rows.map(({ rowNumber }) => rowNumber)).toEqual([3, 7]);
    expect(found.ignored).toEqual([
      { rowNumber: 6, why: 'header_again', text: 'ردیف' },
      { rowNumber: 8, why: 'note', text: 'توضیح: تا پایان خرداد' },
      { rowNumber: 9, why: 'note', text: 'ادامه در صفحه بعد' },
      { rowNumber: 10, why: 'total', text: 'جمع کل:' },
      { rowNumber: 11, why: 'total', text: 'جمع' },
      { rowNumber: 12, why: 'note', text: 'مدیرکل' },
    ]);
  });

  it('are not rows that only miss their numbers', async () => {
    const cells = permitRowWith('شماره مجوز', null).map((cell, index) =>
      index === 2 ? null : cell,
    );
    const found = await readAll('permits', sheetRows([permitHeader, cells]));
    expect(found.rows).toHaveLength(1);
  });

  it('a register of nothing else is refused', async () => {
    await expect(readAll('permits', sheetRows([permitHeader]))).rejects.toMatchObject({
      code: 'no_rows',
    });
  });
});

describe('the other registers', () => {
  it('of referrals', async () => {
    const table: CellValue[][] = [
      ['مجوز', 'بانک عامل', 'شعبه', 'تاریخ معرفی', 'مبلغ تسهیلات (میلیون ریال)', 'تعداد شاغلین'],
      ['WA-1', 'بانک ملی', 'مرکزی ۱۲', '1400/02/01', '۵۰۰', '۳ نفر'],
      ['WA-2', 'ملی', null, '1400/02/01', 500, 0],
    ];
    const { rows } = await readAll('referrals', sheetRows(table));
    expect(rows[0]).toMatchObject({
      record: {
        case: { permitNumber: 'WA-1', nationalId: undefined, occupationId: undefined },
        bankId: 'MELLI',
        branch: 'مرکزی ۱۲',
        referredOn: '2021-04-21',
        requestedRial: 500_000_000n,
        people: 3,
      },
    });
    expect(rows[1]).toMatchObject({ problems: [{ field: 'people', code: 'count_unreadable' }] });
  });

  it('of payments, by holder and occupation', async () => {
    const table: CellValue[][] = [
      ['کد ملی', 'رشته', 'بانک', 'قسط', 'مبلغ', 'تاریخ پرداخت'],
      [2740001231, 'خیاطی', 'مهر ایران', 'قسط دوم', 25, '1400/05/01'],
      [2740001231, 'خیاطی', 'مهر ایران', 'مرحله ۳', 25, '1400/06/01'],
      [2740001231, 'خیاطی', 'مهر ایران', null, 25, '1400/06/01'],
      [2740001231, 'خیاطی', 'مهر ایران', 'آخر', 25, '1400/06/01'],
      [2740001231, null, 'مهر ایران', 1, 25, '1400/06/01'],
    ];
    const { rows } = await readAll('payments', sheetRows(table), { unit: 'million_toman' });
    const nationalId = { kind: 'national', value: '2740001231' };
    expect(rows[0]).toMatchObject({
      record: {
        case: { permitNumber: undefined, nationalId, occupationId: 'tailoring' },
        tranche: 2,
        amountRial: 250_000_000n,
      },
    });
    expect(rows[1]).toMatchObject({ record: { tranche: 3 } });
    expect(rows[2]).toMatchObject({ record: { tranche: undefined } });
    expect(rows[3]).toMatchObject({ problems: [{ code: 'tranche_unreadable' }] });
    expect(rows[4]).toMatchObject({ problems: [{ field: 'occupation', code: 'missing' }] });
  });

  it('of payments refuse an amount that is merged over several rows', async () => {
    const table: CellValue[][] = [
      ['شماره مجوز', 'بانک', 'مبلغ (ریال)', 'تاریخ پرداخت'],
      ['WA-1', 'ملی', 100, '1400/05/01'],
      ['WA-2', 'ملی', 100, '1400/05/01'],
    ];
    const merged = sheetRows(table).map((row) =>
      row.number > 1 ? { ...row, merged: [1, 2] } : row,
    );
    const { rows } = await readAll('payments', merged);
    for (const row of rows) expect(row).toMatchObject({ problems: [{ code: 'merged_amount' }] });
  });

  it('of jobs', async () => {
    const table: CellValue[][] = [
      ['شماره مجوز', 'کد ملی شاغل', 'نام و نام خانوادگی شاغل', 'نسبت', 'تاریخ شروع به کار'],
      ['WA-1', '2751234569', 'سارا احمدی', 'خود متقاضی', '1400/03/01'],
      ['WA-1', '2861112220', 'علی احمدی', 'همسر', '1400/03/01'],
      ['WA-1', '2907654322', 'مریم رضایی', 'تحت پوشش', '1400/03/01'],
      ['WA-1', '2740001231', 'مریم رضایی', 'همسایه', '1400/03/01'],
    ];
    const { rows } = await readAll('jobs', sheetRows(table));
    expect(rows[0]).toMatchObject({
      record: {
        case: { permitNumber: 'WA-1' },
        worker: {
          nationalId: { value: '2751234569' },
          name: { first: undefined, last: undefined, full: 'سارا احمدی' },
        },
        relation: 'holder',
        startedOn: '2021-05-22',
      },
    });
    expect(rows[1]).toMatchObject({ record: { relation: 'household' } });
    expect(rows[2]).toMatchObject({ record: { relation: 'covered' } });
    expect(rows[3]).toMatchObject({ problems: [{ code: 'relation_unknown' }] });
  });
});

describe('every row below the header', () => {
  const cell = fc.oneof(
    fc.constantFrom<CellValue>(...permitRow),
    fc.string({ maxLength: 12 }),
    fc.double(),
    fc.constantFrom<CellValue>(null, true, { date: '2021-03-21' }, { error: '#N/A' }, 'جمع', ' '),
  );

  it('is read, refused or ignored, once and in order, whatever is in it', async () => {
    const table = fc.array(fc.array(cell, { maxLength: 13 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 7 }), async (body, batchRows) => {
        const rows = sheetRows([permitHeader, permitRow, ...body]);
        const found = await readAll('permits', rows, { batchRows });
        const numbers = found.rows.map(({ rowNumber }) => rowNumber);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        const seen = new Set([...numbers, ...found.ignored.map(({ rowNumber }) => rowNumber)]);
        expect(seen.size).toBe(numbers.length + found.ignored.length);
        for (const { number, cells } of rows.slice(1)) {
          // What is in neither list shows nothing beside its number.
          const says = cells.slice(1).some((one) => one !== null && String(one).trim() !== '');
          if (says) expect(seen.has(number)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is not read when the permitHeader is refused: the source is closed', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<SheetBatch, void, void> {
      try {
        for (;;) yield { rows: sheetRows([['a', 'b']]), progress: 0 };
      } finally {
        closed = true;
      }
    }
    const refused = readRegister('permits', source(), sampleOptions);
    await expect(refused).rejects.toMatchObject({ code: 'header_not_found' });
    expect(closed).toBe(true);
  });

  it('stops being read when the loop is left', async () => {
    const source = sheetOf(
      sheetRows([permitHeader, ...Array.from({ length: 50 }, () => permitRow)]),
    );
    const { batches } = await readRegister('permits', source, { ...sampleOptions, batchRows: 1 });
    for await (const batch of batches) {
      expect(batch.rows).toHaveLength(1);
      break;
    }
    expect(await source.next()).toEqual({ done: true, value: undefined });
  });
});

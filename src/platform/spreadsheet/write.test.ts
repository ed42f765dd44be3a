import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import {
  openSpreadsheet,
  type SheetContent,
  type SheetRow,
  writeCsv,
  writeWorkbook,
} from './index.ts';

async function written(sheets: readonly SheetContent[]): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), writeWorkbook(out, sheets)]);
  return bytes;
}

function* endless() {
  for (;;) yield ['ردیف'];
}

async function read(bytes: Uint8Array, sheet?: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  const opened = await openSpreadsheet({ bytes }, sheet === undefined ? {} : { sheet });
  for await (const batch of opened.batches) rows.push(...batch.rows);
  return rows;
}

const register: SheetContent = {
  name: 'مجوزها',
  rightToLeft: true,
  titles: ['استان آذربایجان غربی', 'مبالغ به ریال'],
  header: ['کد ملی', 'مبلغ', 'تاریخ', 'یادداشت'],
  rows: [
    ['0012345679', 500_000_000n, { date: '2021-03-21' }, '=1+1'],
    ['۱۲', 2.5, null, '<b> & "c"'],
  ],
};

describe('a written workbook', () => {
  it('is read back cell by cell, below its titles', async () => {
    const found = await read(await written([register]));
    expect(found.map((row) => row.cells)).toEqual([
      Array(4).fill('استان آذربایجان غربی'),
      Array(4).fill('مبالغ به ریال'),
      ['کد ملی', 'مبلغ', 'تاریخ', 'یادداشت'],
      ['0012345679', 500_000_000, { date: '2021-03-21' }, '=1+1'],
      ['۱۲', 2.5, null, '<b> & "c"'],
    ]);
    expect(found.every((row) => row.formulas === undefined)).toBe(true);
  });

  it('opens from the right, with text cells as text, in a second implementation', async () => {
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load((await written([register])) as never);
    const sheet = workbook.getWorksheet('مجوزها');
    expect(sheet?.views[0]).toMatchObject({ rightToLeft: true, state: 'frozen', ySplit: 3 });
    expect(sheet?.getCell('A4').numFmt).toBe('@');
    expect(sheet?.getCell('D4').type).toBe(exceljs.ValueType.String);
  });

  it('holds several sheets', async () => {
    const second: SheetContent = { name: 'دو', rightToLeft: false, header: ['a'], rows: [[true]] };
    const bytes = await written([register, second]);
    expect((await read(bytes, 'دو')).map((row) => row.cells)).toEqual([['a'], [true]]);
  });

  it('takes rows as they come', async () => {
    async function* rows(): AsyncGenerator<readonly string[]> {
      for (let index = 0; index < 5_000; index++) yield [`ردیف ${index}`];
    }
    const bytes = await written([{ name: 'a', rightToLeft: true, header: ['x'], rows: rows() }]);
    expect((await read(bytes)).length).toBe(5_001);
  });

  it('refuses what a cell cannot hold', async () => {
    const long = { ...register, rows: [['x'.repeat(40_000)]] };
    await expect(writeWorkbook(new PassThrough(), [long])).rejects.toThrow(RangeError);
    const large = { ...register, rows: [[2n ** 60n]] };
    await expect(writeWorkbook(new PassThrough(), [large])).rejects.toThrow(RangeError);
  });
});

describe('written CSV', () => {
  it('1.2.10: carries a mark and runs no formula', async () => {
    const out = new PassThrough();
    const dangerous = ['=1+1', '+98', '-2', '@x', '\tx', '\rx', '＝1', 'ساده'];
    const [text] = await Promise.all([
      buffer(out).then((bytes) => bytes.toString()),
      writeCsv(
        out,
        ['نام'],
        dangerous.map((cell) => [cell]),
      ),
    ]);
    expect(text.startsWith('\ufeffنام\r\n')).toBe(true);
    const cells = (await read(Buffer.from(text))).map((row) => row.cells[0]);
    expect(cells).toEqual(['نام', ...dangerous.slice(0, -1).map((cell) => `'${cell}`), 'ساده']);
  });

  it('keeps numbers, days and blanks', async () => {
    const out = new PassThrough();
    const row = [-5, 12n, { date: '2021-03-21' }, null, true];
    const [bytes] = await Promise.all([
      buffer(out),
      writeCsv(out, ['a', 'b', 'c', 'd', 'e'], [row]),
    ]);
    expect((await read(bytes))[1]?.cells).toEqual(['-5', '12', '2021-03-21', null, 'true']);
  });

  it.each([
    ['CSV', (out: PassThrough) => writeCsv(out, ['a'], endless())],
    [
      'workbook',
      (out: PassThrough) =>
        writeWorkbook(out, [{ name: 'a', rightToLeft: true, header: ['a'], rows: endless() }]),
    ],
  ])('a %s breaks with its stream, which nobody may be reading any more', async (_, write) => {
    const out = new PassThrough();
    setTimeout(() => out.destroy(new Error('the disk is full')), 20);
    await expect(write(out)).rejects.toThrow('the disk is full');
  });

  it('breaks with its rows; a stream that is ended for it then is no failure of its own', async () => {
    const out = new PassThrough();
    async function* cutOff() {
      yield ['ردیف'];
      throw new Error('the database went away');
    }
    out.on('error', () => {});
    const writing = writeCsv(out, ['a'], cutOff()).catch((error) => {
      out.destroy(error);
      throw error;
    });
    await expect(writing).rejects.toThrow('the database went away');
    // Long enough for a rejection that nobody hears, which would fail this file.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(out.destroyed).toBe(true);
  });
});

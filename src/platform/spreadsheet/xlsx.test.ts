import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import {
  makeWorkbook,
  makeZip,
  type WorkbookXml,
  workbookParts,
} from '../../../test/workbook-bytes.ts';
import { type CellValue, openSpreadsheet, type SheetRow } from './index.ts';
import { spreadsheetLimits } from './limits.ts';
import { readSpreadsheet } from './read.ts';
import { openSource } from './source.ts';

/** Reads in this thread, which most of these cases need no other for. */
async function rowsOf(bytes: Uint8Array, sheet?: string): Promise<SheetRow[]> {
  const choices = { sheet, encoding: undefined, batchRows: 2, limits: spreadsheetLimits };
  const rows: SheetRow[] = [];
  for await (const message of readSpreadsheet(openSource({ bytes }), choices)) {
    if (message.kind === 'batch') rows.push(...message.batch.rows);
  }
  return rows;
}

async function cellsOf(xml: WorkbookXml): Promise<(readonly CellValue[])[]> {
  return (await rowsOf(makeWorkbook(xml))).map((row) => row.cells);
}

const formats =
  '<numFmts><numFmt numFmtId="164" formatCode="[$-fa-IR,16]yyyy/mm/dd;@"/>' +
  '<numFmt numFmtId="165" formatCode="#,##0&quot; day&quot;"/>' +
  '<numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>';

describe('cells of a workbook', () => {
  it('are text, numbers, booleans and errors', async () => {
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12.5</v></c><c r="C1" t="b"><v>1</v></c>' +
      '<c r="D1" t="e"><v>#N/A</v></c><c r="E1" t="inlineStr"><is><t>درون</t></is></c>' +
      '<c r="F1" t="str"><f>A1</f><v>حساب‌شده</v></c></row>';
    const sharedStrings = '<si><t xml:space="preserve"> نام &amp; نشان </t></si>';
    expect(await cellsOf({ rows, sharedStrings })).toEqual([
      [' نام & نشان ', 12.5, true, { error: '#N/A' }, 'درون', 'حساب‌شده'],
    ]);
  });

  it('join the runs of rich text and leave phonetic readings out', async () => {
    const sharedStrings =
      '<si><r><rPr><b/></rPr><t>کد </t></r><r><t>ملی</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>' +
      '<si><t>خط_x000D_دو</t></si>';
    const rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>';
    expect(await cellsOf({ rows, sharedStrings })).toEqual([['کد ملی', 'خط\rدو']]);
  });

  it('keep their places when cells, rows and references are left out', async () => {
    const rows =
      '<row r="2"><c r="C2"><v>3</v></c></row><row/><row r="9"><c><v>1</v></c><c><v>2</v></c></row>';
    expect(await rowsOf(makeWorkbook({ rows }))).toEqual([
      { number: 2, cells: [null, null, 3] },
      { number: 9, cells: [1, 2] },
    ]);
  });

  it('are days only where the format shows a day', async () => {
    const cell = (ref: string, style: number): string =>
      `<c r="${ref}" s="${style}"><v>44275.75</v></c>`;
    const rows = `<row r="1">${['A1', 'B1', 'C1', 'D1', 'E1'].map(cell).join('')}</row>`;
    const day = { date: '2021-03-20' };
    expect(await cellsOf({ rows, styles: formats })).toEqual([
      [44275.75, day, day, 44275.75, 44275.75],
    ]);
  });

  it('count days from 1904 when the workbook says so', async () => {
    const rows = '<row r="1"><c r="A1" s="1"><v>42814</v></c></row>';
    const day = [[{ date: '2021-03-21' }]];
    expect(await cellsOf({ rows, styles: formats, workbookAttributes: 'date1904="1"' })).toEqual(
      day,
    );
  });

  it('know the day that 1900 never had, and days outside the calendar', async () => {
    const cells = [1, 59, 60, 61, -3, 3e6].map((serial, index) => {
      return `<c r="${'ABCDEF'[index]}1" s="1"><v>${serial}</v></c>`;
    });
    const [row] = await cellsOf({ rows: `<row r="1">${cells.join('')}</row>`, styles: formats });
    const [first, second, third] = ['1900-01-01', '1900-02-28', '1900-03-01'].map((date) => ({
      date,
    }));
    expect(row).toEqual([first, second, 60, third, -3, 3e6]);
  });

  it('say which of them are formulas, and which were never computed', async () => {
    const rows =
      '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>5</v></c><c r="C1"><f>NOW()</f></c></row>';
    expect(await rowsOf(makeWorkbook({ rows }))).toEqual([
      { number: 1, cells: [2, 5, null], formulas: [0, 2] },
    ]);
  });

  it('show the value of the merged cell they belong to', async () => {
    const rows =
      '<row r="1"><c r="A1"><v>7</v></c></row>' +
      '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>' +
      '<row r="3"><c r="B3"><v>3</v></c></row><row r="4"><c r="B4"><v>4</v></c></row>';
    const afterRows =
      '<mergeCells count="3"><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/><mergeCell ref="D2:E4"/></mergeCells>';
    expect(await rowsOf(makeWorkbook({ rows, afterRows }))).toEqual([
      { number: 1, cells: [7, 7, 7] },
      { number: 2, cells: [1, 2], merged: [0] },
      { number: 3, cells: [1, 3], merged: [0] },
      { number: 4, cells: [null, 4] },
    ]);
  });

  it('are read under any prefix, quote and line break', async () => {
    const parts = workbookParts({ rows: '' });
    const data =
      "<x:worksheet xmlns:x='a'><!-- <c> --><x:sheetData><x:row\n r='1'>\n<x:c r='A1'\tt=\"str\"><x:v><![CDATA[<1>]]></x:v></x:c ></x:row></x:sheetData></x:worksheet>";
    const sheet = { name: 'xl/worksheets/sheet1.xml', data };
    const bytes = makeZip(parts.map((part) => (part.name === sheet.name ? sheet : part)));
    expect(await rowsOf(bytes)).toEqual([{ number: 1, cells: ['<1>'] }]);
  });
});

describe('sheets of a workbook', () => {
  const one = (value: number): string => `<row r="1"><c r="A1"><v>${value}</v></c></row>`;
  const sheets = [
    { name: 'hidden', state: 'hidden', rows: one(1) },
    { name: 'blank', rows: '<row r="1"><c r="A1" s="0"/></row>' },
    { name: 'داده', rows: one(3) },
    { name: 'last', rows: one(4) },
  ];

  it('are passed over when hidden or without a filled row', async () => {
    const opened = await openSpreadsheet({ bytes: makeWorkbook({ rows: '', sheets }) });
    expect(opened.info).toMatchObject({
      format: 'xlsx',
      sheet: 'داده',
      otherSheets: ['blank', 'last'],
    });
    for await (const batch of opened.batches) {
      expect(batch).toEqual({ rows: [{ number: 1, cells: [3] }], progress: 1 });
    }
  });

  it('are chosen by name', async () => {
    const bytes = makeWorkbook({ rows: '', sheets });
    expect(await rowsOf(bytes, 'last')).toEqual([{ number: 1, cells: [4] }]);
    await expect(rowsOf(bytes, 'hidden')).rejects.toMatchObject({ code: 'no_such_sheet' });
  });
});

describe('the reading thread', () => {
  it('gives every row in order whatever the batch, and stops when the loop is left', async () => {
    const rows = Array.from({ length: 25 }, (_, index) => {
      return `<row r="${index + 1}"><c r="A${index + 1}"><v>${index}</v></c></row>`;
    });
    const bytes = makeWorkbook({ rows: rows.join('') });
    const seen: CellValue[] = [];
    for await (const batch of (await openSpreadsheet({ bytes }, { batchRows: 10 })).batches) {
      expect(batch.rows.length).toBeLessThanOrEqual(10);
      seen.push(...batch.rows.map((row) => row.cells[0] ?? null));
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => index));
    for await (const batch of (await openSpreadsheet({ bytes }, { batchRows: 1 })).batches) {
      if (batch.rows[0]?.number === 2) break;
    }
  });

  it('is ended when nobody loops over the rows', async () => {
    const rows = '<row r="1"><c r="A1"><v>1</v></c></row>';
    const opened = await openSpreadsheet({ bytes: makeWorkbook({ rows }) });
    await opened.close();
    await opened.close();
  });
});

describe('a second implementation', () => {
  it('writes what we read, for any text, number and blank', async () => {
    // XML has no place for controls, and U+FFFE and U+FFFF are no characters.
    const text = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML lacks.
      .filter((one) => one !== '' && !/[\0-\x1f\ufffe\uffff]|_x/.test(one));
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);
    const cell = fc.oneof(text, number, fc.integer(), fc.boolean(), fc.constant(null));
    const table = fc.array(fc.array(cell, { maxLength: 12 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const bytes = await writeXlsx({ sheets: [{ name: 'a', rows }] });
        const expected = rows.flatMap((cells, index) => {
          const last = cells.findLastIndex((one) => one !== null);
          return last === -1 ? [] : [{ number: index + 1, cells: cells.slice(0, last + 1) }];
        });
        if (expected.length === 0)
          await expect(rowsOf(bytes)).rejects.toMatchObject({ code: 'empty' });
        else expect(await rowsOf(bytes)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

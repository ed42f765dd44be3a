import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  makeWorkbook,
  makeZip,
  workbookParts,
  type ZipPart,
} from '../../../test/workbook-bytes.ts';
import { SpreadsheetError } from './error.ts';
import { spreadsheetLimits } from './limits.ts';
import { readSpreadsheet } from './read.ts';
import { openSource } from './source.ts';

const oneRow = '<row r="1"><c r="A1"><v>1</v></c></row>';

/** The same in this thread, for cases that come in hundreds. */
async function readHere(bytes: Uint8Array, limits = spreadsheetLimits): Promise<number> {
  const choices = { sheet: undefined, encoding: undefined, batchRows: 100, limits };
  let rows = 0;
  for await (const message of readSpreadsheet(openSource({ bytes }), choices)) {
    if (message.kind === 'batch') rows += message.batch.rows.length;
  }
  return rows;
}

function withSheet(data: string | Uint8Array, forged: Partial<ZipPart> = {}): Buffer {
  const name = 'xl/worksheets/sheet1.xml';
  const parts = workbookParts({ rows: oneRow });
  return makeZip(parts.map((part) => (part.name === name ? { name, data, ...forged } : part)));
}

describe('damage', () => {
  const cases: [string, string][] = [
    ['a tag cut off', '<worksheet><sheetData><row r="1"><c r="A1"><v>1'],
    [
      'a tag never closed',
      '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
    ],
    ['tags crossed', '<worksheet><sheetData><row></sheetData></row></worksheet>'],
    ['text behind the end', '<worksheet/>x'],
    ['two roots', '<worksheet/><worksheet/>'],
    ['rows backwards', '<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>'],
    [
      'cells backwards',
      '<worksheet><row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row></worksheet>',
    ],
    [
      'a column that Excel lacks',
      '<worksheet><row r="1"><c r="ZZZ1"><v>1</v></c></row></worksheet>',
    ],
    ['a row that is no number', '<worksheet><row r="x"/></worksheet>'],
    ['a number that is none', '<worksheet><row r="1"><c r="A1"><v>1e999</v></c></row></worksheet>'],
    [
      'a string that is not there',
      '<worksheet><row r="1"><c r="A1" t="s"><v>9</v></c></row></worksheet>',
    ],
    ['a hundred levels', `<worksheet>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</worksheet>`],
  ];

  it.each(cases)('%s', async (_name, xml) => {
    await expect(readHere(withSheet(xml))).rejects.toMatchObject({ code: 'damaged' });
  });

  it('bytes that are not UTF-8', async () => {
    const bytes = withSheet(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe, 0x3c, 0x2f, 0x61, 0x3e]));
    await expect(readHere(bytes)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('merged ranges on top of each other', async () => {
    const merges = Array.from({ length: 300 }, (_, index) => `<mergeCell ref="A1:B${index + 2}"/>`);
    const bytes = makeWorkbook({
      rows: oneRow,
      afterRows: `<mergeCells>${merges.join('')}</mergeCells>`,
    });
    await expect(readHere(bytes)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('is always told as a spreadsheet’s problem, wherever a byte is changed or the file is cut', async () => {
    const rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1</f><v>2</v></c></row>';
    const afterRows = '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>';
    const good = makeWorkbook({ rows, afterRows, sharedStrings: '<si><t>نام</t></si>' });
    const harm = fc.record({
      at: fc.nat(good.length - 1),
      to: fc.integer({ min: 0, max: 255 }),
      cut: fc.option(fc.nat(good.length), { freq: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(harm, async ({ at, to, cut }) => {
        const bytes = Buffer.from(good.subarray(0, cut ?? good.length));
        if (at < bytes.length) bytes[at] = to;
        const outcome = await readHere(bytes).catch((error: unknown) => error);
        if (typeof outcome !== 'number') expect(outcome).toBeInstanceOf(SpreadsheetError);
      }),
      { numRuns: 500 },
    );
  });

  it('is always told as a spreadsheet’s problem, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const outcome = await readHere(bytes).catch((error: unknown) => error);
        if (typeof outcome !== 'number') expect(outcome).toBeInstanceOf(SpreadsheetError);
      }),
      { numRuns: 300 },
    );
  });
});

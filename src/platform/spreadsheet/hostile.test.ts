import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  makeWorkbook,
  makeZip,
  workbookParts,
  type ZipPart,
} from '../../../test/workbook-bytes.ts';
import en from './en.ts';
import { SpreadsheetError, spreadsheetProblems } from './error.ts';
import fa from './fa.ts';
import { type OpenSpreadsheetOptions, openSpreadsheet } from './index.ts';
import { spreadsheetLimits } from './limits.ts';
import { readSpreadsheet } from './read.ts';
import { openSource } from './source.ts';

const oneRow = '<row r="1"><c r="A1"><v>1</v></c></row>';

/** Reads everything through the thread, as the product does; the number of rows. */
async function readAll(bytes: Uint8Array, options?: OpenSpreadsheetOptions): Promise<number> {
  let rows = 0;
  for await (const batch of (await openSpreadsheet({ bytes }, options)).batches) {
    rows += batch.rows.length;
  }
  return rows;
}

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

function column(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest > 0 ? column(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`;
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const ole = (name: string): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), utf16(name)]);

describe('what is no spreadsheet', () => {
  const cases: [string, Uint8Array, string][] = [
    ['an empty file', Buffer.alloc(0), 'empty'],
    ['blank lines', Buffer.from('\n\n , , \n'), 'empty'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not_a_spreadsheet'],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'not_a_spreadsheet'],
    ['JSON', Buffer.from('{"a": 1}'), 'not_a_spreadsheet'],
    ['XML', Buffer.from('<?xml version="1.0"?><a/>'), 'not_a_spreadsheet'],
    ['a web page named .xls', Buffer.from('\ufeff <HTML><table><tr>'), 'web_page'],
    ['a locked workbook', ole('EncryptedPackage'), 'encrypted'],
    ['an old workbook', ole('Workbook'), 'old_excel'],
    ['an old document', ole('WordDocument'), 'not_a_spreadsheet'],
    ['a ZIP of something', makeZip([{ name: 'a.txt', data: 'x' }]), 'not_a_spreadsheet'],
    ['an empty ZIP', makeZip([]), 'not_a_spreadsheet'],
    ['half a ZIP', makeWorkbook({ rows: oneRow }).subarray(0, 300), 'damaged'],
    [
      'a document of Word',
      makeZip([
        { name: '[Content_Types].xml', data: '<Types/>' },
        { name: 'word/document.xml', data: '<w/>' },
      ]),
      'not_a_spreadsheet',
    ],
    ['a binary workbook', makeZip([{ name: 'xl/workbook.bin', data: 'x' }]), 'unsupported'],
    [
      'a sheet of LibreOffice',
      makeZip([
        { name: 'mimetype', data: 'x', stored: true },
        { name: 'content.xml', data: '<a/>' },
      ]),
      'unsupported',
    ],
    ['an encrypted ZIP', withSheet('<worksheet/>', { encrypted: true }), 'encrypted'],
  ];

  it.each(cases)('%s', async (_name, bytes, code) => {
    await expect(readHere(bytes)).rejects.toMatchObject({ name: 'SpreadsheetError', code });
  });

  it('is told across the thread as it is told inside it', async () => {
    const outcome = await readAll(ole('EncryptedPackage')).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(SpreadsheetError);
    expect(outcome).toMatchObject({ name: 'SpreadsheetError', code: 'encrypted' });
  });

  it('a workbook without a filled row', async () => {
    await expect(readAll(makeWorkbook({ rows: '' }))).rejects.toMatchObject({ code: 'empty' });
  });
});

describe('what is too much', () => {
  it('10,000 columns', async () => {
    const cells = Array.from(
      { length: 10_000 },
      (_, index) => `<c r="${column(index)}1"><v>1</v></c>`,
    );
    const rows = `<row r="1">${cells.join('')}</row>`;
    await expect(readAll(makeWorkbook({ rows }))).rejects.toMatchObject({
      code: 'too_many_columns',
      details: { most: 200 },
    });
    const line = Buffer.from(`${'a,'.repeat(9_999)}a\n`);
    await expect(readAll(line)).rejects.toMatchObject({ code: 'too_many_columns' });
  });

  it('but formatted cells far to the side are none', async () => {
    const rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>';
    expect(await readAll(makeWorkbook({ rows }))).toBe(1);
  });

  it('rows beyond the limit', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, index) => `<row r="${index + 1}"><c><v>1</v></c></row>`,
    );
    const limits = { rows: 10 };
    const bytes = makeWorkbook({ rows: rows.join('') });
    await expect(readAll(bytes, { limits })).rejects.toMatchObject({ code: 'too_many_rows' });
    const text = Buffer.from('a,b\n'.repeat(12));
    await expect(readAll(text, { limits })).rejects.toMatchObject({ code: 'too_many_rows' });
  });

  it('text that no cell can hold', async () => {
    const long = 'x'.repeat(40_000);
    const rows = `<row r="1"><c r="A1" t="str"><v>${long}</v></c></row>`;
    await expect(readAll(makeWorkbook({ rows }))).rejects.toMatchObject({ code: 'cell_too_long' });
    const shared = makeWorkbook({ rows: oneRow, sharedStrings: `<si><t>${long}</t></si>` });
    await expect(readAll(shared)).rejects.toMatchObject({ code: 'cell_too_long' });
    await expect(readAll(Buffer.from(`a,${long}`))).rejects.toMatchObject({
      code: 'cell_too_long',
    });
    const open = Buffer.from(`a,"never closed\n${'1,2\n'.repeat(100_000)}`);
    await expect(readAll(open)).rejects.toMatchObject({ code: 'cell_too_long' });
  });

  it('a file, or shared text, above the bound', async () => {
    const bytes = makeWorkbook({ rows: oneRow, sharedStrings: '<si><t>0123456789</t></si>' });
    for (const limits of [{ fileBytes: 100 }, { sharedText: 5 }]) {
      await expect(readAll(bytes, { limits })).rejects.toMatchObject({ code: 'too_large' });
    }
  });

  it('memory above the thread’s own', async () => {
    const strings = Array.from(
      { length: 60_000 },
      (_, index) => `<si><t>نام ${index} ${'م'.repeat(300)}</t></si>`,
    );
    const bytes = makeWorkbook({ rows: oneRow, sharedStrings: strings.join('') });
    const limits = { heapMegabytes: 16 };
    await expect(readAll(bytes, { limits })).rejects.toMatchObject({ code: 'too_large' });
  });

  it('silence', async () => {
    const bytes = makeWorkbook({ rows: oneRow });
    const limits = { silenceMs: 0 };
    await expect(readAll(bytes, { limits })).rejects.toMatchObject({ code: 'timed_out' });
  });
});

describe('zip bombs', () => {
  const zeros = Buffer.alloc(32 * 1024 * 1024);

  it('are known by their ratio before anything is inflated', async () => {
    await expect(readAll(withSheet(zeros))).rejects.toMatchObject({ code: 'zip_bomb' });
  });

  it('are known by what they declare together', async () => {
    const limits = { inflatedBytes: 20_000 };
    const bytes = makeWorkbook({
      rows: oneRow,
      sharedStrings: `<si><t>${'x'.repeat(30_000)}</t></si>`,
    });
    await expect(readAll(bytes, { limits })).rejects.toMatchObject({ code: 'zip_bomb' });
  });

  it('are stopped while inflating when they declare too little', async () => {
    const bytes = withSheet(zeros, { declaredSize: 1_000 });
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'zip_bomb' });
  });

  it('are known by parts that overlap', async () => {
    const bytes = withSheet('<worksheet/>', { declaredCompressedSize: 5_000_000 });
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'zip_bomb' });
  });

  it('are known by the number of their parts', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({ name: `${index}`, data: '' }));
    await expect(readAll(makeZip(many))).rejects.toMatchObject({ code: 'zip_bomb' });
  });

  it('of entities are refused with the document type', async () => {
    const xml = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>';
    await expect(readAll(withSheet(xml))).rejects.toMatchObject({ code: 'damaged' });
  });
});

describe('paths', () => {
  it('are read as bytes are', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'spreadsheet-')), 'file.bin');
    writeFileSync(path, makeWorkbook({ rows: oneRow }));
    const opened = await openSpreadsheet({ path });
    expect(opened.info.format).toBe('xlsx');
    await opened.close();
  });

  it('that do not exist fail with the system’s reason', async () => {
    await expect(openSpreadsheet({ path: '/nowhere/at/all' })).rejects.toThrow(/ENOENT/);
  });
});

describe('words', () => {
  it('are there for every problem, in both languages', () => {
    const codes = Object.keys(spreadsheetProblems).sort();
    expect(Object.keys(fa.problems).sort()).toEqual(codes);
    expect(Object.keys(en.problems).sort()).toEqual(codes);
  });
});

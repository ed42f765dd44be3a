import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OpenSpreadsheetOptions, openSpreadsheet, type SheetRow } from './index.ts';
import { spreadsheetLimits } from './limits.ts';
import { readSpreadsheet } from './read.ts';
import { openSource } from './source.ts';

const persian = 'نام,شهرستان\nزهرا,ارومیه\n';
const rows: SheetRow[] = [
  { number: 1, cells: ['نام', 'شهرستان'] },
  { number: 2, cells: ['زهرا', 'ارومیه'] },
];

async function read(bytes: Uint8Array, options: OpenSpreadsheetOptions = {}) {
  const opened = await openSpreadsheet({ bytes }, options);
  const found: SheetRow[] = [];
  for await (const batch of opened.batches) found.push(...batch.rows);
  return { info: opened.info, rows: found };
}

function utf16(text: string, big: boolean): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
}

/** Windows-1256 of the letters these tests use. */
function windows1256(text: string): Buffer {
  const decoder = new TextDecoder('windows-1256');
  const codes = new Map<string, number>();
  for (let code = 0; code < 256; code++) codes.set(decoder.decode(Uint8Array.of(code)), code);
  return Buffer.from([...text].map((letter) => codes.get(letter) ?? 0x3f));
}

describe('encodings', () => {
  const cases: [string, Buffer, string][] = [
    ['UTF-8', Buffer.from(persian), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${persian}`), 'utf-8'],
    ['UTF-16, little end first', utf16(persian, false), 'utf-16le'],
    ['UTF-16, big end first', utf16(persian, true), 'utf-16be'],
  ];

  it.each(cases)('%s', async (_name, bytes, encoding) => {
    expect(await read(bytes)).toMatchObject({ info: { format: 'csv', encoding }, rows });
  });

  it('Windows-1256 is refused with a guess, and read when the caller says so', async () => {
    const arabic = persian.replaceAll('ی', 'ي');
    const bytes = windows1256(arabic);
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'wrong_encoding',
      details: { guess: 'windows-1256' },
    });
    const told = await read(bytes, { encoding: 'windows-1256' });
    expect(told.rows[1]?.cells).toEqual(['زهرا', 'ارومیه'.replaceAll('ی', 'ي')]);
  });

  it('a later byte that is not UTF-8 is refused too', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n'.repeat(40_000)), Buffer.from([0xff])]);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'wrong_encoding' });
  });

  it('a later NUL is no text', async () => {
    const bytes = Buffer.from(`${'a,b\n'.repeat(40_000)}\0`);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'not_a_spreadsheet' });
  });
});

describe('lines', () => {
  it.each([',', ';', '\t', '؛', '|'])('are split by %j', async (delimiter) => {
    const text = ['نام', 'مبلغ', '"1,5;2|3"'].join(delimiter);
    const found = await read(Buffer.from(`${text}\r\n${text}\r\n`));
    expect(found.info.delimiter).toBe(delimiter);
    expect(found.rows[1]).toEqual({ number: 2, cells: ['نام', 'مبلغ', '1,5;2|3'] });
  });

  it('are split as Excel’s sep line says, which is no row', async () => {
    const found = await read(Buffer.from('sep=;\na,x;b\n'));
    expect(found.rows).toEqual([{ number: 2, cells: ['a,x', 'b'] }]);
  });

  it('keep their numbers over blank ones and over breaks inside quotes', async () => {
    const found = await read(Buffer.from('a,b\n,\n\n"c\nd",e\nf\n'));
    expect(found.rows).toEqual([
      { number: 1, cells: ['a', 'b'] },
      { number: 4, cells: ['c\nd', 'e'] },
      { number: 5, cells: ['f'] },
    ]);
  });

  it('hold only text: a formula is its characters', async () => {
    const found = await read(Buffer.from('=1+1,"=HYPERLINK(""http://x"")",0012\n'));
    expect(found.rows[0]?.cells).toEqual(['=1+1', '=HYPERLINK("http://x")', '0012']);
  });

  it('stay whole wherever a stray quote stands', async () => {
    const found = await read(Buffer.from('a,5" pipe,b\n'));
    expect(found.rows[0]?.cells).toEqual(['a', '5" pipe', 'b']);
  });

  it('come back as they were written, for any text', async () => {
    const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => {
      return text.trim() !== '' && !/[\0\ufeff]|[\u200b-\u200f\u202a-\u202e\u2060]/.test(text);
    });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), {
      minLength: 2,
      maxLength: 9,
    });
    await fc.assert(
      fc.asyncProperty(table, async (lines) => {
        const quoted = lines.map((line) =>
          line.map((one) => `"${one.replaceAll('"', '""')}"`).join(','),
        );
        const bytes = Buffer.from(`\ufeff${quoted.join('\r\n')}`);
        const choices = {
          sheet: undefined,
          encoding: undefined,
          batchRows: 3,
          limits: spreadsheetLimits,
        };
        const found: (readonly unknown[])[] = [];
        for await (const message of readSpreadsheet(openSource({ bytes }), choices)) {
          if (message.kind === 'batch') found.push(...message.batch.rows.map((row) => row.cells));
        }
        expect(found).toEqual(lines);
      }),
      { numRuns: 80 },
    );
  });
});

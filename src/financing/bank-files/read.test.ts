import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { type Booking, reportXml, shebaOf, statementXml } from '../../../test/bank-statement.ts';
import { isProblem } from '../../kit/problem.ts';
import { writeCsv, writeWorkbook } from '../../platform/spreadsheet/index.ts';
import type { BatchOfOrders } from './orders.ts';
import { plainHeader, plainRows, plainSheet } from './plain.ts';
import { openBankFile } from './read.ts';
import type { BankLine } from './rules.ts';
import { writePain001 } from './write-orders.ts';

const mellat = ['012'];

async function read(content: string | Uint8Array, name = 'file.xml', codes = mellat) {
  const bytes = Buffer.from(content);
  const source = {
    name,
    async *pieces() {
      // Awkward pieces: every construct is cut somewhere.
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    },
    stream: async () => source.pieces(),
    bytes: async () => bytes,
  };
  const reading = await openBankFile(source, codes);
  const lines: BankLine[] = [];
  for await (const batch of reading.batches) lines.push(...batch);
  return { lines, head: reading.sink.head };
}

async function codeOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
    return 'read';
  } catch (error) {
    if (isProblem(error)) return error.code;
    throw error;
  }
}

const sheba = shebaOf('012', 77);
const bookings: Booking[] = [
  { reference: '04aaa', rial: 1_000n, bankReference: 'B-1', iban: sheba },
  { reference: '04bbb', rial: '2000.00', bankReference: 'B-2', returned: 'AC04' },
  { reference: '04ccc', rial: 3_000n, pending: true },
  { rial: 4_000n },
  { reference: '04ddd', rial: '5.5' },
  { reference: '04eee', rial: 6n, currency: 'EUR' },
];

test.for([false, true])(
  'a statement is read line by line (notification: %s)',
  async (notification) => {
    const { lines, head } = await read(statementXml(bookings, { messageId: 'M-1', notification }));
    expect(head).toEqual({ kind: notification ? 'camt.054' : 'camt.053', messageId: 'M-1' });
    expect(lines).toMatchObject([
      { line: 1, kind: 'paid', reference: '04AAA', amountRial: 1_000n, iban: sheba, fault: null },
      { line: 2, kind: 'returned', amountRial: 2_000n, bankReference: 'B-2', note: 'AC04' },
      { line: 3, kind: 'pending', amountRial: 3_000n, bookedOn: '2022-06-22' },
      { line: 4, kind: 'paid', reference: '', amountRial: 4_000n },
      { line: 5, amountRial: null, fault: 'amount_unreadable' },
      { line: 6, fault: 'not_rial' },
    ]);
  },
);

test('an entry of several payments is as many lines, and has to be their sum', async () => {
  const part = (reference: string, rial: number) =>
    `<TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs><Amt Ccy="IRR">${rial}</Amt></TxDtls>`;
  const whole = statementXml([{ reference: 'x', rial: 400n }], { messageId: 'M' });
  const of = (rial: number) =>
    whole.replace(/<TxDtls>.*<\/TxDtls>/s, part('a', 100) + part('b', rial));
  expect((await read(of(300))).lines).toMatchObject([
    { line: 1, kind: 'paid', reference: 'A', amountRial: 100n, bankReference: '1' },
    { line: 2, kind: 'paid', reference: 'B', amountRial: 300n },
  ]);
  expect(await codeOf(read(of(301)))).toBe('financing.control_differs');
});

test('a status report tells of payments, returns and what is on the way', async () => {
  const { lines, head } = await read(
    reportXml('R-1', [
      { reference: '04AAA', code: 'ACSC', rial: 5n, bankReference: 'B-5' },
      { reference: '04BBB', code: 'RJCT', rial: 6n, reason: 'AC01' },
      { reference: '04CCC', code: 'ACSP', rial: 7n },
      { reference: '04DDD', code: 'ACSC', rial: 8n },
    ]),
  );
  expect(head).toEqual({ kind: 'pain.002', messageId: 'R-1' });
  expect(lines.map(({ kind }) => kind)).toEqual(['paid', 'returned', 'pending', 'pending']);
  expect(lines[1]).toMatchObject({ amountRial: 6n, note: 'AC01', bookedOn: '2022-06-22' });
  const wrong = reportXml('R-2', [{ reference: 'A', code: 'ACSP', rial: 5n }], 6n);
  expect(await codeOf(read(wrong))).toBe('financing.control_differs');
});

const doctype = '<!DOCTYPE d [<!ENTITY a "x">]>';
const good = statementXml(bookings.slice(0, 2), { messageId: 'M' });
const opening = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">';
test.for([
  ['empty', '', 'financing.file_empty'],
  ['blank', ' \n\t', 'financing.file_empty'],
  ['not XML', 'not a statement', 'financing.not_xml'],
  ['broken XML', good.replace('</Ntry>', '</Stmt>'), 'financing.not_xml'],
  ['cut in a tag', good.slice(0, -100), 'financing.xml_cut'],
  ['cut between tags', good.slice(0, good.indexOf('</Ntry>') + 7), 'financing.xml_cut'],
  ['with a document type', good.replace('?>', `?>${doctype}`), 'financing.xml_forbidden'],
  ['with an entity', good.replace('>M<', '>&a;<'), 'financing.not_xml'],
  ['too deep', opening + '<a>'.repeat(50), 'financing.xml_too_large'],
  ['too long a text', good.replace('>M<', `>${'x'.repeat(5_000)}<`), 'financing.xml_too_large'],
  ['too long a comment', `${opening}<!--${'x'.repeat(600_000)}`, 'financing.xml_too_large'],
  [
    'another version',
    good.replace('camt.053.001.08', 'camt.053.001.02'),
    'financing.unknown_message',
  ],
  ['another sum', statementXml(bookings, { messageId: 'M', sum: 1n }), 'financing.control_differs'],
  [
    'another count',
    statementXml(bookings, { messageId: 'M', count: 9 }),
    'financing.control_differs',
  ],
  ['nothing happened', statementXml([], { messageId: 'M' }), 'read'],
] as const)('a file that is %s', async ([, content, code]) => {
  expect(await codeOf(read(content))).toBe(code);
});

test('a statement of an account with another bank is refused', async () => {
  const account = shebaOf('019', 5);
  const other = statementXml(bookings, { messageId: 'M', account });
  expect(await codeOf(read(other))).toBe('financing.other_banks_file');
  expect(await codeOf(read(other, 'x', ['019']))).toBe('read');
});

const batch: BatchOfOrders = {
  id: '01890000-0000-7000-8000-000000000001',
  bankId: 'MELLAT',
  sentOn: '2022-06-22',
  recordedAt: new Date('2022-06-22T08:00:00Z'),
  controlRial: 700_000_000n,
  orders: [
    { reference: '04AAA', creditorName: '<فاطمه & رضایی>', iban: sheba, amountRial: 300_000_000n },
    { reference: '04BBB', creditorName: 'علی', iban: null, amountRial: 400_000_000n },
  ],
};

async function bytesOf(write: (out: PassThrough) => Promise<void>): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), write(out)]);
  return bytes;
}

test.for(['fa', 'en'] as const)(
  'the plain form (%s) comes back filled in, as CSV or workbook',
  async (locale) => {
    const rows: (readonly (string | bigint | null | number | boolean | { date: string })[])[] = [];
    for await (const row of plainRows(batch.orders, locale)) rows.push(row);
    const told = [
      [
        ...(rows[0] ?? []).slice(0, 4),
        locale === 'fa' ? 'پرداخت شد' : 'paid',
        'B-1',
        '1401/04/01',
        '',
      ],
      rows[1] ?? [],
      rows[2] ?? [],
    ];
    const header = plainHeader(locale);
    const csv = await bytesOf((out) => writeCsv(out, header, told));
    const sheet = { ...plainSheet(batch.orders, locale), rows: told };
    const xlsx = await bytesOf((out) => writeWorkbook(out, [sheet]));
    for (const content of [csv, xlsx]) {
      const { lines, head } = await read(content, 'answer');
      expect(head).toEqual({ kind: 'plain', messageId: '' });
      expect(lines).toMatchObject([
        {
          kind: 'paid',
          reference: '04AAA',
          amountRial: 300_000_000n,
          bookedOn: '2022-06-22',
          iban: sheba,
        },
        { kind: 'pending', reference: '04BBB', amountRial: 400_000_000n, fault: null },
      ]);
    }
    const cut = await bytesOf((out) => writeCsv(out, header, told.slice(0, 2)));
    expect(await codeOf(read(cut, 'x.csv'))).toBe('financing.total_missing');
    const lost = await bytesOf((out) => writeCsv(out, header, told.slice(1)));
    expect(await codeOf(read(lost, 'x.csv'))).toBe('financing.control_differs');
    const bare = await bytesOf((out) => writeCsv(out, header.slice(0, 4), told));
    expect(await codeOf(read(bare, 'x.csv'))).toBe('financing.columns_missing');
  },
);

/** The published schemas lie outside the project; whoever has them says where. */
const schemas = process.env.ISO20022_SCHEMAS;

test('what is written, and what the tests read, is valid by the published schemas', async ({
  skip,
}) => {
  if (!schemas || !existsSync(schemas)) {
    return skip('not run: ISO20022_SCHEMAS names no folder with the published schemas');
  }
  const { XmlDocument, XsdValidator } = await import('libxml2-wasm');
  const documents = {
    'pain.001.001.09': [
      ...writePain001(4, batch, { directorate: 'اداره کل تعاون', bank: 'بانک ملت' }),
    ].join(''),
    'camt.053.001.08': good,
    'camt.054.001.08': statementXml(bookings, { messageId: 'M', notification: true }),
    'pain.002.001.11': reportXml('R', [
      { reference: 'A', code: 'RJCT', rial: 5n, reason: 'AC01', bankReference: 'B' },
    ]),
  };
  for (const [name, document] of Object.entries(documents)) {
    const schema = XmlDocument.fromBuffer(readFileSync(join(schemas, `${name}.xsd`)));
    const validator = XsdValidator.fromDoc(schema);
    const xml = XmlDocument.fromString(document);
    expect(() => validator.validate(xml), name).not.toThrow();
    xml.dispose();
    validator.dispose();
    schema.dispose();
  }
});

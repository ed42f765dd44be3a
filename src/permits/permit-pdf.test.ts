import { inflateSync } from 'node:zlib';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { generateNationalId } from '../kit/identifiers.ts';
import { qrSvg } from '../platform/qr.ts';
import { PaperError, type PermitPaper, permitPdf, queryPaper, setPaper } from './permit-pdf.ts';

const paper: PermitPaper = {
  law: 'به استناد قانون',
  title: 'مجوز کسب‌وکار خانگی',
  number: '۰۴۱۲۳۴۵۶۷۸۹۰',
  facts: [['دارنده', 'لیلا می‌نژاد']],
  conditionsTitle: 'شرط‌ها',
  conditions: ['بی سروصدا', '#panic() $ \\ <b>'],
  signaturesTitle: 'تأییدها',
  signatures: [{ act: 'امضا', who: 'مریم', organisation: 'اداره', day: '۱ تیر ۱۴۰۱' }],
  stamp: null,
  check: 'بسنجید',
  address: 'http://localhost:8080/p/041234567890',
  hashTitle: 'زنجیره',
  hash: 'ab'.repeat(32),
  version: 'نسخهٔ ۱',
  printedOn: 'چاپ',
  demonstration: null,
};

/** All of a PDF's streams in clear, one after another. */
function streamsOf(pdf: Buffer): string[] {
  const found: string[] = [];
  const text = pdf.toString('latin1');
  for (const { index, 0: mark } of text.matchAll(/stream\r?\n/g)) {
    const start = index + mark.length;
    const end = text.indexOf('endstream', start);
    const bytes = pdf.subarray(start, end);
    const packed = bytes[0] === 0x78;
    found.push((packed ? inflateSync(bytes) : bytes).toString('latin1'));
  }
  return found;
}

/** The texts that the PDF's own tables give back for its glyphs: what a reader copies or searches. */
function textOf(pdf: Buffer): string {
  const maps = streamsOf(pdf).filter((stream) => stream.includes('beginbfchar'));
  const letters = maps.flatMap((map) =>
    [...map.matchAll(/<[0-9a-fA-F]+> <([0-9a-fA-F]+)>/g)].map(([, hex = '']) =>
      Buffer.from(hex, 'hex').swap16().toString('utf16le'),
    ),
  );
  return letters.join('');
}

describe('the paper', () => {
  test('is PDF/A of one A4 page, its font inside, its letters readable', () => {
    const pdf = permitPdf(paper, new Date('2022-06-22T08:00:00Z'));
    const raw = pdf.toString('latin1');
    expect(raw.startsWith('%PDF-')).toBe(true);
    const all = [raw, ...streamsOf(pdf)].join('\n');
    expect(all).toMatch(/\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);
    expect(all).toMatch(/\/Count 1\b/);
    expect(all).toMatch(/\/FontName \/[A-Z]{6}\+Vazirmatn/);
    expect(all).toMatch(/\/FontFile[23]/);
    expect(all).toContain('pdfaid:part');
    for (const letter of 'مجوزلیا۰۴۱') expect(textOf(pdf)).toContain(letter);
  });

  test('is the same for the same paper and moment', () => {
    const at = new Date('2022-06-22T08:00:00Z');
    expect(permitPdf(paper, at).equals(permitPdf(paper, at))).toBe(true);
  });

  test('reads from the right, in Persian', () => {
    const headings = JSON.stringify(queryPaper(paper, 'heading'));
    expect(headings).toContain('شرط‌ها');
    const typst = NodeCompiler.create({});
    const probe = '#context metadata(text.dir == rtl)';
    const template = `#set text(lang: "fa", dir: rtl)\n${probe}`;
    const found = typst.query(setPaper(typst, template, paper), { selector: 'metadata' });
    expect(JSON.stringify(found)).toContain('true');
  });

  test('that cannot be set says why', () => {
    const typst = NodeCompiler.create({});
    expect(() => setPaper(typst, '#unknown(', paper)).toThrow(PaperError);
    expect(() => setPaper(typst, '#unknown(', paper)).toThrow(/unclosed/);
  });

  test('has a code whose squares are drawn, not fetched', () => {
    const svg = qrSvg(paper.address);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="-2 -2 \d+ \d+">/);
    expect(svg.match(/h1v1h-1z/g)?.length).toBeGreaterThan(200);
    expect(qrSvg(`${paper.address}1`)).not.toBe(svg);
  });
});

describe('the paper of a case', () => {
  let house: TestHouse;
  let expert: Caller;
  let code: string;
  beforeAll(async () => {
    house = await testHouse();
    expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
    const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
    const person = {
      nationalId: generateNationalId('274', 9),
      idKind: 'national',
      firstName: 'لیلا',
      lastName: 'کاغذی',
      sex: 'female',
    };
    const household = { countyId: '0401', area: 'urban', address: 'کوچهٔ یکم' };
    const body = { person, household, kind: 'independent', occupationId: 'tailoring' };
    code = (await expert.post('/api/permits', body)).body.code;
    expect((await expert.get(`/api/permits/${code}/permit.pdf`)).status).toBe(404);
    await expert.post(`/api/permits/${code}/sign`);
    await director.post(`/api/permits/${code}/grant`);
  });
  afterAll(() => house.close());

  const paperFor = (who: Caller) => who.get(`/api/permits/${code}/permit.pdf`);

  test('is there for who sees the case', async () => {
    const reply = await paperFor(expert);
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/pdf');
    expect(reply.headers['cache-control']).toBe('private, no-store');
    expect(String(reply.body).startsWith('%PDF-')).toBe(true);
    for (const role of [
      'officer',
      'director',
      'counter',
      'admin',
      'auditor',
      'ministry',
    ] as const) {
      expect((await paperFor(await house.signIn({ role }))).status, role).toSatisfy(
        (status: number) => status === 200 || (role === 'counter' && status === 403),
      );
    }
  });

  test('and for nobody else', async () => {
    expect((await paperFor(house.nobody)).status).toBe(401);
    const strangers = [
      { role: 'expert', organisationId: 'AGRI' },
      { role: 'bank', organisationId: 'MELLI' },
      { role: 'citizen' },
      { role: 'officer', provinceId: 3 },
    ] as const;
    for (const stranger of strangers) {
      const reply = await paperFor(await house.signIn(stranger));
      expect(reply.status, JSON.stringify(stranger)).toBe(404);
    }
    for (const role of ['inspector', 'supporter'] as const) {
      expect([403, 404]).toContain((await paperFor(await house.signIn({ role }))).status);
    }
  });
});

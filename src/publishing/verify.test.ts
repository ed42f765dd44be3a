import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { homeProvince } from '../app.ts';
import { generateNationalId, makePermitNumber } from '../kit/identifiers.ts';
import { toPersianDigits } from '../kit/persian-text.ts';
import { openSpreadsheet, writeWorkbook } from '../platform/spreadsheet/index.ts';
import { checkNumbers, readNumbers } from './index.ts';

let house: TestHouse;
const numbers: string[] = [];
const reason = 'آزمون';

beforeAll(async () => {
  house = await testHouse();
  const expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  for (const [serial, verb] of ['', 'suspend', 'revoke', 'end'].entries()) {
    const code = await issue(expert, director, serial + 1);
    numbers.push((await director.get(`/api/cases/${code}`)).body.permit.number);
    if (verb)
      expect((await director.post(`/api/permits/${code}/${verb}`, { reason })).status).toBe(200);
  }
});
afterAll(() => house.close());

async function issue(expert: Caller, director: Caller, serial: number): Promise<string> {
  const person = {
    nationalId: generateNationalId('274', serial),
    idKind: 'national',
    firstName: 'لیلا',
    lastName: `دسته‌نژاد ${serial}`,
    sex: 'female',
  };
  const household = { countyId: '0401', area: 'urban', address: 'کوچه آزمون' };
  const body = { person, household, kind: 'independent', occupationId: 'tailoring' };
  const { code } = (await expert.post('/api/permits', body)).body;
  await expert.post(`/api/permits/${code}/sign`, { conditions: ['بی سروصدا'] });
  await director.post(`/api/permits/${code}/grant`);
  return code;
}

const statuses = ['valid', 'suspended', 'revoked', 'ended'];
const typedForms = (number: string) => [
  number,
  toPersianDigits(number),
  number.replace(/(.{4})/g, '$1-'),
  ` ${number} `,
  String(Number(number)),
];

describe('a batch', () => {
  test('says of each number what its page says, however it is typed, in order', async () => {
    const typed = [...numbers.flatMap(typedForms), makePermitNumber(4), '', 'x', numbers[0] ?? ''];
    const reply = await house.nobody.post('/api/verify', { numbers: typed });
    expect(reply.status).toBe(200);
    const { items, checkedOn } = reply.body;
    expect(checkedOn).toBe('2022-06-22');
    expect(items.map((one: { typed: string }) => one.typed)).toEqual(typed);
    for (const item of items.filter((one: { typed: string }) => one.typed.trim() !== '')) {
      const path = `/p/${encodeURIComponent(item.typed)}?format=json`;
      const page = await house.app.inject({ url: path, remoteAddress: '10.0.0.3' });
      const { status, since, validUntil, number } = page.json();
      if (item.status === 'unknown') expect(page.statusCode).toBe(404);
      else expect(item).toMatchObject({ status, since, validUntil, number });
    }
    const five = items.slice(0, 20).map((one: { status: string }) => one.status);
    expect(five).toEqual(statuses.flatMap((status) => Array(5).fill(status)));
  });

  test('tells nothing of a holder', async () => {
    const { body } = await house.nobody.post('/api/verify', { numbers });
    expect(JSON.stringify(body)).not.toMatch(/لیلا|دسته|کوچه/);
  });

  test('has a bound', async () => {
    const many = Array.from({ length: 50_001 }, () => '1');
    expect((await house.nobody.post('/api/verify', { numbers: many })).status).toBe(400);
    const all = await checkNumbers(house.database, many.slice(1), homeProvince, '2022-06-22');
    expect(all).toHaveLength(50_000);
  });
});

describe('the page', () => {
  const page = { accept: 'text/html' };
  test.each([
    [1, 'این مجوز تعلیق شده است'],
    [2, 'این مجوز لغو شده است'],
    [3, 'این مجوز پایان یافته است'],
  ])('of permit %i says %s, and since when', async (nth, words) => {
    const { body } = await house.nobody.get(`/p/${numbers[nth]}`, page);
    expect(body).toContain(words);
    expect(body).toContain('۱ تیر ۱۴۰۱');
    expect(body).not.toContain('کوچه آزمون');
  });

  test('shows the conditions', async () => {
    expect((await house.nobody.get(`/p/${numbers[0]}`, page)).body).toContain('بی سروصدا');
  });

  test('of many has a form that works without JavaScript', async () => {
    const { status, body } = await house.nobody.get('/p/batch', page);
    expect(status).toBe(200);
    expect(body).toContain(
      'action="/api/verify/sheet" method="post" enctype="multipart/form-data"',
    );
    expect((await house.nobody.get('/p', page)).body).toContain('href="/p/batch"');
  });
});

async function upload(name: string, bytes: Uint8Array, headers: Record<string, string> = {}) {
  const form = new FormData();
  form.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
  const body = new Response(form);
  return house.app.inject({
    method: 'POST',
    url: '/api/verify/sheet?lang=fa',
    headers: { 'content-type': body.headers.get('content-type') ?? '', ...headers },
    payload: Buffer.from(await body.arrayBuffer()),
  });
}

async function rowsOf(bytes: Uint8Array): Promise<string[][]> {
  const sheet = await openSpreadsheet({ bytes });
  const rows: string[][] = [];
  for await (const batch of sheet.batches) {
    for (const { cells } of batch.rows) rows.push(cells.map((cell) => String(cell ?? '')));
  }
  return rows;
}

describe('a spreadsheet', () => {
  test('as csv comes back with what each number is worth', async () => {
    const lines = ['نام,شماره مجوز', ...numbers.map((number) => `الف,${number}`), 'ب,123'];
    const reply = await upload('list.csv', Buffer.from(lines.join('\n')));
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-disposition']).toContain('permits.csv');
    const rows = await rowsOf(reply.rawPayload);
    expect(rows[0]).toEqual(expect.arrayContaining(['نام', 'شماره مجوز', 'وضعیت']));
    const worth = rows.slice(1).map((row) => row[3]);
    const said = ['معتبر', 'تعلیق‌شده', 'لغوشده', 'پایان‌یافته (بی‌دارنده)', 'ناشناخته'];
    expect(worth).toEqual(said);
  });

  test('as xlsx comes back as xlsx, its likeliest column found', async () => {
    const out = new PassThrough();
    const rows = numbers.map((number, at) => [`ردیف ${at}`, number]);
    const sheet = { name: 'x', rightToLeft: true, header: ['ردیف', 'کد'], rows };
    const [bytes] = await Promise.all([buffer(out), writeWorkbook(out, [sheet])]);
    const reply = await upload('list.xlsx', bytes);
    expect(reply.statusCode).toBe(200);
    const answered = await rowsOf(reply.rawPayload);
    expect(answered.slice(1).map((row) => row[2])).toEqual(numbers);
    expect(answered[1]?.[3]).toBe('معتبر');
  });

  test('that is none is a page for a browser and a problem for a program', async () => {
    const page = await upload('x.xlsx', Buffer.from('PK\u0003\u0004nothing'), {
      accept: 'text/html',
    });
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('این فایل را نمی‌شود خواند');
    const plain = await upload('x.csv', Buffer.alloc(0), { accept: 'application/json' });
    expect(plain.json()).toMatchObject({ code: 'publishing.bad_sheet' });
  });

  test('of plain lines is read from a file too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'karkhaneh-verify-'));
    const path = join(folder, 'list.csv');
    await writeFile(path, numbers.join('\n'));
    expect((await readNumbers({ path }, [])).numbers).toEqual(numbers);
    await rm(folder, { recursive: true });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, publicUrl, type TestHouse, testHouse } from '../../../test/house.ts';
import { headers, permitRow, personId, row, workbookOf } from '../../../test/register-office.ts';
import { makeWorkbook } from '../../../test/workbook-bytes.ts';
import { jobHandlers } from '../../app.ts';
import { encodeCode } from '../../kit/code.ts';
import { startWorker, type Worker } from '../../platform/jobs.ts';
import { outboxSms } from '../../platform/sms.ts';
import { openSpreadsheet, type WrittenCell } from '../../platform/spreadsheet/index.ts';
import { silentLog } from '../../platform/telemetry.ts';
import type { RegisterKind } from './fields.ts';

let house: TestHouse;
let officer: Caller;
let worker: Worker;

beforeAll(async () => {
  house = await testHouse();
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const handlers = jobHandlers({ sms: outboxSms, files: house.files, publicUrl });
  worker = await startWorker(house.database, handlers, { clock: house.clock, log: silentLog });
});
afterAll(async () => {
  await worker.stop();
  await house.close();
});

function formOf(kind: string, bytes: Uint8Array, dryRun: boolean, name = 'دفتر.xlsx'): FormData {
  const form = new FormData();
  form.set('kind', kind);
  form.set('dryRun', String(dryRun));
  form.set('file', new Blob([Uint8Array.from(bytes)]), name);
  return form;
}

async function send(kind: string, bytes: Uint8Array, dryRun = false) {
  const sent = await officer.upload('/api/imports', formOf(kind, bytes, dryRun));
  expect(sent.status).toBe(202);
  return ended(sent.body.code);
}

async function ended(code: string) {
  for (;;) {
    const { body, status } = await officer.get(`/api/imports/${code}?lang=en`);
    expect(status).toBe(200);
    if (body.state === 'done' || body.state === 'failed') return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function bring<K extends RegisterKind>(
  kind: K,
  rows: readonly (readonly WrittenCell[])[],
  dryRun = false,
) {
  return send(kind, await workbookOf(headers[kind], rows), dryRun);
}

async function issued(): Promise<number> {
  const { body } = await officer.get('/api/figures?province=04&from=1400-01-01&to=1401-03-31');
  return body.measures.permits_issued;
}

describe('a register sent in', () => {
  const rows = [permitRow(1), permitRow(2), permitRow(3, { شهرستان: 'ناکجاآباد' })];

  test('is checked first, row by row, and nothing is recorded', async () => {
    const checked = await bring('permits', rows, true);
    expect(checked).toMatchObject({
      ...{ kind: 'permits', dryRun: true, state: 'done', progress: 1, problem: null },
      fileName: 'دفتر.xlsx',
      counts: { read: 3, accepted: 2, unchanged: 0, rejected: 1, doubtful: 0 },
    });
    expect(await issued()).toBe(0);
    const { body } = await officer.get(`/api/imports/${checked.code}/rows?limit=2`);
    expect(body).toMatchObject({ total: 3, next: '3' });
    expect(body.items[0]).toMatchObject({ row: 2, verdict: 'accepted', faults: [] });
    expect(body.items[0].summary).toContain('WA-1');
    const next = await officer.get(`/api/imports/${checked.code}/rows?cursor=${body.next}`);
    expect(next.body.items).toEqual([expect.objectContaining({ row: 4, verdict: 'rejected' })]);
    const refused = await officer.get(`/api/imports/${checked.code}/rows?verdict=rejected&lang=fa`);
    expect(refused.body.items[0].faults).toEqual([
      {
        ...{ column: 'شهرستان', value: 'ناکجاآباد', code: 'county_unknown' },
        reason: 'در فهرست شهرستان‌ها نیست.',
      },
    ]);
  });

  test('is recorded once it is confirmed, and the same file again changes nothing', async () => {
    const { code } = await bring('permits', rows, true);
    const confirmed = await officer.post(`/api/imports/${code}/confirm`);
    expect(confirmed.status).toBe(202);
    const run = await ended(confirmed.body.code);
    expect(run).toMatchObject({ dryRun: false, counts: { read: 3, accepted: 2, rejected: 1 } });
    expect(await issued()).toBe(2);
    const again = await bring('permits', rows);
    expect(again.counts).toMatchObject({ read: 3, accepted: 0, unchanged: 2, rejected: 1 });
    expect(await issued()).toBe(2);
    const notChecked = await officer.post(`/api/imports/${again.code}/confirm`);
    expect(notChecked).toMatchObject({ status: 409, body: { code: 'figures.import_not_checked' } });
    const { body } = await officer.get('/api/imports');
    expect(body.items.map((one: { code: string }) => one.code)).toContain(again.code);
  });

  test('gives its refused rows back as a spreadsheet to put right', async () => {
    const { code } = await bring('permits', [permitRow(4, { شهرستان: 'ناکجاآباد' })]);
    const {
      status,
      bytes,
      headers: said,
    } = await officer.get(`/api/imports/${code}/rejected.xlsx`);
    expect(status).toBe(200);
    expect(String(said['content-disposition'])).toContain('rejected.xlsx');
    const { batches } = await openSpreadsheet({ bytes });
    const cells: unknown[] = [];
    for await (const batch of batches) cells.push(...batch.rows.map((one) => one.cells));
    expect(cells).toHaveLength(2);
    expect(JSON.stringify(cells)).toContain('در فهرست شهرستان‌ها نیست.');
  });

  test('is taken once, however often it is sent with one key', async () => {
    const key = randomUUID();
    const bytes = await workbookOf(headers.permits, [permitRow(5)]);
    const kept = house.files.kept.size;
    const first = await officer.upload('/api/imports', formOf('permits', bytes, true), key);
    const second = await officer.upload('/api/imports', formOf('permits', bytes, true), key);
    expect(second.body).toEqual(first.body);
    expect(house.files.kept.size).toBe(kept + 1);
    const other = await officer.upload('/api/imports', formOf('jobs', bytes, true), key);
    expect(other).toMatchObject({ status: 409, body: { code: 'platform.operation_reused' } });
    expect(house.files.kept.size).toBe(kept + 1);
  });

  test('is nobody’s business but the office’s', async () => {
    const { code } = await bring('permits', [permitRow(6)], true);
    const expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
    const elsewhere = await house.signIn({ role: 'director', provinceId: 5 });
    for (const path of [`/api/imports/${code}`, `/api/imports/${code}/rows`, '/api/matches']) {
      expect((await house.nobody.get(path)).status, path).toBe(401);
      expect((await expert.get(path)).status, path).toBe(403);
    }
    expect((await elsewhere.get(`/api/imports/${code}`)).status).toBe(404);
    expect((await elsewhere.get(`/api/imports/${code}/rejected.xlsx`)).status).toBe(404);
    expect((await elsewhere.post(`/api/imports/${code}/confirm`)).status).toBe(404);
    const kept = house.files.kept.size;
    const form = formOf('permits', Buffer.from('x'), true);
    expect((await expert.upload('/api/imports', form)).status).toBe(403);
    expect(house.files.kept.size).toBe(kept);
  });
});

describe('a form that is none', () => {
  test.for([
    ['without a file', () => new FormData(), '/file'],
    ['of another kind', () => formOf('loans', Buffer.from('x'), true), '/kind'],
    ['without dryRun', () => withoutDryRun(), '/dryRun'],
  ] as const)('%s is refused', async ([, form, pointer]) => {
    const kept = house.files.kept.size;
    const { status, body } = await officer.upload('/api/imports', form());
    expect(status).toBe(400);
    expect(body.code).toBe('platform.bad_request');
    expect(JSON.stringify(body.faults)).toContain(pointer === '/dryRun' ? 'pointer' : pointer);
    expect(house.files.kept.size).toBe(kept);
  });

  function withoutDryRun(): FormData {
    const form = formOf('permits', Buffer.from('x'), true);
    form.delete('dryRun');
    return form;
  }

  test('but JSON is not a form', async () => {
    const { status } = await officer.post('/api/imports', { kind: 'permits' });
    expect(status).toBe(415);
  });
});

describe('a file that cannot be read', () => {
  const wide = () =>
    workbookOf(
      Array.from({ length: 10_000 }, (_, at) => `ستون ${at}`),
      [[1]],
    );
  test.for([
    ['not a spreadsheet', async () => Buffer.from('%PDF-1.7 …'), 'spreadsheet.not_a_spreadsheet'],
    ['empty', async () => Buffer.alloc(0), 'spreadsheet.empty'],
    ['cut short', async () => (await jobs()).subarray(0, 900), 'spreadsheet.damaged'],
    ['a zip bomb', async () => makeWorkbook({ rows: ' '.repeat(3e7) }), 'spreadsheet.zip_bomb'],
    ['of 10,000 columns', wide, 'spreadsheet.too_many_columns'],
    ['another register', () => jobs(), 'registers.wrong_kind'],
    ['without rows', () => workbookOf(headers.permits, []), 'registers.no_rows'],
    [
      'without its columns',
      () => workbookOf(['شماره مجوز', 'کد ملی'], [['WA-1', personId(1)]]),
      'registers.missing_columns',
    ],
  ] as const)('(%s) is told so, and leaves nothing', async ([, make, code]) => {
    const run = await send('permits', await make());
    expect(run).toMatchObject({ state: 'failed', problem: { code } });
    expect(run.problem.title).toMatch(/^[A-Z].*/);
    expect(run.problem.title).not.toContain('{');
    expect(run.counts.read).toBe(0);
  });

  test('says which columns are wanting', async () => {
    const run = await send('permits', await workbookOf(['شماره مجوز', 'کد ملی'], [['1', '2']]));
    expect(run.problem.title).toContain('occupation');
  });

  test('says that the unit of money is not said', async () => {
    const plain = headers.referrals.map((header) => header.replace(' (میلیون تومان)', ''));
    const run = await send('referrals', await workbookOf(plain, [[1, 2, 3, 4, 5, 6, 7, 8]]));
    expect(run.problem.code).toBe('registers.unit_unknown');
  });

  const jobs = () => workbookOf(headers.jobs, [row('jobs', { 'کد ملی شاغل': personId(1) })]);
});

describe('a doubtful row', () => {
  /** The permit number is nobody's, but the person has a case. */
  const doubtful = (n: number, millions = 40) =>
    row('referrals', {
      'شماره مجوز': `WA-${n}000`,
      'کد ملی': personId(n),
      'رشته شغلی': 'خیاطی',
      'بانک عامل': 'ملت',
      'مبلغ تسهیلات (میلیون تومان)': millions,
      'تعداد اشتغال پیش‌بینی شده': 1,
      'تاریخ معرفی به بانک': '1400/03/01',
    });
  const open = async () => (await officer.get('/api/matches?lang=en')).body;

  beforeAll(async () => {
    await bring('permits', [permitRow(31), permitRow(32)]);
  });

  test('waits for a person, once, however often it comes', async () => {
    const tried = await bring('referrals', [doubtful(31)], true);
    expect(tried.counts).toMatchObject({ rejected: 1, doubtful: 1 });
    expect((await open()).items).toEqual([]);
    for (const _ of [1, 2]) {
      const run = await bring('referrals', [doubtful(31), doubtful(32, 30)]);
      expect(run.counts).toMatchObject({ read: 2, accepted: 0, rejected: 2, doubtful: 2 });
      const { body } = await officer.get(`/api/imports/${run.code}/rows?verdict=doubtful`);
      expect(body.items).toHaveLength(2);
    }
    const { total, items } = await open();
    expect(total).toBe(2);
    expect(items[0]).toMatchObject({
      ...{ kind: 'referrals', row: 2, permitNumber: 'WA-31000', happenedOn: '2021-05-22' },
      ...{ rial: '400000000', occupation: { id: 'tailoring' } },
      reason: 'the permit number is not on record, but the person has a case',
      candidates: [{ permitNumber: 'WA-31' }],
    });
  });

  test('is recorded in the case that a person points at, and then known', async () => {
    const [first] = (await open()).items;
    const [{ caseCode }] = first.candidates;
    const nowhere = encodeCode(4, randomUUID());
    const lost = await officer.post(`/api/matches/${first.id}/accept`, { caseCode: nowhere });
    expect(lost.status).toBe(404);
    const { status, body } = await officer.post(`/api/matches/${first.id}/accept`, { caseCode });
    expect(status).toBe(200);
    expect(body).toEqual({ state: 'accepted', verdict: 'accepted' });
    const plans = await officer.get(`/api/cases/${caseCode}/plans`);
    expect(plans.body.plans).toHaveLength(1);
    const again = await officer.post(`/api/matches/${first.id}/accept`, { caseCode });
    expect(again).toMatchObject({ status: 409, body: { code: 'figures.match_decided' } });
    const run = await bring('referrals', [doubtful(31)]);
    expect(run.counts).toMatchObject({ read: 1, unchanged: 1, rejected: 0 });
  });

  test('goes nowhere that the rules forbid, and stays open', async () => {
    const [second] = (await open()).items;
    const { body: cases } = await officer.get('/api/cases?q=WA-31');
    const caseCode = cases.items[0].code;
    const refused = await officer.post(`/api/matches/${second.id}/accept`, { caseCode });
    expect(refused).toMatchObject({ status: 409, body: { code: 'figures.match_refused' } });
    expect(refused.body.title).toContain('۳۰۰٬۰۰۰٬۰۰۰');
    const still = (await open()).items;
    expect(still).toEqual([second]);
    await officer.post(`/api/matches/${second.id}/dismiss`);
  });

  test('put aside is not asked about again', async () => {
    await bring('permits', [permitRow(33)]);
    await bring('referrals', [doubtful(33)]);
    const [third] = (await open()).items;
    const put = await officer.post(`/api/matches/${third.id}/dismiss`, { reason: 'اشتباه است' });
    expect(put).toMatchObject({ status: 200, body: { state: 'dismissed' } });
    const run = await bring('referrals', [doubtful(33)]);
    expect(run.counts).toMatchObject({ rejected: 1, doubtful: 0 });
    const { body } = await officer.get(`/api/imports/${run.code}/rows?lang=fa`);
    expect(body.items[0].faults[0].reason).toContain('اشتباه است');
    expect((await open()).items).toEqual([]);
  });
});

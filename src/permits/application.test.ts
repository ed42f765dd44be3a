import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf, keepDocument, sendDocument, signInByCode } from '../../test/applicant.ts';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { jpegBytes, pdfBytes, pngBytes } from '../../test/picture-bytes.ts';
import { generateNationalId } from '../kit/identifiers.ts';

let house: TestHouse;
let expert: Caller;
let serial = 0;

beforeAll(async () => {
  house = await testHouse();
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
});
afterAll(() => house.close());

const mobileOf = (n: number) => `0914${String(n).padStart(7, '0')}`;

function person(n: number, more: object = {}) {
  return {
    nationalId: generateNationalId('275', n),
    idKind: 'national',
    firstName: 'لیلا',
    lastName: `درخواستی ${n}`,
    birthOn: '1990-05-01',
    sex: 'female',
    ...more,
  };
}

/** A citizen who has said who they are. */
async function citizen(): Promise<Caller> {
  serial += 1;
  const phone = await signInByCode(house, mobileOf(serial));
  expect((await phone.post('/api/my/identity', person(serial))).status).toBe(200);
  return phone;
}

const what = { kind: 'independent', occupationId: 'tailoring' };
const where = { countyId: '0401', area: 'urban', address: 'کوچه دوم' };
const yes = Object.fromEntries([3, 4, 5, 6, 7, 8, 9, 10, 12].map((n) => [n, true]));
const work = { conditions: yes, plan: 'مانتو می‌دوزم' };

async function draft(phone: Caller, answers: object = {}): Promise<string> {
  const reply = await phone.post('/api/drafts', answers);
  expect(reply.status).toBe(201);
  return reply.body.code;
}

async function allDocuments(phone: Caller, code: string): Promise<void> {
  const { about } = (await phone.get(`/api/drafts/${code}`)).body;
  for (const { number } of about.documents) {
    const sent = { draft: code, number, type: 'image/jpeg' };
    expect((await sendDocument(house, phone, sent, jpegBytes())).body.state).toBe('kept');
  }
}

async function submitted(phone: Caller): Promise<string> {
  const code = await draft(phone, { what, where, work });
  await allDocuments(phone, code);
  const reply = await phone.post(`/api/drafts/${code}/submit`, { version: 1 });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body.code;
}

describe('before anything is filled in', () => {
  test('anybody finds an occupation by plain words, and what it asks for', async () => {
    const q = encodeURIComponent('لباس میدوزم');
    const { items } = (await house.nobody.get(`/api/occupations/search?q=${q}&sex=female`)).body;
    const it = items.find(({ id }: { id: string }) => id === 'tailoring');
    expect(it).toMatchObject({ agency: { id: 'SMT' }, clearances: [], days: { clearance: null } });
    const numbers = it.documents.map(({ number }: { number: number }) => number);
    expect(numbers).toEqual([21, 22, 23, 24, 26, 28]);
    expect(it.questions.length).toBe(9);
  });

  test('a food occupation names its clearing body and the health card', async () => {
    const [it] = (await house.nobody.get('/api/occupations/search?id=jam-making')).body.items;
    expect(it.clearances.map(({ id }: { id: string }) => id)).toEqual(['HEALTH']);
    expect(it.days.clearance.value).toBeGreaterThan(0);
    const numbers = it.documents.map(({ number }: { number: number }) => number);
    expect(numbers).toContain(27);
    expect(it.documents.find(({ number }: { number: number }) => number === 25).menOnly).toBe(true);
  });

  test.for([
    [yes, true, [], 0],
    [{ ...yes, 6: false, 9: false }, false, [6, 9], 0],
    [{}, false, [], 9],
  ] as const)('eligibility by answers %j', async ([answers, eligible, unmet, open]) => {
    const { body } = await house.nobody.post('/api/eligibility', { ...what, answers });
    expect(body.eligible).toBe(eligible);
    expect(body.unmet.map(({ number }: { number: number }) => number)).toEqual(unmet);
    expect(body.unanswered.length).toBe(open);
  });
});

describe('who one is', () => {
  test('an application begins with it', async () => {
    const phone = await signInByCode(house, '09149990001');
    const reply = await phone.post('/api/drafts', {});
    expect(reply).toMatchObject({ status: 409, body: { code: 'permits.identity_missing' } });
  });

  test('a wrong digit is refused, and the person is said once', async () => {
    const phone = await signInByCode(house, '09149990002');
    const wrong = await phone.post('/api/my/identity', person(7001, { nationalId: '1234567890' }));
    expect(wrong.body.code).toBe('accounts.not_a_national_id');
    const said = await phone.post('/api/my/identity', person(7001));
    expect(said.body.person).toMatchObject({ state: 'unconfirmed', mobile: '09149990002' });
    const other = await phone.post('/api/my/identity', person(7002));
    expect(other.body.code).toBe('accounts.needs_counter');
  });

  test('another mobile cannot take a person over; the counter can tie them anew', async () => {
    const first = await signInByCode(house, '09149990003');
    await first.post('/api/my/identity', person(7003));
    const thief = await signInByCode(house, '09149990004');
    const taken = await thief.post('/api/my/identity', person(7003));
    expect(taken).toMatchObject({ status: 409, body: { code: 'accounts.needs_counter' } });
    expect(JSON.stringify(taken.body)).not.toContain('درخواستی');
    const counter = await house.signIn({ role: 'counter' });
    const { nationalId } = person(7003);
    const tied = await counter.post('/api/people/mobile', { nationalId, mobile: '09149990004' });
    expect(tied.body.person.mobile).toBe('09149990004');
    expect((await thief.post('/api/my/identity', person(7003))).status).toBe(200);
    expect((await first.get('/api/my/identity')).body.person).toBeNull();
  });
});

describe('a draft', () => {
  test('goes on where it was, on another device, and a late save is told', async () => {
    const phone = await citizen();
    const code = await draft(phone, { what });
    const first = await phone.post(`/api/drafts/${code}/answers`, {
      version: 1,
      answers: { where },
    });
    expect(first.body).toMatchObject({ version: 2, answers: { what, where } });
    const other = await signInByCode(house, mobileOf(serial));
    expect((await other.get(`/api/drafts/${code}`)).body.answers.where).toEqual(where);
    const late = await other.post(`/api/drafts/${code}/answers`, { version: 1, answers: { work } });
    expect(late).toMatchObject({ status: 409, body: { code: 'permits.draft_changed' } });
    expect(late.body.details).toEqual({ given: 1, record: 2 });
    expect((await other.get('/api/drafts')).body.items[0].lacking).toEqual(['work', 'documents']);
  });

  test('says what it lacks, page by page', async () => {
    const phone = await citizen();
    const code = await draft(phone, { what });
    const reply = await phone.post(`/api/drafts/${code}/submit`, { version: 1 });
    expect(reply).toMatchObject({ status: 422, body: { code: 'permits.draft_incomplete' } });
    const pointers = reply.body.faults.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(['/where', '/work', '/documents']);
  });

  test('is nobody else’s', async () => {
    const code = await draft(await citizen(), { what });
    const stranger = await citizen();
    expect((await stranger.get(`/api/drafts/${code}`)).status).toBe(404);
    expect((await expert.get(`/api/drafts/${code}`)).status).toBe(404);
    const upload = { draft: code, number: 21, type: 'image/jpeg', bytes: 10 };
    expect((await stranger.post('/api/uploads', upload)).status).toBe(404);
  });

  test('becomes a case with its documents, once', async () => {
    const phone = await citizen();
    const code = await draft(phone, { what, where, work });
    await allDocuments(phone, code);
    const key = 'b2f1c1f4-5a51-4c3c-9d55-0d0a53b7a111';
    const sent = await phone.post(`/api/drafts/${code}/submit`, { version: 1 }, key);
    const again = await phone.post(`/api/drafts/${code}/submit`, { version: 1 }, key);
    expect(sent.status).toBe(201);
    expect(again.body).toEqual(sent.body);
    const it = (await phone.get(`/api/cases/${sent.body.code}`)).body;
    expect(it).toMatchObject({ state: 'submitted', where: { holder: 'agency' } });
    const hung = (await expert.get(`/api/cases/${sent.body.code}/application`)).body;
    expect(hung).toMatchObject({ onBehalf: null, identity: 'unconfirmed', plan: work.plan });
    expect(hung.documents.length).toBe(6);
    const late = await phone.post(`/api/drafts/${code}/answers`, { version: 2, answers: {} });
    expect(late.body.code).toBe('permits.draft_closed');
  });
});

describe('documents', () => {
  test('go on from where the line broke', async () => {
    const phone = await citizen();
    const bytes = jpegBytes(300_000);
    const about = { draft: await draft(phone, { what }), number: 22, type: 'image/jpeg' };
    const { code } = (await phone.post('/api/uploads', { ...about, bytes: bytes.length })).body;
    const url = `/api/uploads/${code}`;
    const first = bytes.subarray(0, 200_000);
    expect((await phone.put(`${url}?offset=0`, first)).body.offset).toBe(200_000);
    expect((await phone.put(`${url}?offset=0`, first)).body.offset).toBe(200_000);
    const gap = await phone.put(`${url}?offset=250000`, bytes.subarray(250_000));
    expect(gap).toMatchObject({ status: 409, body: { details: { wanted: 200_000 } } });
    const early = await phone.post(`${url}/finish`, { sha256: digestOf(bytes) });
    expect(early.body.code).toBe('permits.upload_gap');
    const { offset } = (await phone.get(url)).body;
    await phone.put(`${url}?offset=${offset}`, bytes.subarray(offset));
    const done = await phone.post(`${url}/finish`, { sha256: digestOf(bytes) });
    expect(done.body).toMatchObject({ state: 'checking', fault: null });
    await keepDocument(house, code);
    const kept = await phone.get(`/api/documents/${code}`);
    expect(kept.headers['content-type']).toBe('image/jpeg');
    expect(Buffer.compare(kept.body, bytes)).toBe(0);
  });

  test.for([
    ['image/jpeg', pngBytes(), 'type'],
    ['image/png', Buffer.from('<script>alert(1)</script>'), 'type'],
    ['image/jpeg', Buffer.concat([jpegBytes(), Buffer.from('PK\x03\x04')]), 'trailing'],
    ['image/jpeg', jpegBytes().subarray(0, 150), 'damaged'],
    ['application/pdf', pdfBytes('/OpenAction 2 0 R'), 'active'],
  ] as const)('%s that is not what it says is refused', async ([type, bytes, fault]) => {
    const phone = await citizen();
    const sent = { draft: await draft(phone, { what }), number: 24, type };
    const upload = (await sendDocument(house, phone, sent, bytes)).body;
    expect(upload).toMatchObject({ state: 'refused', fault });
    expect((await phone.get(`/api/documents/${upload.code}`)).status).toBe(404);
  });

  test('too large, of another type, under another number: refused at once', async () => {
    const phone = await citizen();
    const about = { draft: await draft(phone), number: 21, type: 'image/jpeg', bytes: 10 };
    const refusal = async (more: object) =>
      (await phone.post('/api/uploads', { ...about, ...more })).body.code;
    expect(await refusal({ bytes: 5_242_881 })).toBe('permits.document_too_large');
    expect(await refusal({ type: 'image/svg+xml' })).toBe('permits.document_type');
    expect(await refusal({ number: 3 })).toBe('permits.condition_missing');
    const { code } = (await phone.post('/api/uploads', about)).body;
    const over = await phone.put(`/api/uploads/${code}?offset=0`, Buffer.alloc(11));
    expect(over.body.code).toBe('permits.document_too_large');
  });

  test('a digest that differs and a virus are said', async () => {
    const phone = await citizen();
    const about = { draft: await draft(phone, { what }), number: 21, type: 'image/jpeg' };
    const infected = { isClean: async () => false };
    const found = (await sendDocument(house, phone, about, jpegBytes(), infected)).body;
    expect(found).toMatchObject({ state: 'refused', fault: 'virus' });
    const begun = (await phone.post('/api/uploads', { ...about, bytes: 3 })).body;
    await phone.put(`/api/uploads/${begun.code}?offset=0`, Buffer.from('abc'));
    const sha256 = '0'.repeat(64);
    const done = await phone.post(`/api/uploads/${begun.code}/finish`, { sha256 });
    expect(done.body).toMatchObject({ state: 'refused', fault: 'digest' });
  });

  test('are seen by who sees the case, and by nobody else', async () => {
    const phone = await citizen();
    const code = await submitted(phone);
    const [one] = (await phone.get(`/api/cases/${code}/application`)).body.documents;
    const url = `/api/documents/${one.code}`;
    const stranger = await citizen();
    const agri = await house.signIn({ role: 'expert', organisationId: 'AGRI' });
    const elsewhere = await house.signIn({ role: 'officer', provinceId: 5 });
    expect((await expert.get(url)).status).toBe(200);
    expect((await stranger.get(url)).status).toBe(404);
    expect((await agri.get(url)).status).toBe(404);
    expect((await elsewhere.get(url)).status).toBe(404);
    expect((await house.nobody.get(url)).status).toBe(401);
  });
});

test('what was asked to be corrected is sent anew, and the case goes on', async () => {
  const phone = await citizen();
  const code = await submitted(phone);
  const early = { case: code, number: 24, type: 'image/png' };
  expect((await sendDocument(house, phone, early, pngBytes())).body.code).toBe(
    'platform.wrong_state',
  );
  await expert.post(`/api/permits/${code}/return-for-correction`, { reason: 'عکس روشن نیست' });
  expect((await sendDocument(house, phone, early, pngBytes())).body.state).toBe('kept');
  const done = await phone.post(`/api/permits/${code}/correct`, { reason: 'عکس تازه' });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  const { documents } = (await expert.get(`/api/cases/${code}/application`)).body;
  const photos = documents.filter(({ number }: { number: number }) => number === 24);
  expect(photos.map(({ type }: { type: string }) => type)).toEqual(['image/png']);
});

test('a counter does all of it on somebody’s behalf, and it says so', async () => {
  const counter = await house.signIn({ role: 'counter', nameFa: 'متصدی آزمون' });
  const code = await draft(counter, { what, where, work, who: person(8001) });
  const it = (await counter.get(`/api/drafts/${code}`)).body;
  expect(it).toMatchObject({ onBehalf: true, lacking: ['documents'] });
  for (const { number } of it.about.documents) {
    const about = { draft: code, number, type: 'image/jpeg' };
    expect((await sendDocument(house, counter, about, jpegBytes())).body.state).toBe('kept');
  }
  const sent = await counter.post(`/api/drafts/${code}/submit`, { version: 1 });
  expect(sent.status, JSON.stringify(sent.body)).toBe(201);
  const hung = (await expert.get(`/api/cases/${sent.body.code}/application`)).body;
  expect(hung.onBehalf.by.fa).toBe('متصدی آزمون');
});

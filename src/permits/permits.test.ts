import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { checkProvince } from '../figures/index.ts';
import { generateNationalId } from '../kit/identifiers.ts';

let house: TestHouse;
let expert: Caller;
let director: Caller;

beforeAll(async () => {
  house = await testHouse();
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

let serial = 1;

function application(more: object = {}) {
  serial += 1;
  return {
    person: {
      nationalId: generateNationalId('274', serial),
      idKind: 'national',
      firstName: 'لیلا',
      lastName: `آزمونی‌نژاد ${serial}`,
      sex: 'female',
    },
    household: { countyId: '0401', area: 'urban', address: 'کوچه آزمون' },
    kind: 'independent',
    occupationId: 'tailoring',
    ...more,
  };
}

async function submit(more: object = {}): Promise<string> {
  const reply = await expert.post('/api/permits', application(more));
  expect(reply.body).toMatchObject({ code: expect.any(String) });
  return reply.body.code;
}

describe('a permit', () => {
  test('goes from application by two signatures to a permit and a figure', async () => {
    const before = (await house.nobody.get('/api/figures?from=1400-01-01&to=1401-04-01')).body;
    const code = await submit();
    expect((await expert.post(`/api/permits/${code}/sign`)).status).toBe(200);
    expect((await director.post(`/api/permits/${code}/grant`)).status).toBe(200);
    const it = (await director.get(`/api/cases/${code}`)).body;
    expect(it.state).toBe('issued');
    expect(it.permit.number).toMatch(/^04\d{10}$/);
    expect(it.history.map((step: { verb: string }) => step.verb)).toEqual([
      'permits.submit',
      'permits.sign',
      'permits.grant',
    ]);
    const after = (await house.nobody.get('/api/figures?from=1400-01-01&to=1401-04-01')).body;
    expect(after.measures.permits_issued - before.measures.permits_issued).toBe(1);
  });

  test('is not signed twice by one person', async () => {
    const both = await house.signIn({ role: 'director', organisationId: 'SMT' });
    const code = await submit();
    expect((await both.post(`/api/permits/${code}/sign`)).status).toBe(403);
  });

  test('is not granted before the agency signed', async () => {
    const code = await submit();
    const reply = await director.post(`/api/permits/${code}/grant`);
    expect(reply).toMatchObject({ status: 409, body: { code: 'platform.wrong_state' } });
    expect(reply.body.title).toMatch(/وضعیت/);
  });

  test('is refused by the number of a condition only', async () => {
    const code = await submit();
    const bare = await expert.post(`/api/permits/${code}/refuse`, { reason: 'no' });
    expect(bare).toMatchObject({ status: 422, body: { code: 'permits.condition_missing' } });
    const numbered = await expert.post(`/api/permits/${code}/refuse`, { conditionNumber: 1 });
    expect(numbered.status).toBe(200);
  });

  test('says what to correct, in words', async () => {
    const code = await submit();
    const bare = await expert.post(`/api/permits/${code}/return-for-correction`);
    expect(bare).toMatchObject({ status: 422, body: { code: 'permits.reason_missing' } });
    const said = await expert.post(`/api/permits/${code}/return-for-correction`, {
      reason: 'کارت مهارت خوانا نیست',
    });
    expect(said.status).toBe(200);
    expect((await expert.get(`/api/cases/${code}`)).body.where).toMatchObject({
      holder: 'applicant',
    });
  });
});

describe('a write', () => {
  test('with the same key returns the first answer and happens once', async () => {
    const body = application();
    const key = crypto.randomUUID();
    const [first, second] = await Promise.all([
      expert.post('/api/permits', body, key),
      expert.post('/api/permits', body, key),
    ]);
    expect(second.body).toEqual(first.body);
    expect(first.status).toBe(201);
    const other = await expert.post('/api/permits', application(), key);
    expect(other).toMatchObject({ status: 409, body: { code: 'platform.operation_reused' } });
  });

  test('names the fields at fault', async () => {
    const reply = await expert.post('/api/permits', { kind: 'independent' });
    expect(reply.status).toBe(400);
    expect(reply.body.faults).toContainEqual(expect.objectContaining({ pointer: '/person' }));
  });

  test('refuses a second live case of the same person in the same occupation', async () => {
    const body = application();
    expect((await expert.post('/api/permits', body)).status).toBe(201);
    const again = await expert.post('/api/permits', body);
    expect(again).toMatchObject({ status: 409, body: { code: 'permits.already_open' } });
  });
});

describe('another agency', () => {
  test('neither sees nor signs the case', async () => {
    const code = await submit();
    const stranger = await house.signIn({ role: 'expert', organisationId: 'AGRI' });
    expect((await stranger.get(`/api/cases/${code}`)).status).toBe(404);
    expect((await stranger.post(`/api/permits/${code}/sign`)).status).toBe(404);
    expect((await stranger.get('/api/cases')).body.total).toBe(0);
  });

  test('and nobody at all is asked to sign in', async () => {
    expect((await house.nobody.get('/api/cases')).status).toBe(401);
  });
});

test('the list finds a name however it is typed', async () => {
  const person = { ...application().person, firstName: 'کاترین', lastName: 'یکتاآزمون' };
  await submit({ person });
  const found = await expert.get(`/api/cases?q=${encodeURIComponent('كاترين يكتاآزمون')}`);
  expect(found.body.total).toBe(1);
});

test('nothing that was kept differs from the record', async () => {
  const report = await checkProvince(house.database, 4);
  expect(report.differences).toBe(0);
  expect(report.checks.find(({ name }) => name === 'history.chain')?.checked).toBeGreaterThan(10);
});

test('an address that cannot be decoded is a problem in words, not a stack', async () => {
  const reply = await house.nobody.get('/api/cases/%E0%A4%A');
  expect(reply).toMatchObject({ status: 400, body: { code: 'platform.bad_request' } });
});

test('a case is found by the beginnings of its person’s names, in any order', async () => {
  const code = await submit({
    person: {
      ...{ nationalId: generateNationalId('275', 77), idKind: 'national', sex: 'female' },
      ...{ firstName: 'گل‌اندام', lastName: "کوه‌پیما'ی \\ اصل" },
    },
  });
  const found = async (words: string) => {
    const { body } = await expert.get(`/api/cases?q=${encodeURIComponent(words)}`);
    return {
      total: body.total,
      more: body.more,
      codes: body.items.map((it: { code: string }) => it.code),
    };
  };
  const one = { total: 1, more: false, codes: [code] };
  for (const words of ['کوه گل', 'گل اندام', "پیما'ی", '\\ اص'])
    expect(await found(words)).toEqual(one);
  for (const words of ['ندام', 'گل دریا', "'", '&']) {
    expect((await found(words)).total).toBe(0);
  }
});

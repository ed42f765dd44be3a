import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { generateNationalId } from '../kit/identifiers.ts';

let house: TestHouse;
let expert: Caller;
let officer: Caller;
let director: Caller;

beforeAll(async () => {
  house = await testHouse();
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

let serial = 4000;

async function submit(more: { person?: object; household?: object } = {}): Promise<string> {
  serial += 1;
  const reply = await expert.post('/api/permits', {
    person: {
      nationalId: generateNationalId('274', serial),
      idKind: 'national',
      firstName: 'نگار',
      lastName: `صف‌آزمون ${serial}`,
      sex: 'female',
      ...more.person,
    },
    household: {
      countyId: '0401',
      area: 'urban',
      address: `کوچه صف ${serial}`,
      ...more.household,
    },
    kind: 'independent',
    occupationId: 'tailoring',
  });
  expect(reply.body).toMatchObject({ code: expect.any(String) });
  return reply.body.code;
}

type Item = { code: string; claim: { mine: boolean } | null; dueOn: string };

async function queueOf(who: Caller, query = ''): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const reply = await who.get(`/api/queue?limit=7${query}${cursor && `&cursor=${cursor}`}`);
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    items.push(...reply.body.items);
    cursor = reply.body.next;
  }
  return items;
}

const codesOf = (items: readonly { code: string }[]) => items.map(({ code }) => code);

describe('a queue', () => {
  test('gives each case to one person, however many ask at once', async () => {
    const codes = await Promise.all(Array.from({ length: 24 }, () => submit()));
    const people = await Promise.all(
      Array.from({ length: 8 }, () => house.signIn({ role: 'expert', organisationId: 'SMT' })),
    );
    const asked = await Promise.all(
      Array.from({ length: 64 }, (_, at) => people[at % 8]?.post('/api/queue/next')),
    );
    const given = asked.flatMap((reply) => (reply?.status === 200 && reply.body.code) || []);
    // A machine that is too busy refuses; what it refused is still there to be asked for.
    for (let more = true; more; ) {
      const { body } = (await people[0]?.post('/api/queue/next')) ?? { body: { code: null } };
      more = body.code !== null;
      if (more) given.push(body.code);
    }
    expect(given.toSorted()).toEqual(codes.toSorted());
    const first = asked[0]?.body.code;
    expect((await people[0]?.get('/api/queue?tab=mine'))?.body.total).toBeGreaterThan(0);
    const other = await people[1]?.post(`/api/cases/${first}/claim`);
    expect(other).toMatchObject({ status: 409, body: { code: 'permits.claimed' } });
    const act = await people[1]?.post(`/api/permits/${first}/sign`);
    expect(act).toMatchObject({ status: 409, body: { code: 'permits.claimed' } });
    expect((await people[0]?.post(`/api/permits/${first}/sign`))?.status).toBe(200);
    // The signature frees the case for whoever has it next.
    expect((await officer.post(`/api/cases/${first}/claim`)).status).toBe(200);
    expect((await officer.post(`/api/cases/${first}/release`)).status).toBe(200);
  });

  test('is anybody’s again once a claim has run out', async () => {
    const code = await submit();
    const now = house.clock.now();
    const colleague = await house.signIn({ role: 'expert', organisationId: 'SMT' });
    expect((await expert.post(`/api/cases/${code}/claim`)).status).toBe(200);
    expect((await colleague.post(`/api/cases/${code}/claim`)).status).toBe(409);
    house.clock.moveTo(new Date(now.getTime() + 31 * 60_000));
    expect((await colleague.post(`/api/cases/${code}/claim`)).status).toBe(200);
    house.clock.moveTo(now);
  });

  test('counts what its lists hold, oldest deadline first', async () => {
    const reply = await expert.get('/api/queue');
    for (const [tab, count] of Object.entries(reply.body.counts)) {
      const items = await queueOf(expert, `&tab=${tab}`);
      expect(items, tab).toHaveLength(Number(count));
      expect(new Set(codesOf(items)).size).toBe(items.length);
      expect(items.map(({ dueOn }) => dueOn)).toEqual(items.map(({ dueOn }) => dueOn).toSorted());
    }
    expect(reply.body.counts.mine + reply.body.counts.unclaimed).toBeLessThanOrEqual(
      reply.body.counts.all,
    );
    const filtered = await expert.get('/api/queue?county=0402');
    expect(filtered.body).toMatchObject({ total: 0, counts: { all: 0 } });
  });

  test('is not for those who have none, and shows no foreign one', async () => {
    expect((await house.nobody.get('/api/queue')).status).toBe(401);
    const auditor = await house.signIn({ role: 'auditor' });
    expect((await auditor.get('/api/queue')).status).toBe(403);
    const bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
    expect((await bank.get('/api/queue')).body.total).toBe(0);
    expect((await bank.post('/api/queue/next', {})).status).toBe(403);
    const stranger = await house.signIn({ role: 'expert', organisationId: 'AGRI' });
    expect((await stranger.get('/api/queue')).body.total).toBe(0);
    const code = await submit();
    expect((await stranger.post(`/api/cases/${code}/claim`)).status).toBe(404);
    expect((await stranger.get(`/api/cases/${code}/duplicates`)).status).toBe(404);
  });

  test('keeps filters for one account', async () => {
    const search = 'tab=late&county=0401';
    const kept = await expert.post('/api/queue/filters', { name: 'دیرهای ارومیه', search });
    await expert.post('/api/queue/filters', { name: 'دیرهای ارومیه', search: 'tab=late' });
    const { items } = (await expert.get('/api/queue/filters')).body;
    expect(items).toEqual([{ id: kept.body.id, name: 'دیرهای ارومیه', search: 'tab=late' }]);
    expect((await officer.get('/api/queue/filters')).body.items).toEqual([]);
    const drop = `/api/queue/filters/${kept.body.id}/drop`;
    expect((await officer.post(drop)).status).toBe(404);
    expect((await expert.post(drop)).status).toBe(200);
    expect((await expert.get('/api/queue/filters')).body.items).toEqual([]);
  });
});

describe('a batch', () => {
  test('of thirty is previewed case by case, then signed whole', async () => {
    const codes = await Promise.all(Array.from({ length: 30 }, () => submit()));
    const preview = await expert.post('/api/permits/sign-batch', { codes, preview: true });
    expect(preview.body).toMatchObject({ done: false, passing: 30 });
    expect(codesOf(preview.body.items)).toEqual(codes);
    expect((await expert.get(`/api/cases/${codes[0]}`)).body.state).toBe('submitted');
    const signed = await expert.post('/api/permits/sign-batch', { codes, preview: false });
    expect(signed.body).toMatchObject({ done: true, passing: 30 });
    const granted = await director.post('/api/permits/grant-batch', { codes, preview: false });
    expect(granted.body).toMatchObject({ done: true, passing: 30 });
    for (const code of [codes[0], codes[29]]) {
      expect((await director.get(`/api/cases/${code}`)).body.state).toBe('issued');
    }
  });

  test('says of each why not, and does none when one does not pass', async () => {
    const [fresh, gone] = [await submit(), await submit()];
    await expert.post(`/api/permits/${gone}/sign`);
    const codes = [fresh, gone];
    const preview = await expert.post('/api/permits/sign-batch', { codes, preview: true });
    expect(preview.body.passing).toBe(1);
    expect(preview.body.items[1]).toMatchObject({ passes: false, why: 'platform.wrong_state' });
    const real = await expert.post('/api/permits/sign-batch', { codes, preview: false });
    expect(real).toMatchObject({ status: 409, body: { code: 'permits.batch_blocked' } });
    expect((await expert.get(`/api/cases/${fresh}`)).body.state).toBe('submitted');
    const grant = await expert.post('/api/permits/grant-batch', { codes, preview: true });
    expect(grant.status).toBe(403);
  });
});

describe('duplicates', () => {
  test('are found by dwelling and telephone, decided with a reason, and undone', async () => {
    const phone = { person: { mobile: '09140000123' } };
    const home = { household: { address: 'خیابان همانند، پلاک ۷' } };
    const code = await submit({ ...phone, ...home });
    const byPhone = await submit(phone);
    const byHome = await submit(home);
    const url = `/api/cases/${code}/duplicates`;
    const found = (await expert.get(url)).body;
    expect(found.it.code).toBe(code);
    const why = new Map(found.items.map((it: Item & { why: string[] }) => [it.code, it.why]));
    expect(why).toEqual(
      new Map([
        [byPhone, ['phone']],
        [byHome, ['address']],
      ]),
    );
    const body = { other: byPhone, verdict: 'different', reason: 'شماره از آنِ مادر هر دو است' };
    const decided = await expert.post(url, body);
    expect(decided.status).toBe(201);
    const again = await expert.post(url, body);
    expect(again).toMatchObject({ status: 409, body: { code: 'permits.duplicate_decided' } });
    const undo = { id: decided.body.id, reason: 'اشتباه شد' };
    expect((await expert.post(`/api/cases/${byPhone}/duplicates/undo`, undo)).status).toBe(200);
    expect((await expert.post(url, { ...body, verdict: 'same' })).status).toBe(201);
    const stranger = { ...body, other: await submit() };
    expect((await expert.post(url, stranger)).body.code).toBe('permits.not_alike');
  });
});

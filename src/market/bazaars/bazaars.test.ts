import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { type Maker, makers } from '../../../test/makers.ts';
import { checkProvince } from '../../figures/index.ts';

let house: TestHouse;
let officer: Caller;
let director: Caller;
let all: Maker[];
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Sessions end with the day; the clock of this story runs for weeks. */
async function signOffice(): Promise<void> {
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
}
async function moveTo(day: string): Promise<void> {
  house.clock.moveTo(new Date(`${day}T08:00:00Z`));
  await signOffice();
}

beforeAll(async () => {
  house = await testHouse();
  await signOffice();
  all = await makers(house, 5);
});
afterAll(() => house.close());

const fair = {
  ...{ kind: 'fair', name: 'نمایشگاه تابستان', county: '0401', place: 'باغ شهر' },
  ...{ applyUntilOn: '2022-06-30', startsOn: '2022-07-05', endsOn: '2022-07-07' },
  weights: { home_made: 60, quality: 40 },
  stalls: [
    { name: 'دو در دو', places: 2, priceRial: '5000000', discountBp: 5000 },
    { name: 'گوشه', places: 1, priceRial: '9000000', discountBp: 0 },
  ],
};

async function announce(more: object = {}): Promise<string> {
  const made = await officer.post('/api/fairs', { ...fair, ...more });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body.code;
}

async function apply({ code, caller }: Maker, to: string, stall = 1): Promise<string> {
  const body = { caseCode: code, stall, brings: 'لباس محلی' };
  const made = await caller.post(`/api/fairs/${to}/applications`, body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body.code;
}

const score = (application: string, mark: number) =>
  officer.post(`/api/stall-applications/${application}/score`, {
    marks: { home_made: mark, quality: mark },
  });
type Line = { code: string; state: string; points: number; rank: number; place: number | null };
const listed = async (code: string): Promise<Line[]> =>
  (await officer.get(`/api/fairs/${code}`)).body.list;

test('what cannot be is refused before a fair is announced', async () => {
  const status = async (more: object) =>
    (await officer.post('/api/fairs', { ...fair, ...more })).body.code;
  expect(await status({ weights: { quality: 99 } })).toBe('market.weights_wrong');
  expect(await status({ endsOn: '2022-07-04' })).toBe('market.fair_days_wrong');
});

test('more apply than there are stalls: points decide, and the announced seed where they are equal', async () => {
  const code = await announce();
  const before = (await officer.get(`/api/fairs/${code}`)).body;
  expect(before.seed).toBeNull();
  const codes = await Promise.all(all.map((maker) => apply(maker, code)));
  const [first] = all as [Maker];
  const again = { caseCode: first.code, stall: 2, brings: 'x' };
  expect((await first.caller.post(`/api/fairs/${code}/applications`, again)).body.code).toBe(
    'market.applied_already',
  );
  const draw = () => officer.post(`/api/fairs/${code}/draw`);
  expect((await draw()).body.code).toBe('market.applications_open');
  await moveTo('2022-07-01');
  expect((await draw()).body.code).toBe('market.not_all_scored');
  for (const [at, application] of codes.entries()) {
    expect((await score(application, at === 3 ? 9 : 7)).status).toBe(200);
  }
  expect((await draw()).status).toBe(200);
  expect((await draw()).body.code).toBe('platform.wrong_state');
  const { seed, fingerprint } = (await officer.get(`/api/fairs/${code}`)).body;
  expect(fingerprint).toBe(before.fingerprint);
  expect(sha256(seed)).toBe(fingerprint);
  const equals = codes.filter((_, at) => at !== 3);
  const order = equals.toSorted((a, b) =>
    sha256(`${seed} ${a}`) < sha256(`${seed} ${b}`) ? -1 : 1,
  );
  const list = await listed(code);
  expect(list.map((one) => one.code)).toEqual([codes[3], ...order]);
  expect(list.map((one) => one.place)).toEqual([1, 2, null, null, null]);
});

test('anybody reads of fairs: days, stalls with prices, criteria, and the seed that told equals apart', async () => {
  const { body } = await house.nobody.get('/market/fairs', { accept: 'text/html' });
  const { items } = (await officer.get('/api/fairs')).body;
  for (const text of [fair.name, '۵۰٪ کمتر از', 'ساخت خانه: ۶۰ از ۱۰۰', items[0].seed]) {
    expect(body).toContain(text);
  }
  expect(body).toContain('"@type":"Event"');
  const drawn = (await listed(items[0].code)).map(({ code }) => body.indexOf(code));
  expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
  expect(drawn[0]).toBeGreaterThan(0);
});

/** The maker of an application, signed in today. */
async function makerOf(application: string): Promise<Caller> {
  for (const maker of all) {
    const again = await house.signIn({ role: 'citizen', personId: maker.personId });
    const mine = (await again.get('/api/my-fairs')).body.items[0].mine;
    if (mine.some((one: Line) => one.code === application)) return again;
  }
  throw new Error('nobody');
}

const act = (application: string, what: string, body: object = {}) =>
  officer.post(`/api/stall-applications/${application}/${what}`, body);

test('a stall that is given back goes to the next who waits', async () => {
  const { items } = (await officer.get('/api/fairs')).body;
  const list = await listed(items[0].code);
  const winner = await makerOf(list[0]?.code ?? '');
  const other = await makerOf(list[4]?.code ?? '');
  const given = (caller: Caller) =>
    caller.post(`/api/stall-applications/${list[0]?.code}/withdraw`);
  expect((await given(other)).status).toBe(404);
  expect((await given(winner)).status).toBe(200);
  const now = new Map((await listed(items[0].code)).map((one) => [one.code, one]));
  expect(now.get(list[2]?.code ?? '')).toMatchObject({ state: 'allotted', place: 1 });
});

test('attendance and sales are kept, and sales that were wrong are taken back', async () => {
  const { items } = (await officer.get('/api/fairs')).body;
  const code = items[0].code;
  const [second, third] = (await listed(code)).filter(({ place }) => place !== null) as [
    Line,
    Line,
  ];
  expect((await act(second.code, 'attend')).body.code).toBe('market.fair_not_begun');
  await moveTo('2022-07-06');
  expect((await act(second.code, 'attend')).status).toBe(200);
  expect((await act(third.code, 'miss')).status).toBe(200);
  const seller = await makerOf(second.code);
  const sold = await seller.post(`/api/stall-applications/${second.code}/sales`, {
    salesRial: '84000000',
  });
  expect(sold.status).toBe(200);
  const taken = await director.post(`/api/stall-applications/${second.code}/take-back-sales`, {
    reason: 'صفر زیادی',
  });
  expect(taken.status).toBe(200);
  expect((await act(second.code, 'sales', { salesRial: '8400000' })).status).toBe(200);
  expect((await officer.post(`/api/fairs/${code}/close`)).body.code).toBe('market.fair_not_begun');
  await moveTo('2022-07-08');
  expect((await officer.post(`/api/fairs/${code}/close`)).status).toBe(200);
  const { measures } = (await officer.get('/api/figures?from=1401-01-01&to=1401-12-29')).body;
  expect(measures).toMatchObject({ stalls_allotted: 2, fair_sales: '8400000' });
});

test('a fair that is called off leaves nobody with a stall', async () => {
  const code = await announce({
    ...{ applyUntilOn: '2022-07-20', startsOn: '2022-07-25', endsOn: '2022-07-25' },
  });
  const people = await makers(house, 2);
  const codes = await Promise.all(people.map((maker) => apply(maker, code, 2)));
  for (const one of codes) await score(one, 5);
  await moveTo('2022-07-21');
  expect((await officer.post(`/api/fairs/${code}/draw`)).status).toBe(200);
  const cancel = await officer.post(`/api/fairs/${code}/cancel`, { reason: 'باران' });
  expect(cancel.status, JSON.stringify(cancel.body)).toBe(200);
  expect((await listed(code)).map(({ state, place }) => [state, place])).toEqual([
    ['called_off', null],
    ['called_off', null],
  ]);
  const { measures } = (await officer.get('/api/figures?from=1401-01-01&to=1401-12-29')).body;
  expect(measures.stalls_allotted).toBe(2);
  const { checks } = await checkProvince(house.database, 4);
  expect(checks.flatMap(({ differences }) => differences)).toEqual([]);
});

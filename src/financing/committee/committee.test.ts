import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { officeAt, permitRow } from '../../../test/register-office.ts';
import { unmetCommittees } from './rules.ts';

let house: TestHouse;
let officer: Caller;
let codes: string[];

beforeAll(async () => {
  house = await testHouse();
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const rows = Array.from({ length: 4 }, (_, n) => permitRow(n + 1));
  await (await officeAt(house.database)).bring('permits', rows);
  const list = (await officer.get('/api/cases?referable=true')).body;
  codes = list.items.map(({ code }: { code: string }) => code);
}, 60_000);
afterAll(() => house.close());

const sit = (more: object) =>
  officer.post('/api/sittings', {
    ...{
      body: 'county',
      county: '0401',
      heldOn: '2022-06-22',
      members: ['فرماندار', 'رئیس اداره'],
    },
    decisions: codes.map((code) => ({ code, verdict: 'approved' })),
    ...more,
  });

const unmetOf = async (code = ''): Promise<string[]> => {
  const declared = { likeLoanFrom: [], insured: false, publicEmployee: false };
  const plan = { code, bank: 'MELLAT', requestedRial: '400000000', people: 1, declared };
  const body = { preview: true, creditLine: 'home-jobs', plans: [plan] };
  const reply = await officer.post('/api/plans/refer', body);
  return reply.body.items[0].unmet.map((one: { code: string }) => one.code);
};

test('what is required and not approved is unmet, and what was refused is in any case', () => {
  const said = (verdict: 'approved' | 'refused') =>
    [{ body: 'county', verdict, sitting: 's' }] as const;
  const codesOf = (...[required, standing]: Parameters<typeof unmetCommittees>) =>
    unmetCommittees(required, standing).map(({ code }) => code);
  expect(codesOf([], [])).toEqual([]);
  expect(codesOf(['county', 'technical'], said('approved'))).toEqual([
    'financing.committee_missing',
  ]);
  expect(codesOf([], said('refused'))).toEqual(['financing.committee_against']);
});

test('a sitting decides about many cases with reasons, and a later one decides anew', async () => {
  const [first = '', second = ''] = codes;
  const bare = await sit({ decisions: [{ code: first, verdict: 'refused' }] });
  expect(bare).toMatchObject({ status: 422, body: { code: 'financing.sitting_incomplete' } });
  const decisions = [
    { code: first, verdict: 'refused', reason: 'سابقه کار روشن نیست' },
    { code: second, verdict: 'approved' },
  ];
  expect((await sit({ decisions })).status).toBe(201);
  expect(await unmetOf(first)).toEqual(['financing.committee_against']);
  expect(await unmetOf(second)).toEqual([]);
  expect((await sit({ decisions: [{ code: first, verdict: 'approved' }] })).status).toBe(201);
  expect(await unmetOf(first)).toEqual([]);
  const { items } = (await officer.get('/api/sittings')).body;
  expect(items.map(({ number }: { number: number }) => number).sort()).toEqual([1, 2]);
});

test('a county’s group does not decide about another county’s cases', async () => {
  const reply = await sit({ county: '0403' });
  expect(reply).toMatchObject({ status: 422, body: { code: 'financing.not_on_agenda' } });
});

test('the minutes are a paper to sign, of the province only', async () => {
  const { items } = (await officer.get('/api/sittings')).body;
  const url = `/api/sittings/${items[0].code}/minutes.pdf`;
  const pdf = await officer.get(url);
  expect(pdf.status).toBe(200);
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const stranger = await house.signIn({ role: 'officer', provinceId: 7 });
  expect((await stranger.get(url)).status).toBe(404);
  const bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
  expect((await bank.get(url)).status).toBe(403);
});

test('a sitting is called, its agenda is a paper, and what it did not decide waits for another', async () => {
  const called = { body: 'technical', meetsOn: '2022-06-30', cases: codes };
  const call = (more: object = {}) => officer.post('/api/agendas', { ...called, ...more });
  expect((await call({ meetsOn: '2022-06-01' })).body.code).toBe('financing.agenda_incomplete');
  expect((await call({ cases: [codes[0], codes[0]] })).status).toBe(422);
  const { code } = (await call()).body;
  expect((await call()).body.code).toBe('financing.on_another_agenda');
  const [listed] = (await officer.get('/api/agendas')).body.items;
  expect(listed.cases.map((one: { code: string }) => one.code)).toEqual(codes);
  const pdf = await officer.get(`/api/agendas/${code}/agenda.pdf`);
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const [first = '', second = ''] = codes;
  const held = (decided: string[], agenda: string, more: object = {}) =>
    sit({
      ...{ body: 'technical', county: undefined, agenda },
      ...{ decisions: decided.map((one) => ({ code: one, verdict: 'approved' })), ...more },
    });
  const other = await held([first], code, { body: 'county', county: '0401' });
  expect(other.body.code).toBe('financing.not_on_agenda');
  expect((await held([first, second], code)).status).toBe(201);
  expect((await held([first], code)).body.code).toBe('platform.wrong_state');
  expect((await officer.get('/api/agendas')).body.items).toEqual([]);
  const again = (await call({ cases: [first] })).body.code;
  expect((await held([second], again)).body.code).toBe('financing.not_on_agenda');
  expect((await officer.post(`/api/agendas/${again}/drop`)).status).toBe(200);
  expect((await officer.post(`/api/agendas/${again}/drop`)).body.code).toBe('platform.wrong_state');
  expect((await call()).status).toBe(201);
});

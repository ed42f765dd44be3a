import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import { type Role, roles } from '../src/platform/policy.ts';
import { orderIban, orderRial } from './bank-desk.ts';
import { contractedPlans } from './contracted-plans.ts';
import { type Caller, type TestHouse, testHouse } from './house.ts';
import { aProduct, makeMaker } from './maker.ts';
import { makers } from './makers.ts';
import { declaredEndpoints } from './permissions/every.ts';
import { referCase } from './referred-case.ts';
import { openBooks } from './supporter-books.ts';

/** Fields of an answer that lead to a person, whatever they are called. */
const personal =
  /^(?:nationalId|national_id|mobile|phone|address|postalCode|birthOn|fatherName|iban)$/;
const isNumber = (field: string) => /national|iban/i.test(field);

/** Fields of those names that tell of nobody: where to pay, a shop's telephone, the number that was just sent in. */
const nobodys = [
  ...['market.showOrder payment.address', 'market.listSuppliers items.[].phone'],
  'accounts.requestCode mobile',
];

/** Who has to be shown a person whole, and who is not. Only the roles that hold the permission of an endpoint count. */
const national: readonly Role[] = ['ministry', 'auditor'];
/** A supporter's people are called by their supporter; the office has their cases. */
const ofSupporterAlone = 'supporters.show people.[].mobile';
/** Who works under a supporter is between it, them and the office. */
const notForBanks = 'supporters.listMembers members.[].nationalId';

type Field = { readonly it: AnyEndpoint; readonly path: string; readonly name: string };
// biome-ignore lint/suspicious/noExplicitAny: a schema, or an answer of any shape.
type Any = any;

function fieldsOf(schema: Any, path: string[] = []): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    ...(personal.test(name) ? [[...path, name].join('.')] : []),
    ...fieldsOf(inner, [...path, name]),
  ]);
  const listed = schema.items ? fieldsOf(schema.items, [...path, '[]']) : [];
  const either = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => schema[key] ?? []);
  return [...own, ...listed, ...either.flatMap((one: Any) => fieldsOf(one, path))];
}

/** Every value that stands at a path of an answer. */
function valuesAt(answer: Any, path: string): unknown[] {
  return path.split('.').reduce<Any[]>(
    (found, step) => {
      return step === '[]' ? found.flat() : found.flatMap((one) => (one ? [one[step]] : []));
    },
    [answer],
  );
}

const rolesOf = ({ access }: AnyEndpoint): readonly Role[] =>
  'permission' in access ? (access.table[access.permission] ?? []) : roles;

/** All fields of all answers that lead to a person, by what the contracts say. */
const fields: readonly Field[] = (await declaredEndpoints()).flatMap((it) =>
  [...new Set(fieldsOf(it.response))]
    .map((path) => ({ it, path, name: `${it.id} ${path}` }))
    .filter(({ name }) => !nobodys.includes(name)),
);
/** Those of endpoints that whoever looks at the country may ask. */
const open = fields.filter(({ it }) => national.some((role) => rolesOf(it).includes(role)));

let house: TestHouse;
let callers: ReadonlyMap<Role, Caller>;
/** Something of whom everything is known, for every endpoint that tells of a person: its address. */
let urls: Readonly<Record<string, string>>;

beforeAll(async () => {
  house = await testHouse();
  const organisations: Partial<Record<Role, string>> = {
    ...{ expert: 'SMT', bank: 'MELLAT', ministry: 'MINISTRY', auditor: 'MINISTRY' },
  };
  const one = (role: Role) => {
    const organisationId = organisations[role] ?? 'DIRECTORATE';
    return house.signIn({ role, organisationId });
  };
  const staff = roles.filter((role) => role !== 'citizen');
  callers = new Map(await Promise.all(staff.map(async (role) => [role, await one(role)] as const)));
  urls = await fillHouse();
});
afterAll(() => house.close());

const by = (role: Role): Caller => callers.get(role) ?? house.nobody;

async function made(caller: Caller, url: string, body: object = {}): Promise<string> {
  const reply = await caller.post(url, body);
  if (reply.status >= 300) throw new Error(`${url}: ${JSON.stringify(reply.body)}`);
  return reply.body.code;
}

/** One case with everything that an answer may tell of a person. */
async function fillHouse(): Promise<Record<string, string>> {
  const it = await referCase(house, 'MELLAT', '09141112233');
  const { visit } = await fillCase(it);
  const { caller, stall } = await makeMaker(house);
  const product = await made(caller, `/api/stalls/${stall}/products`, aProduct);
  const order = await made(await house.signIn({ role: 'citizen' }), `/api/stalls/${stall}/orders`, {
    ...{ name: 'سارا خریدار', mobile: '09121234567', toProvince: '04', address: 'ارومیه، کوچه' },
    ...{ postalCode: '5719912345', pays: 'on_delivery', lines: [{ product, quantity: 1 }] },
  });
  const { fair, purchase } = await fillMarket();
  const { ordered } = await fillOrders();
  const books = await openBooks(house);
  return {
    'financing.showOrders': `/api/cases/${ordered}/payment-orders`,
    'financing.waitingLines': '/api/bank-lines',
    'employment.listJobs': `/api/cases/${it.code}/jobs`,
    'employment.list': '/api/jobs',
    'market.showOrder': `/api/orders/${order}`,
    'market.showPurchase': `/api/purchases/${purchase}`,
    'market.showFair': `/api/fairs/${fair}`,
    'permits.list': '/api/cases?limit=200',
    'permits.show': `/api/cases/${it.code}`,
    'supervision.show': `/api/visits/${visit}`,
    'supervision.listJoint': '/api/joint-visits',
    'supporters.listMembers': `/api/cases/${it.code}/members`,
    'supporters.show': `/api/supporters/${books.code}`,
  };
}

async function fillCase({ code, caseId, planId, personId }: Awaited<ReturnType<typeof referCase>>) {
  const officer = by('officer');
  const assignee = (await by('inspector').get('/api/session')).body.account.id;
  const asked = { stage: 'before', channel: 'field', assignee };
  const visit = await made(officer, `/api/cases/${code}/visits`, asked);
  await made(officer, `/api/visits/${visit}/parties`, { organisation: 'AGRI' });
  const paid = { amountRial: '10000000', bankReference: randomUUID() };
  await made(by('bank'), `/api/plans/${code}/pay`, paid);
  const job = { relation: 'holder', startedOn: '2022-06-22' };
  await made(by('expert'), `/api/cases/${code}/jobs`, job);
  await house.database.migratorTransaction(async (tx) => {
    await sql`update people set father_name = 'رضا', birth_on = '1990-05-01'
      where province_id = 4 and id = ${personId}`.execute(tx);
    await sql`update households set address = 'کوچه آزمون', postal_code = '5719911111'
      where province_id = 4 and id in (select household_id from cases where id = ${caseId})`.execute(
      tx,
    );
    await sql`update permit_versions set address = 'کوچه آزمون'
      where province_id = 4 and case_id = ${caseId}`.execute(tx);
    await sql`insert into memberships (province_id, id, plan_id, person_id, agency_id, since)
      values (4, ${randomUUID()}, ${planId}, ${personId}, 'SMT', '2022-06-20')`.execute(tx);
  });
  return { visit };
}

/** A payment that was ordered, and a line of a bank's that fits no order. */
async function fillOrders(serial = 7700): Promise<{ ordered: string; batch: string }> {
  const plan = { bankId: 'MELLAT', rial: orderRial, serials: [serial] };
  const [ordered = ''] = await contractedPlans(house, plan);
  const orders = [{ code: ordered, amountRial: String(orderRial), iban: orderIban }];
  const made = await by('officer').post('/api/payment-orders', { orders });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  await house.database.migratorTransaction(async (tx) => {
    const file = randomUUID();
    await sql`insert into bank_files (province_id, id, bank_id, sha256, file_name, file_key, state,
        received_at, op_id)
      values (4, ${file}, 'MELLAT', ${file}, 'x.xml', ${file}, 'read', now(), ${randomUUID()})`.execute(
      tx,
    );
    await sql`insert into bank_file_lines (province_id, bank_id, file_id, line, kind, amount_rial,
        iban, verdict, why)
      values (4, 'MELLAT', ${file}, 1, 'paid', 5, ${orderIban}, 'waiting', 'unknown_reference')`.execute(
      tx,
    );
  });
  return { ordered, batch: made.body.batches[0].code };
}

async function fillMarket(): Promise<{ fair: string; purchase: string }> {
  const officer = by('officer');
  const [maker] = await makers(house, 1);
  if (!maker) throw new Error('nobody makes anything');
  const fair = await made(officer, '/api/fairs', {
    ...{ kind: 'fair', name: 'نمایشگاه', county: '0401', place: 'باغ شهر' },
    ...{ applyUntilOn: '2022-06-30', startsOn: '2022-07-05', endsOn: '2022-07-07' },
    weights: { home_made: 60, quality: 40 },
    stalls: [{ name: 'دو در دو', places: 2, priceRial: '5000000', discountBp: 5000 }],
  });
  const applying = { caseCode: maker.code, stall: 1, brings: 'لباس محلی' };
  await made(maker.caller, `/api/fairs/${fair}/applications`, applying);
  const material = await made(officer, '/api/raw-materials', { name: 'پارچه', unit: 'metre' });
  const points = [{ county: '0401', place: 'خانهٔ کارآفرینی' }];
  const buying = { material, closesOn: '2022-06-30', points };
  const purchase = await made(officer, '/api/purchases', buying);
  const needed = { caseCode: maker.code, material, quantity: 5000, neededBy: '2022-08-01' };
  const need = await made(maker.caller, '/api/needs', needed);
  await made(maker.caller, `/api/needs/${need}/join`, { purchase, point: 1 });
  return { fair, purchase };
}

type Look = 'whole' | 'masked' | 'hidden' | 'nothing';

/** What a role may find at a field. */
function expected({ name, path }: Field, role: Role): Look {
  if (national.includes(role)) return isNumber(path.split('.').at(-1) ?? '') ? 'masked' : 'hidden';
  if (name === ofSupporterAlone) return 'hidden';
  return name === notForBanks && role === 'bank' ? 'nothing' : 'whole';
}

function lookOf(value: unknown): Look {
  if (value === null || value === undefined) return 'hidden';
  return String(value).includes('•') ? 'masked' : 'whole';
}

test('every answer that tells whoever looks at the country of a person is asked here', () => {
  expect(fields.length).toBeGreaterThan(30);
  expect([...new Set(open.map(({ it }) => it.id))].sort()).toEqual(Object.keys(urls).sort());
});

test.each(open.map((one) => [one.name, one] as const))('%s, by role', async (_name, field) => {
  const found: string[] = [];
  const due: string[] = [];
  for (const role of rolesOf(field.it).filter((one) => one !== 'citizen')) {
    const { status, body } = await by(role).get(urls[field.it.id] ?? '');
    // Some hold the permission and not this case: a clearing body, an inspector whose visit it is not.
    if (status === 404) continue;
    expect([role, status]).toEqual([role, 200]);
    const looks = new Set(valuesAt(body, field.path).map(lookOf));
    const own = expected(field, role);
    // Of a list's many some have no telephone.
    if (own === 'whole') looks.delete('hidden');
    found.push(`${role}: ${[...looks].join(' and ') || 'nothing'}`);
    due.push(`${role}: ${own}`);
  }
  expect(found).toEqual(due);
  for (const role of national) expect(found.join()).toContain(`${role}: `);
});

test('a number that is masked keeps three digits at each end', async () => {
  const { code } = await referCase(house);
  const [whole, masked] = await Promise.all(
    (['director', 'ministry'] as const).map(async (role) => {
      return (await by(role).get(`/api/cases/${code}`)).body.person.nationalId as string;
    }),
  );
  expect(masked).toBe(`${whole?.slice(0, 3)}••••${whole?.slice(-3)}`);
});

test('a list of orders, which names people’s accounts, is for whoever pays by it', async () => {
  const { batch } = await fillOrders(7701);
  const got: Partial<Record<Role, number>> = {};
  for (const [role, caller] of callers) {
    const of = `/api/payment-orders/${batch}/orders`;
    const statuses = await Promise.all(
      ['xml', 'csv', 'xlsx'].map(async (ending) => (await caller.get(`${of}.${ending}`)).status),
    );
    expect(new Set(statuses).size).toBe(1);
    got[role] = statuses[0] ?? 0;
  }
  const paying = ['officer', 'director', 'bank', 'admin'];
  expect(got).toEqual(
    Object.fromEntries(
      [...callers.keys()].map((role) => [role, paying.includes(role) ? 200 : 403]),
    ),
  );
});

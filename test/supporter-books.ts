import { randomUUID } from 'node:crypto';
import { referenceOf } from '../src/accounts/index.ts';
import { decodeCode, encodeCode } from '../src/kit/code.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { isoToday } from '../src/kit/jalali.ts';
import { enterPermits } from '../src/permits/index.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { closeMonths } from '../src/supporters/index.ts';
import type { Caller, TestHouse } from './house.ts';

let people = 3000;

/** What the people of the tests' supporters do, and the agency whose expert assesses and signs. */
const trades = {
  tailoring: { agencyId: 'SMT', material: 'نخ', product: 'گلیم' },
  'carpet-weaving': { agencyId: 'HERITAGE', material: 'نخ پشم', product: 'فرش دستباف' },
} as const;
export type Trade = keyof typeof trades;

/** A permit of a kind in a trade, and who holds it. */
export async function permitOf(
  house: TestHouse,
  kind: 'supporter' | 'covered',
  { mobile, trade = 'tailoring' }: { mobile?: string; trade?: Trade } = {},
): Promise<{ code: string; caseId: string; personId: string; nationalId: string }> {
  const reference = await referenceOf(house.database);
  people += 1;
  const nationalId = generateNationalId('274', people);
  return house.database.transaction(provinceContext(4), async (tx) => {
    const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
    const act = { provinceId: 4, ...nobody, now: house.clock.now(), today: '2022-06-22' };
    const name = { firstName: 'آزمون', lastName: `بافنده ${people}`, sex: 'female' as const };
    const [caseId = ''] = await enterPermits(tx, act, reference, [
      {
        person: { nationalId, idKind: 'national', ...name, ...(mobile ? { mobile } : {}) },
        household: { countyId: 401, area: 'urban' },
        kind,
        occupationId: trade,
        happenedOn: '2021-03-25',
        permitNumber: `پ-${people}`,
      },
    ]);
    const found = tx.selectFrom('cases').select('person_id').where('province_id', '=', 4);
    const { person_id } = await found.where('id', '=', caseId).executeTakeFirstOrThrow();
    return { code: encodeCode(4, caseId), caseId, personId: person_id, nationalId };
  });
}

/** A person with a contract that all three have signed. */
export type Weaver = {
  readonly code: string;
  readonly id: string;
  readonly nationalId: string;
  readonly name: string;
  readonly caller: Caller;
};

/** A supporter whose capacity is found, with one material, one product, and people under contract. */
export type SupporterBooks = {
  readonly trade: Trade;
  readonly code: string;
  readonly caseId: string;
  readonly personId: string;
  readonly caller: Caller;
  readonly expert: Caller;
  readonly yarn: string;
  readonly rug: string;
  readonly weavers: readonly Weaver[];
};

/** A write that has to succeed; the answer is its body. */
export async function done(caller: Caller, url: string, body: object = {}) {
  const reply = await caller.post(url, body);
  if (reply.status >= 300) throw new Error(`${url}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** Orders and invoices of three full years, so that a supporter can carry a number of people. */
export async function showRecord(
  caller: Caller,
  code: string,
  people: number,
  years = ['2019-06-01', '2020-06-01', '2021-06-01'],
): Promise<void> {
  for (const [at, datedOn] of years.entries()) {
    const amountRial = String(300_000_000 * people);
    for (const kind of ['order', 'invoice']) {
      const record = { kind, number: `${kind}-${at}`, buyer: 'خریدار', amountRial, datedOn };
      await done(caller, `/api/supporters/${code}/trade`, record);
    }
  }
}

/** Opens a supporter's books through the pages' own requests. */
export async function openBooks(
  house: TestHouse,
  { weavers = 5, fromOn = '2022-03-21', promised = '2', trade = 'tailoring' as Trade } = {},
): Promise<SupporterBooks> {
  const { agencyId, material: materialName, product: productName } = trades[trade];
  const held = await permitOf(house, 'supporter', { trade });
  const { code, caseId, personId } = held;
  const caller = await house.signIn({ role: 'citizen', personId });
  const expert = await house.signIn({ role: 'expert', organisationId: agencyId });
  await done(caller, `/api/supporters/${code}/apply`);
  await showRecord(caller, code, weavers);
  await done(expert, `/api/supporters/${code}/assess`);
  await done(caller, `/api/supporters/${code}/materials`, {
    ...{ name: materialName, unit: 'kg', priceRial: '2000000' },
  });
  const [material] = (await caller.get(`/api/supporters/${code}`)).body.materials;
  await done(caller, `/api/supporters/${code}/products`, {
    ...{ name: productName, unit: 'm2' },
    recipe: [{ materialId: material.id, net: '3500', waste: '140', unit: 'g' }],
  });
  const [product] = (await caller.get(`/api/supporters/${code}`)).body.products;
  const goods = { trade, yarn: material.id, rug: product.id };
  const books = { code, caseId, personId, caller, expert, ...goods };
  const found: Weaver[] = [];
  for (let at = 0; at < weavers; at += 1) {
    found.push(await contractWeaver(house, { ...books, weavers: [] }, { fromOn, promised }));
  }
  return { ...books, weavers: found };
}

/** Names a person who has applied, and has the contract signed by all three. */
export async function contractWeaver(
  house: TestHouse,
  { code, caller, expert, rug, trade }: SupporterBooks,
  { fromOn = '2022-03-21', promised = '2', mobile = '' } = {},
): Promise<Weaver> {
  const own = await permitOf(house, 'covered', { trade, ...(mobile ? { mobile } : {}) });
  const person = (await personOf(house, own.personId)) as { first: string; last: string };
  const named = { nationalId: own.nationalId, sex: 'female' };
  const cover = await done(caller, `/api/supporters/${code}/people`, {
    ...{ ...named, firstName: person.first, lastName: person.last },
  });
  const weaver = await house.signIn({ role: 'citizen', personId: own.personId });
  const url = `/api/covers/${cover.code}`;
  const lines = [{ productId: rug, rateRial: '6000000', promised }];
  await done(caller, `${url}/offer`, { fromOn, deductions: ['advance'], lines });
  await done(weaver, `${url}/accept`);
  await done(expert, `${url}/sign`);
  const id = decodeCode(cover.code)?.id ?? '';
  const name = `${person.first} ${person.last}`;
  return { code: cover.code, id, nationalId: own.nationalId, name, caller: weaver };
}

async function personOf(house: TestHouse, personId: string) {
  return house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('people')
      .select(['first_name as first', 'last_name as last'])
      .where('id', '=', personId)
      .executeTakeFirstOrThrow(),
  );
}

/** States the months that are over, as the daily job does. */
export async function closeMonthsNow(house: TestHouse): Promise<void> {
  const now = house.clock.now();
  const act = { provinceId: 4, actorId: null, organisationId: null, now, opId: randomUUID() };
  const today = isoToday(now.getTime());
  await house.database.transaction(provinceContext(4), (tx) => closeMonths(tx, { ...act, today }));
}

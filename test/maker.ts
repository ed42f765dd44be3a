import { decodeCode } from '../src/kit/code.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { provinceContext } from '../src/platform/policy.ts';
import type { Caller, TestHouse } from './house.ts';

/** Somebody with a permit and a stall of their own. */
export type Maker = {
  readonly caller: Caller;
  readonly personId: string;
  readonly caseCode: string;
  readonly permitNumber: string;
  readonly stall: string;
};

let serial = 500;

/** A person whose permit was signed and granted, signed in, with an open stall. */
export async function makeMaker(
  house: TestHouse,
  { stall = 'غرفهٔ آزمون', ...permit } = {} as { stall?: string } & PermitOf,
): Promise<Maker> {
  const holder = await makeHolder(house, permit);
  const { caseCode } = holder;
  const opened = await holder.caller.post('/api/stalls', { caseCode, name: stall });
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
  return { ...holder, stall: opened.body.code };
}

type PermitOf = { readonly occupationId?: string; readonly agency?: string };

/** Somebody whose permit was signed and granted, signed in, without a stall. */
export async function makeHolder(
  house: TestHouse,
  { occupationId = 'tailoring', agency = 'SMT' }: PermitOf = {},
): Promise<Omit<Maker, 'stall'>> {
  serial += 1;
  const expert = await house.signIn({ role: 'expert', organisationId: agency });
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const health = await house.signIn({ role: 'expert', organisationId: 'HEALTH' });
  const submitted = await expert.post('/api/permits', {
    person: {
      nationalId: generateNationalId('274', serial),
      idKind: 'national',
      firstName: 'لیلا',
      lastName: `آزمونی ${serial}`,
      sex: 'female',
      mobile: `0914${String(1_000_000 + serial)}`,
    },
    household: { countyId: '0401', area: 'urban', address: 'کوچه آزمون' },
    kind: 'independent',
    occupationId,
  });
  const caseCode = String(submitted.body.code);
  if (agency === 'AGRI') {
    await expert.post(`/api/permits/${caseCode}/ask-clearance`);
    await health.post(`/api/permits/${caseCode}/clear`);
  }
  await expert.post(`/api/permits/${caseCode}/sign`);
  const granted = await director.post(`/api/permits/${caseCode}/grant`);
  if (granted.status !== 200) throw new Error(JSON.stringify(granted.body));
  const it = (await director.get(`/api/cases/${caseCode}`)).body;
  const personId = await personOf(house, caseCode);
  const caller = await house.signIn({ role: 'citizen', personId });
  return { caller, personId, caseCode, permitNumber: it.permit.number };
}

async function personOf(house: TestHouse, caseCode: string): Promise<string> {
  const id = decodeCode(caseCode)?.id ?? '';
  return house.database.transaction(provinceContext(4), async (tx) => {
    const cases = tx.selectFrom('cases').select('person_id').where('province_id', '=', 4);
    return (await cases.where('id', '=', id).executeTakeFirstOrThrow()).person_id;
  });
}

/** What a maker may say of a product; anything else as the test says. */
export const aProduct = {
  title: 'مانتوی کتان دست‌دوز',
  kind: 'ready',
  unit: 'عدد',
  priceRial: '12000000',
  leadDays: 3,
  sendsTo: 'country',
  onHand: 5,
} as const;

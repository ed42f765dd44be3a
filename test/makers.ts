import { randomUUID } from 'node:crypto';
import { referenceOf } from '../src/accounts/index.ts';
import { encodeCode } from '../src/kit/code.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { enterPermits } from '../src/permits/index.ts';
import { provinceContext } from '../src/platform/policy.ts';
import type { Caller, TestHouse } from './house.ts';

/** Somebody with a permit. */
export type PermitHolder = {
  readonly caseId: string;
  /** The case's code. */
  readonly code: string;
  readonly personId: string;
  readonly mobile: string;
};

/** One who is signed in. */
export type Maker = PermitHolder & { readonly caller: Caller };

let people = 5000;

/** So many people of province 04 with a permit to sew, each signed in with a phone: a sign-in takes its time. */
export async function makers(house: TestHouse, count: number): Promise<Maker[]> {
  const holders = await permitHolders(house, count);
  return Promise.all(
    holders.map(async (holder) => {
      const { personId, mobile: username } = holder;
      return { ...holder, caller: await house.signIn({ role: 'citizen', personId, username }) };
    }),
  );
}

/** So many people of province 04 with a permit to sew. */
export async function permitHolders(
  house: TestHouse,
  count: number,
  countyId = 401,
): Promise<PermitHolder[]> {
  const serials = Array.from({ length: count }, (_, at) => people + at);
  people += count;
  const reference = await referenceOf(house.database);
  const cases = await house.database.transaction(provinceContext(4), async (tx) => {
    const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
    const act = { provinceId: 4, ...nobody, now: house.clock.now(), today: '2022-06-22' };
    const ids = await enterPermits(
      tx,
      act,
      reference,
      serials.map((serial) => ({
        person: {
          ...{ nationalId: generateNationalId('274', serial), idKind: 'national' as const },
          ...{ firstName: 'آزمون', lastName: `دوزنده ${serial}`, sex: 'female' as const },
          mobile: `0914555${serial}`,
        },
        household: { countyId, area: 'urban' as const },
        kind: 'independent' as const,
        occupationId: 'tailoring',
        happenedOn: '2022-06-20',
        permitNumber: `خ-${serial}`,
      })),
    );
    const found = tx.selectFrom('cases').select(['id', 'person_id']).where('province_id', '=', 4);
    const rows = await found.where('id', 'in', ids).execute();
    const persons = new Map(rows.map((row) => [row.id, row.person_id]));
    return ids.map((id) => ({ caseId: id, personId: persons.get(id) ?? '' }));
  });
  return cases.map(({ caseId, personId }, at) => ({
    ...{ caseId, personId, code: encodeCode(4, caseId) },
    mobile: `0914555${serials[at]}`,
  }));
}

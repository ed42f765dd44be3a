import { randomUUID } from 'node:crypto';
import { referenceOf } from '../src/accounts/index.ts';
import { referPlans } from '../src/financing/index.ts';
import { encodeCode } from '../src/kit/code.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { enterPermits } from '../src/permits/index.ts';
import { provinceContext } from '../src/platform/policy.ts';
import type { TestHouse } from './house.ts';

/** A plan at a bank: how the case and the plan are called, and whose they are. */
export type Referred = {
  readonly caseId: string;
  /** The case's code. */
  readonly code: string;
  readonly planId: string;
  /** The plan's code, as a bank's system calls it. */
  readonly referral: string;
  readonly personId: string;
};

const day = '2022-06-20';
let people = 900;

/** A permit of province 04 and its plan of 400m rial at a bank. */
export async function referCase(
  house: TestHouse,
  bankId = 'MELLAT',
  mobile?: string,
): Promise<Referred> {
  const reference = await referenceOf(house.database);
  people += 1;
  const nationalId = generateNationalId('274', people);
  return house.database.transaction(provinceContext(4), async (tx) => {
    const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
    const act = { provinceId: 4, ...nobody, now: house.clock.now(), today: '2022-06-22' };
    const name = { firstName: 'آزمون', lastName: 'وام‌خواه', sex: 'female' as const };
    const person = { nationalId, idKind: 'national' as const, ...name };
    const [caseId = ''] = await enterPermits(tx, act, reference, [
      {
        person: { ...person, ...(mobile ? { mobile } : {}) },
        household: { countyId: 401, area: 'urban' },
        kind: 'independent',
        occupationId: 'tailoring',
        happenedOn: day,
        permitNumber: `د-${people}`,
      },
    ]);
    const plan = { bankId, creditLineId: 'home-jobs', requestedRial: 400_000_000n, people: 1 };
    const [planId = ''] = await referPlans(tx, { ...act, opId: randomUUID() }, reference, [
      { ...plan, caseId, happenedOn: day },
    ]);
    const found = tx.selectFrom('cases').select('person_id').where('province_id', '=', 4);
    const { person_id } = await found.where('id', '=', caseId).executeTakeFirstOrThrow();
    const codes = { code: encodeCode(4, caseId), referral: encodeCode(4, planId) };
    return { caseId, planId, personId: person_id, ...codes };
  });
}

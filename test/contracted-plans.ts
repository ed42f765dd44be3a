import { randomUUID } from 'node:crypto';
import { referenceOf } from '../src/accounts/index.ts';
import { referPlans, takePlanStep } from '../src/financing/index.ts';
import { encodeCode } from '../src/kit/code.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { enterPermits } from '../src/permits/index.ts';
import { provinceContext } from '../src/platform/policy.ts';
import type { TestHouse } from './house.ts';
import { passVisits } from './passed-visits.ts';

const day = '2022-06-20';

/**
 * Permits whose plans have a contract with a bank, and were looked at before any money unless told otherwise.
 * @returns the cases' codes
 */
export async function contractedPlans(
  house: TestHouse,
  {
    bankId,
    serials,
    rial,
    visited = true,
  }: { bankId: string; serials: readonly number[]; rial: bigint; visited?: boolean },
): Promise<string[]> {
  const reference = await referenceOf(house.database);
  return house.database.transaction(provinceContext(4), async (tx) => {
    const now = house.clock.now();
    const who = { provinceId: 4, actorId: null, organisationId: null, now, today: '2022-06-22' };
    const act = () => ({ ...who, opId: randomUUID() });
    const ids = await enterPermits(tx, act(), reference, serials.map(permitOf));
    const plan = { bankId, creditLineId: 'home-jobs', requestedRial: rial, people: 1 };
    const all = ids.map((caseId) => ({ caseId, happenedOn: day }));
    await referPlans(
      tx,
      act(),
      reference,
      all.map((one) => ({ ...one, ...plan })),
    );
    await takePlanStep(tx, act(), reference, 'financing.openFile', all);
    await takePlanStep(tx, act(), reference, 'financing.contract', all);
    if (visited) await passVisits(tx, who, reference, 'before', ids);
    return ids.map((id) => encodeCode(4, id));
  });
}

function permitOf(serial: number) {
  return {
    person: {
      ...{ nationalId: generateNationalId('274', serial), idKind: 'national' as const },
      ...{ firstName: 'آزمون', lastName: 'وام‌گیرنده', sex: 'female' as const },
    },
    household: { countyId: 401, area: 'urban' as const },
    kind: 'independent' as const,
    occupationId: 'tailoring',
    happenedOn: day,
    permitNumber: `ب-${serial}`,
  };
}

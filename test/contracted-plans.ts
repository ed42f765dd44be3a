import { randomUUID } from 'node:crypto';
import { type Reference, referenceOf } from '../src/accounts/index.ts';
import { referPlans, takePlanStep } from '../src/financing/index.ts';
import { encodeCode } from '../src/kit/code.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { enterPermits } from '../src/permits/index.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
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
    await contractCases({ tx, act, reference }, ids, plan);
    if (visited) await passVisits(tx, who, reference, 'before', ids);
    return ids.map((id) => encodeCode(4, id));
  });
}

/** A plan of a supporter's case that has a contract with a bank and was looked at. */
export async function contractSupporter(
  house: TestHouse,
  {
    bankId,
    rial,
    caseId,
    people,
  }: { bankId: string; rial: bigint; caseId: string; people: number },
): Promise<void> {
  const reference = await referenceOf(house.database);
  await house.database.transaction(provinceContext(4), async (tx) => {
    const now = house.clock.now();
    const who = { provinceId: 4, actorId: null, organisationId: null, now, today: '2022-06-22' };
    const act = () => ({ ...who, opId: randomUUID() });
    const plan = {
      bankId,
      creditLineId: 'home-jobs',
      requestedRial: rial,
      people,
      covered: people,
    };
    await contractCases({ tx, act, reference }, [caseId], plan);
    await passVisits(tx, who, reference, 'before', [caseId]);
  });
}

type Around = { readonly tx: Tx; readonly act: () => Act; readonly reference: Reference };
type Plan = Omit<Parameters<typeof referPlans>[3][number], 'caseId' | 'happenedOn'>;

async function contractCases(
  { tx, act, reference }: Around,
  ids: readonly string[],
  plan: Plan,
): Promise<void> {
  const all = ids.map((caseId) => ({ caseId, happenedOn: day }));
  const referrals = all.map((one) => ({ ...one, ...plan }));
  await referPlans(tx, act(), reference, referrals);
  await takePlanStep(tx, act(), reference, 'financing.openFile', all);
  await takePlanStep(tx, act(), reference, 'financing.contract', all);
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

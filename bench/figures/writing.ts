import { randomUUID } from 'node:crypto';
import { readDemoRows } from '../../demo/reference.ts';
import { referenceOf } from '../../src/accounts/index.ts';
import { foldProvince } from '../../src/figures/index.ts';
import { generateNationalId } from '../../src/kit/identifiers.ts';
import { permitCounts, submitCases } from '../../src/permits/index.ts';
import type { Count } from '../../src/platform/counts.ts';
import type { Database } from '../../src/platform/database.ts';
import { type Act, recordSteps } from '../../src/platform/history.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { medianTimes } from '../measure.ts';
import { provinceId } from './seed.ts';

const people = 200;
const name = readDemoRows('given-names')[0]?.fa ?? '';
const day = '2022-06-21';

const act = (): Act => ({
  ...{ provinceId, actorId: null, organisationId: null, now: new Date('2022-06-21T08:00:00Z') },
  ...{ today: day, opId: randomUUID() },
});

/** Cases to write steps of, opened through the product's own door. */
async function openCases(database: Database) {
  const reference = await referenceOf(database);
  const applications = Array.from({ length: people }, (_, nth) => ({
    person: {
      ...{ nationalId: generateNationalId('274', nth + 1), idKind: 'national' as const },
      ...{ firstName: name, lastName: name, sex: 'female' as const },
    },
    household: { countyId: 401, area: 'urban' as const },
    ...{ kind: 'independent' as const, occupationId: 'tailoring', happenedOn: day },
  }));
  return database.transaction(provinceContext(provinceId), async (tx) => {
    const ids = await submitCases(tx, act(), reference, applications);
    const rows = await tx
      .selectFrom('cases')
      .select(['id', 'person_id', 'agency_id'])
      .where('province_id', '=', provinceId)
      .execute();
    return rows.filter(({ id }) => ids.includes(id));
  });
}

/**
 * Milliseconds that steps take one by one, each in a transaction of its own: with what they add to the figures
 * written beside them and folded into the totals afterwards, and without any of that.
 */
export async function writingTimes(database: Database) {
  const cases = await openCases(database);
  const write = async (counts: readonly Count[]) => {
    for (const row of cases) {
      const step = {
        ...{ caseId: row.id, personId: row.person_id, verb: 'permits.grant' },
        ...{ from: 'agency_signed', to: 'issued', happenedOn: day },
        dims: {
          ...{ countyId: 401, agencyId: row.agency_id, bankId: null, kind: 'independent' },
          ...{ occupationId: 'tailoring', sex: 'female', area: 'urban' },
        },
      };
      await database.transaction(provinceContext(provinceId), (tx) =>
        recordSteps(tx, act(), counts, [step]),
      );
    }
    if (counts.length > 0) await foldProvince(database, provinceId);
  };
  return medianTimes({ kept: () => write(permitCounts), bare: () => write([]) }, 5);
}

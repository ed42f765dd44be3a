import type { Database, Tx } from '../platform/database.ts';
import { provinceContext } from '../platform/policy.ts';
import { type Reference, referenceOf } from './reference.ts';

/**
 * Does something in every province, one after the other. What fails in one keeps no other from its turn.
 * @throws AggregateError of all that failed, once every province had its turn
 */
export async function eachProvince(
  database: Database,
  visit: (provinceId: number, reference: Reference) => Promise<void>,
): Promise<void> {
  const reference = await referenceOf(database);
  await eachOf(reference.provinces.keys(), (provinceId) => visit(provinceId, reference));
}

/** The same in these provinces only. @throws AggregateError as {@link eachProvince} does */
export async function eachOf(
  provinces: Iterable<number>,
  visit: (provinceId: number) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const provinceId of provinces) {
    try {
      await visit(provinceId);
    } catch (error) {
      failures.push(new Error(`Province ${provinceId}: ${error}`, { cause: error }));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.join('\n'));
}

/** As {@link eachProvince}, each in a transaction of its own. @returns what the counts add up to */
export async function countInProvinces(
  database: Database,
  work: (tx: Tx, provinceId: number) => Promise<number>,
): Promise<number> {
  let count = 0;
  await eachProvince(database, async (provinceId) => {
    count += await database.transaction(provinceContext(provinceId), (tx) => work(tx, provinceId));
  });
  return count;
}

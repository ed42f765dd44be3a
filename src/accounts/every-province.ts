import type { Database, Tx } from '../platform/database.ts';
import { provinceContext } from '../platform/policy.ts';
import { referenceOf } from './reference.ts';

/** Does something in every province, each in a transaction of its own. @returns what the counts add up to */
export async function countInProvinces(
  database: Database,
  work: (tx: Tx, provinceId: number) => Promise<number>,
): Promise<number> {
  let count = 0;
  for (const provinceId of (await referenceOf(database)).provinces.keys()) {
    count += await database.transaction(provinceContext(provinceId), (tx) => work(tx, provinceId));
  }
  return count;
}

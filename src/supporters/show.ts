import { encodeCode } from '../kit/code.ts';
import { maskedId } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';

/** The people named under a case's plans; who may see the case is the caller's to have asked. */
export async function membersOfCase(
  tx: Tx,
  principal: Principal,
  key: { provinceId: number; id: string },
) {
  const rows = await tx
    .selectFrom('memberships as m')
    .innerJoin('plans', (join) =>
      join.onRef('plans.id', '=', 'm.plan_id').on('plans.province_id', '=', key.provinceId),
    )
    .innerJoin('people', (join) =>
      join.onRef('people.id', '=', 'm.person_id').on('people.province_id', '=', key.provinceId),
    )
    .select([
      'people.first_name',
      'people.last_name',
      'people.national_id',
      'm.since',
      'm.covered_case_id',
    ])
    .where('m.province_id', '=', key.provinceId)
    .where('plans.case_id', '=', key.id)
    .orderBy('m.id')
    .execute();
  return rows.map((row) => ({
    name: `${row.first_name} ${row.last_name}`,
    nationalId: maskedId(principal, row.national_id),
    since: row.since,
    caseCode: row.covered_case_id === null ? null : encodeCode(key.provinceId, row.covered_case_id),
  }));
}

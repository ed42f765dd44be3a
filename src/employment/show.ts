import { maskedId } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';

/** The people at work in a case's plans; who may see the case is the caller's to have asked. */
export async function jobsOfCase(
  tx: Tx,
  principal: Principal,
  key: { provinceId: number; id: string },
) {
  const rows = await tx
    .selectFrom('jobs')
    .innerJoin('people', (join) =>
      join.onRef('people.id', '=', 'jobs.person_id').on('people.province_id', '=', key.provinceId),
    )
    .select([
      'people.first_name',
      'people.last_name',
      'people.national_id',
      'jobs.relation',
      'jobs.started_on',
      'jobs.ended_on',
    ])
    .where('jobs.province_id', '=', key.provinceId)
    .where('jobs.case_id', '=', key.id)
    .where('jobs.taken_back_at', 'is', null)
    .orderBy('jobs.id')
    .execute();
  return rows.map((row) => ({
    name: `${row.first_name} ${row.last_name}`,
    nationalId: maskedId(principal, row.national_id),
    relation: row.relation,
    startedOn: row.started_on,
    endedOn: row.ended_on,
  }));
}

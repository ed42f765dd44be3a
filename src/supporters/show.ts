import { sql } from 'kysely';
import { encodeCode } from '../kit/code.ts';
import { maskedId } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';
import { otherSupporters } from './default.ts';

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

/**
 * Who covers the person of a case, the cover that lives first: in which state, by which contract, and
 * how many other supporters have a place for whoever is looking for one. Who may see the case is the
 * caller's to have asked.
 */
export async function coversOfCase(tx: Tx, { provinceId, id }: { provinceId: number; id: string }) {
  const { rows } = await sql<RawCover>`
    select v.id, v.state, v.state_since, s.state as supporter_state,
      coalesce(s.firm_name, e.first_name || ' ' || e.last_name) as supporter,
      (select c.state from contracts c where c.province_id = ${provinceId} and c.cover_id = v.id
        order by c.version desc limit 1) as contract
    from cases k
    join covers v on v.province_id = ${provinceId} and v.person_id = k.person_id
    join supporters s on s.province_id = ${provinceId} and s.case_id = v.case_id
    join people e on e.province_id = ${provinceId} and e.id = s.person_id
    where k.province_id = ${provinceId} and k.id = ${id}::uuid and k.kind = 'covered'
      and (v.own_case_id = k.id or v.own_case_id is null)
    order by (v.state in ('moved', 'ended')), v.id desc limit 10`.execute(tx);
  const lines = [];
  for (const row of rows) {
    const seeking = row.state === 'seeking';
    lines.push({
      ...{ code: encodeCode(provinceId, row.id), state: row.state, since: row.state_since },
      ...{ supporter: row.supporter, supporterState: row.supporter_state },
      contract: row.contract,
      others: seeking ? (await otherSupporters(tx, provinceId, row.id)).length : null,
    });
  }
  return lines;
}

type RawCover = {
  id: string;
  state: string;
  state_since: string;
  supporter_state: string;
  supporter: string;
  contract: string | null;
};

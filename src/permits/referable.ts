import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';
import { visibleTo } from './policy.ts';
import { planStatesBack } from './rules.ts';

/** {@link mayBeReferred} as a condition. */
export const isReferable: RawBuilder<boolean> = sql<boolean>`(cases.state = 'issued'
  and cases.kind <> 'covered'
  and (cases.plan_state is null or cases.plan_state = any(${planStatesBack}::text[])))`;

/** How many cases of an agency in a county could be referred. */
export type ReferableCount = {
  readonly agencyId: string;
  readonly countyId: number;
  readonly count: number;
};

/** Cases that could be referred, of those that the principal sees; as many as the list says. */
export async function countReferable(
  tx: Tx,
  principal: Principal,
  provinceId: number,
): Promise<ReferableCount[]> {
  const rows = await tx
    .selectFrom('cases')
    .select(['cases.agency_id', 'cases.county_id'])
    .select(({ fn }) => fn.countAll().as('count'))
    .where('cases.province_id', '=', provinceId)
    .where(visibleTo(principal))
    .where(isReferable)
    .groupBy(['cases.agency_id', 'cases.county_id'])
    .execute();
  return rows.map(({ agency_id, county_id, count }) => ({
    agencyId: agency_id,
    countyId: county_id,
    count: Number(count),
  }));
}

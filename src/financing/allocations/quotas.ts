import { sql } from 'kysely';
import { type Reference, settingOn } from '../../accounts/index.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import { endedPlanStates } from '../rules.ts';
import { type Allocation, type Ceiling, type Quota, quotaLimit, quotas } from './rules.ts';

/** What live plans of one agency hold of one quota in an allocation; rial. */
export type QuotaUsed = {
  readonly allocationId: string;
  readonly agencyId: string;
  readonly quota: Quota;
  readonly rial: bigint;
};

/** What of the rooms of a province quotas are reckoned from. */
type QuotaRooms = {
  readonly provinceId: number;
  readonly reference: Reference;
  readonly ceilings: ReadonlyMap<string, Ceiling>;
  readonly quotaUsed: QuotaUsed[];
};

/** A plan as far as its quotas ask. */
type QuotaWish = {
  readonly agencyId: string | null;
  readonly day: string;
  readonly rial: bigint;
  readonly quotas?: readonly Quota[];
};

/** The dated share of each quota. */
const shares = {
  second_loan: 'financing.second_loan_share',
  approved_cap: 'financing.approved_cap_share',
} as const satisfies Record<Quota, string>;

/** What live plans hold of each quota, by allocation and agency. */
export async function quotaUsedOf(
  tx: Tx,
  provinceId: number,
  allocationIds: readonly string[],
): Promise<QuotaUsed[]> {
  if (allocationIds.length === 0) return [];
  const { rows } = await sql<{
    allocation_id: string;
    agency_id: string;
    quota: Quota;
    rial: bigint;
  }>`
    select p.allocation_id, p.agency_id, q.quota,
      sum(coalesce(p.approved_rial, p.requested_rial))::bigint as rial
    from plans p join unnest(${[...quotas]}::text[]) as q(quota) on q.quota = any(p.quotas)
    where p.province_id = ${provinceId} and p.allocation_id = any(${allocationIds}::uuid[])
      and p.quotas <> '{}' and p.state <> all(${endedPlanStates}::text[])
    group by p.allocation_id, p.agency_id, q.quota`.execute(tx);
  return rows.map(({ allocation_id, agency_id, quota, rial }) => ({
    ...{ allocationId: allocation_id, agencyId: agency_id, quota, rial },
  }));
}

/**
 * The problem of the first quota of a plan that has no room in an allocation, if one has none: a quota is a
 * share of the agency's own ceiling, or of the province's where the agency has none.
 */
export function findOverQuota(
  rooms: QuotaRooms,
  allocation: Allocation,
  wish: QuotaWish,
): Problem | undefined {
  const ceilings = [...rooms.ceilings.values()];
  const base = quotaLimit(ceilings, allocation.id, wish.agencyId ?? '');
  for (const quota of wish.quotas ?? []) {
    const bp = settingOn(rooms.reference, shares[quota], rooms.provinceId, wish.day);
    const used = rooms.quotaUsed.filter(
      (one) =>
        one.allocationId === allocation.id &&
        one.quota === quota &&
        (base.agencyId === null || one.agencyId === base.agencyId),
    );
    const most = (base.ceilingRial * BigInt(bp)) / 10_000n;
    const left = used.reduce((rest, { rial }) => rest - rial, most);
    if (left >= wish.rial) continue;
    const amounts = { leftRial: String(left > 0n ? left : 0n), givenRial: String(wish.rial) };
    return quota === 'second_loan'
      ? new Problem('financing.over_second_loans', amounts)
      : new Problem('financing.over_approved_cap', amounts);
  }
  return undefined;
}

/** Lets those judged after a plan see what it takes of its quotas. */
export function takeQuotas(rooms: QuotaRooms, allocationId: string, wish: QuotaWish): void {
  for (const quota of wish.quotas ?? []) {
    const { agencyId, rial } = wish;
    rooms.quotaUsed.push({ allocationId, agencyId: agencyId ?? '', quota, rial });
  }
}

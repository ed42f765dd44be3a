import { sql } from 'kysely';
import {
  countyLabel,
  organisationLabel,
  provinceLabel,
  type Reference,
  settingOn,
} from '../../accounts/index.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import { findOverQuota, type QuotaUsed, quotaUsedOf, takeQuotas } from './quotas.ts';
import {
  type Allocation,
  afterMove,
  type Ceiling,
  isUnder,
  leftUnder,
  type Quota,
  type Share,
} from './rules.ts';

/** Allocations with their ceilings, locked, and as what is judged here leaves them. */
export type Rooms = {
  readonly provinceId: number;
  readonly reference: Reference;
  /** Those that lapse first come first. */
  readonly allocations: readonly Allocation[];
  readonly ceilings: Map<string, Ceiling>;
  /** What plans hold of each quota, those judged here included. */
  readonly quotaUsed: QuotaUsed[];
};

/** What a plan asks room for: a credit line, a day (ISO), its coordinates and rial. */
export type RoomWish = Share & {
  readonly creditLineId: string;
  readonly day: string;
  readonly rial: bigint;
  /** The quotas it is counted under. */
  readonly quotas?: readonly Quota[];
};

type Found = { readonly lines: readonly string[] } | { readonly ids: readonly string[] };

/**
 * Locks the allocations of credit lines, or those named, until the transaction ends. Cases are locked
 * before allocations and allocations in the order of their ids, so that no two acts wait for each other.
 */
export async function openRooms(
  tx: Tx,
  provinceId: number,
  reference: Reference,
  wanted: Found,
): Promise<Rooms> {
  const which =
    'lines' in wanted
      ? sql`credit_line_id = any(${[...new Set(wanted.lines)]}::text[])`
      : sql`id = any(${[...new Set(wanted.ids)]}::uuid[])`;
  const { rows } = await sql<RawAllocation>`
    select id, credit_line_id, from_on, coalesce(carry_over_on, deadline_on) as last_on, floats_on
    from allocations where province_id = ${provinceId} and ${which}
    order by id for no key update`.execute(tx);
  const allocations = rows.map(toAllocation);
  // A new statement: it sees what those who held the lock before have written.
  const ids = allocations.map(({ id }) => id);
  const ceilings = await ceilingsOf(tx, provinceId, ids);
  return {
    provinceId,
    reference,
    allocations: allocations.toSorted((a, b) => (a.lastOn < b.lastOn ? -1 : 1)),
    ceilings: new Map(ceilings.map((one) => [one.id, one])),
    quotaUsed: await quotaUsedOf(tx, provinceId, ids),
  };
}

type RawAllocation = {
  id: string;
  credit_line_id: string;
  from_on: string;
  last_on: string;
  floats_on: string | null;
};

function toAllocation(row: RawAllocation): Allocation {
  return {
    id: row.id,
    creditLineId: row.credit_line_id,
    fromOn: row.from_on,
    lastOn: row.last_on,
    floatsOn: row.floats_on,
  };
}

/** The ceilings of allocations, as far as row security shows them. */
export async function ceilingsOf(
  tx: Tx,
  provinceId: number,
  allocationIds: readonly string[],
): Promise<Ceiling[]> {
  if (allocationIds.length === 0) return [];
  const rows = await tx
    .selectFrom('ceilings')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`allocation_id = any(${allocationIds}::uuid[])`)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    allocationId: row.allocation_id,
    agencyId: row.agency_id,
    countyId: row.county_id,
    bankId: row.bank_id,
    ceilingRial: BigInt(row.ceiling_rial),
    nationalRial: BigInt(row.national_rial),
    usedRial: BigInt(row.used_rial),
    floatedRial: BigInt(row.floated_rial),
  }));
}

/**
 * Finds room for a plan and lets those judged after it see that it is taken: in the allocation that
 * lapses first and has room under every ceiling the plan falls under. An allocation in force always
 * binds; where there is none, the setting `financing.allocation_required` says whether a plan may go on
 * without.
 * @returns the allocation, or null where none is in force and none is required
 * @throws Problem `financing.over_ceiling` (409) with the ceiling and what is left under it,
 * `financing.over_second_loans`, `financing.over_approved_cap` (409) with what is left of the share,
 * `financing.no_allocation` (422)
 */
export function takeRoom(rooms: Rooms, wish: RoomWish): string | null {
  const inForce = rooms.allocations.filter(
    ({ creditLineId, fromOn, lastOn }) =>
      creditLineId === wish.creditLineId && fromOn <= wish.day && wish.day <= lastOn,
  );
  let full: Problem | undefined;
  for (const allocation of inForce) {
    full =
      findFull(rooms, allocation, wish, wish.day, wish.rial) ??
      findOverQuota(rooms, allocation, wish);
    if (full) continue;
    takeQuotas(rooms, allocation.id, wish);
    move(rooms, allocation.id, wish, wish.rial);
    return allocation.id;
  }
  if (full) throw full;
  const key = 'financing.allocation_required';
  if (settingOn(rooms.reference, key, rooms.provinceId, wish.day) === 'true') {
    throw new Problem('financing.no_allocation', { line: wish.creditLineId, day: wish.day });
  }
  return null;
}

const under = (rooms: Rooms, allocationId: string, of: Share): Ceiling[] =>
  [...rooms.ceilings.values()].filter(
    (one) => one.allocationId === allocationId && isUnder(one, of),
  );

function move(rooms: Rooms, allocationId: string, of: Share, deltaRial: bigint): void {
  for (const one of under(rooms, allocationId, of)) {
    rooms.ceilings.set(one.id, afterMove(one, deltaRial));
  }
}

/** The problem of the tightest ceiling that has no room for so much, if one has none. */
function findFull(
  rooms: Rooms,
  allocation: Allocation,
  of: Share,
  day: string,
  rial: bigint,
): Problem | undefined {
  let full: { ceiling: Ceiling; left: bigint } | undefined;
  for (const ceiling of under(rooms, allocation.id, of)) {
    const left = leftUnder(allocation, ceiling, day);
    if (left === null || left >= rial) continue;
    if (!full || left < full.left) full = { ceiling, left };
  }
  if (!full) return undefined;
  const name = shareName(rooms.reference, rooms.provinceId, full.ceiling);
  return new Problem('financing.over_ceiling', {
    ceilingFa: name.fa,
    ceilingEn: name.en,
    leftRial: full.left.toString(),
    givenRial: rial.toString(),
  });
}

/** What a ceiling is called: its agency, county and bank, or the province. */
export function shareName(reference: Reference, provinceId: number, share: Share) {
  const { agencyId, countyId, bankId } = share;
  const labels = [
    ...(agencyId === null ? [] : [organisationLabel(reference, agencyId)]),
    ...(countyId === null ? [] : [countyLabel(reference, countyId)]),
    ...(bankId === null ? [] : [organisationLabel(reference, bankId)]),
  ].map(({ label }) => label);
  if (labels.length === 0) return provinceLabel(reference, provinceId).label;
  return { fa: labels.map(({ fa }) => fa).join(' / '), en: labels.map(({ en }) => en).join(' / ') };
}

/** What a step does to what a plan holds. */
export type HoldMove = Share & {
  readonly allocationId: string | null;
  readonly beforeRial: bigint;
  readonly afterRial: bigint;
  /** The day of the step, ISO. */
  readonly day: string;
};

/**
 * Takes from and gives back to every ceiling that the plans fall under, in the transaction of the step.
 * @throws Problem `financing.over_ceiling` (409) where a plan takes more than is left
 */
export async function moveHolds(
  tx: Tx,
  provinceId: number,
  reference: Reference,
  moves: readonly HoldMove[],
): Promise<void> {
  const real = moves.filter(
    (one): one is HoldMove & { allocationId: string } =>
      one.allocationId !== null && one.beforeRial !== one.afterRial,
  );
  if (real.length === 0) return;
  const ids = real.map(({ allocationId }) => allocationId);
  const rooms = await openRooms(tx, provinceId, reference, { ids });
  const before = new Map(rooms.ceilings);
  for (const one of real) {
    const deltaRial = one.afterRial - one.beforeRial;
    const allocation = rooms.allocations.find(({ id }) => id === one.allocationId) as Allocation;
    const full = deltaRial > 0n && findFull(rooms, allocation, one, one.day, deltaRial);
    if (full) throw full;
    move(rooms, one.allocationId, one, deltaRial);
  }
  const changed = [...rooms.ceilings.values()].filter((one) => before.get(one.id) !== one);
  await saveUsed(tx, provinceId, changed);
}

async function saveUsed(tx: Tx, provinceId: number, ceilings: readonly Ceiling[]): Promise<void> {
  await sql`
    update ceilings c set used_rial = i.used_rial, floated_rial = i.floated_rial
    from unnest(${ceilings.map(({ id }) => id)}::uuid[],
      ${ceilings.map(({ usedRial }) => usedRial.toString())}::bigint[],
      ${ceilings.map(({ floatedRial }) => floatedRial.toString())}::bigint[])
      as i(id, used_rial, floated_rial)
    where c.province_id = ${provinceId}::integer and c.id = i.id`.execute(tx);
}

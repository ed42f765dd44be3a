import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Dimensions } from '../platform/history-row.ts';
import { type Holder, holderOf, type Kind, type PermitState } from './rules.ts';
import { addVersions, showVersions } from './versions.ts';

/** A case as its rules need it. */
export type CaseRow = {
  readonly id: string;
  readonly state: PermitState;
  readonly stateSince: string;
  readonly personId: string;
  readonly permitId: string | null;
  readonly planState: string | null;
  readonly dims: Dimensions & { readonly kind: Kind };
};

const caseColumns = [
  'id',
  'state',
  'state_since',
  'person_id',
  'permit_id',
  'plan_state',
  'county_id',
  'agency_id',
  'bank_id',
  'kind',
  'occupation_id',
  'sex',
  'area',
] as const;

/**
 * The cases, locked in the order of their ids, by id. What row security hides is not there.
 * @throws Problem `platform.not_found` (404) when one of them is missing
 */
export async function getCasesForUpdate(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<Map<string, CaseRow>> {
  const rows = await tx
    .selectFrom('cases')
    .select(caseColumns)
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
  const found = new Map(rows.map((row) => [row.id, toCase(row)]));
  if (ids.some((id) => !found.has(id))) throw new Problem('platform.not_found');
  return found;
}

type RawCase = {
  id: string;
  state: string;
  state_since: unknown;
  person_id: string;
  permit_id: string | null;
  plan_state: string | null;
  county_id: number;
  agency_id: string;
  bank_id: string | null;
  kind: string;
  occupation_id: string;
  sex: string;
  area: string;
};

function toCase(row: RawCase): CaseRow {
  return {
    id: row.id,
    state: row.state as PermitState,
    stateSince: String(row.state_since),
    personId: row.person_id,
    permitId: row.permit_id,
    planState: row.plan_state,
    dims: {
      countyId: row.county_id,
      agencyId: row.agency_id,
      bankId: row.bank_id,
      kind: row.kind as Kind,
      occupationId: row.occupation_id,
      sex: row.sex,
      area: row.area,
    },
  };
}

/** A case to be written for the first time. */
export type NewCase = {
  readonly id: string;
  readonly state: PermitState;
  readonly since: string;
  readonly submittedOn: string | null;
  readonly dueOn: string | null;
  readonly personId: string;
  readonly householdId: string;
  readonly permitId: string | null;
  readonly dims: Dimensions;
};

/** Adds cases; a live case of the same person in the same occupation violates its named index. */
export async function insertCases(tx: Tx, act: Act, cases: readonly NewCase[]): Promise<void> {
  if (cases.length === 0) return;
  const of = <T>(pick: (one: NewCase) => T) => cases.map(pick);
  await sql`
    insert into cases (province_id, id, state, kind, person_id, household_id, occupation_id,
      agency_id, county_id, area, sex, submitted_on, state_since, holder_since, holder, due_on,
      permit_id, recorded_at)
    select ${act.provinceId}::integer, i.*, ${act.now}::timestamptz
    from unnest(${of((c) => c.id)}::uuid[], ${of((c) => c.state)}::text[],
      ${of((c) => c.dims.kind)}::text[], ${of((c) => c.personId)}::uuid[],
      ${of((c) => c.householdId)}::uuid[], ${of((c) => c.dims.occupationId)}::text[],
      ${of((c) => c.dims.agencyId)}::text[], ${of((c) => c.dims.countyId)}::integer[],
      ${of((c) => c.dims.area)}::text[], ${of((c) => c.dims.sex)}::text[],
      ${of((c) => c.submittedOn)}::date[], ${of((c) => c.since)}::date[],
      ${of((c) => c.since)}::date[], ${of((c) => holderOf(c.state))}::text[],
      ${of((c) => c.dueOn)}::date[], ${of((c) => c.permitId)}::uuid[]) as i`.execute(tx);
}

/** A case's new state after a step. */
export type Moved = {
  readonly id: string;
  readonly state: PermitState;
  readonly since: string;
  readonly dueOn: string | null;
  readonly permitId: string | null;
};

/** States of a live permit, in which a plan that is with its bank stays with it. */
const bankKeeps: readonly PermitState[] = [
  'issued',
  'suspended',
  'expired',
  'renewal_asked',
  'renewal_signed',
];

/** Writes the states that steps led to, and the versions of the permits that they changed. */
export async function saveMoved(
  tx: Tx,
  provinceId: number,
  moved: readonly Moved[],
): Promise<void> {
  if (moved.length === 0) return;
  const permits = moved.flatMap(({ permitId }) => permitId ?? []);
  // Asked for in this order: a version is read from the case as it has just been left.
  await Promise.all([updateMoved(tx, provinceId, moved), addVersions(tx, provinceId, permits)]);
}

async function updateMoved(tx: Tx, provinceId: number, moved: readonly Moved[]): Promise<void> {
  const of = <T>(pick: (one: Moved) => T) => moved.map(pick);
  const kept = sql`c.holder = 'bank' and i.state = any(${bankKeeps}::text[])`;
  // A step ends whoever's claim on the case: the next holder finds it free.
  await sql`
    with freed as (delete from case_claims
      where province_id = ${provinceId}::integer and case_id = any(${of((m) => m.id)}::uuid[]))
    update cases c set state = i.state, state_since = i.since, permit_id = i.permit_id,
      holder = case when ${kept} then c.holder else i.holder end,
      holder_since = case when ${kept} then c.holder_since else i.since end,
      due_on = case when ${kept} then c.due_on else i.due_on end
    from unnest(${of((m) => m.id)}::uuid[], ${of((m) => m.state)}::text[],
      ${of((m) => m.since)}::date[], ${of((m) => m.dueOn)}::date[],
      ${of((m) => m.permitId)}::uuid[], ${of((m) => holderOf(m.state))}::text[])
      as i(id, state, since, due_on, permit_id, holder)
    where c.province_id = ${provinceId}::integer and c.id = i.id`.execute(tx);
}

/** A permit to be written when its case is granted or entered. */
export type NewPermit = {
  readonly id: string;
  readonly caseId: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly validUntil: string;
};

/** Adds permits; a number that is taken violates `permits_number_once`. */
export async function insertPermits(
  tx: Tx,
  provinceId: number,
  permits: readonly NewPermit[],
): Promise<void> {
  if (permits.length === 0) return;
  const of = <T>(pick: (one: NewPermit) => T) => permits.map(pick);
  await sql`
    insert into permits (province_id, id, case_id, number, issued_on, valid_until)
    select ${provinceId}::integer, i.*
    from unnest(${of((p) => p.id)}::uuid[], ${of((p) => p.caseId)}::uuid[],
      ${of((p) => p.number)}::text[], ${of((p) => p.issuedOn)}::date[],
      ${of((p) => p.validUntil)}::date[]) as i`.execute(tx);
}

/** Marks the permits of revoked cases. */
export async function revokePermits(
  tx: Tx,
  provinceId: number,
  revoked: readonly { caseId: string; happenedOn: string }[],
): Promise<void> {
  await sql`
    update permits p set revoked_on = i.revoked_on
    from unnest(${revoked.map((r) => r.caseId)}::uuid[], ${revoked.map((r) => r.happenedOn)}::date[])
      as i(case_id, revoked_on)
    where p.province_id = ${provinceId}::integer and p.case_id = i.case_id
      and p.taken_back_at is null`.execute(tx);
}

/** Who gave the agency's newest signature on each of the cases, on its permit or its renewal; or who refused it. */
export async function firstSigners(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
  verb: 'permits.sign' | 'permits.signRenewal' | 'permits.refuse' = 'permits.sign',
): Promise<Map<string, string | null>> {
  const rows = await tx
    .selectFrom('history')
    .select(['case_id', 'actor_id'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`case_id = any(${caseIds}::uuid[])`)
    .where('verb', '=', verb)
    .where('sign', '=', 1)
    .orderBy('case_id')
    .orderBy('seq')
    .execute();
  // The newest signature of a case comes last and stays.
  return new Map(rows.map((row) => [row.case_id, row.actor_id]));
}

/** What a later link of the chain says of a case: financing tells it here, the case page shows it. */
export type PlanLink = {
  readonly caseId: string;
  readonly planState: string;
  readonly bankId: string;
  readonly holder: Holder;
  readonly since: string;
  readonly dueOn: string | null;
};

/** Writes where the plans of cases stand, and lets each bank see its cases. */
export async function linkPlans(
  tx: Tx,
  provinceId: number,
  links: readonly PlanLink[],
): Promise<void> {
  const of = <T>(pick: (one: PlanLink) => T) => links.map(pick);
  const linked = sql`
    update cases c set plan_state = i.plan_state, bank_id = i.bank_id, holder = i.holder,
      holder_since = i.since, due_on = i.due_on
    from unnest(${of((l) => l.caseId)}::uuid[], ${of((l) => l.planState)}::text[],
      ${of((l) => l.bankId)}::text[], ${of((l) => l.holder)}::text[], ${of((l) => l.since)}::date[],
      ${of((l) => l.dueOn)}::date[]) as i(case_id, plan_state, bank_id, holder, since, due_on)
    where c.province_id = ${provinceId}::integer and c.id = i.case_id`.execute(tx);
  const ids = of((l) => l.caseId);
  // Asked for in this order: the versions are shown to whoever the cases are shown to by then.
  await Promise.all([linked, showVersions(tx, provinceId, ids)]);
}

/** Marks the permits of cases whose issue was taken back; the number is free again. */
export async function voidPermits(tx: Tx, act: Act, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  await sql`update permits set taken_back_at = ${act.now}::timestamptz
    where province_id = ${act.provinceId} and case_id = any(${caseIds}::uuid[])
      and taken_back_at is null`.execute(tx);
}

/** Makes permits valid again whose revocation was taken back. */
export async function clearRevocations(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<void> {
  if (caseIds.length === 0) return;
  await sql`update permits set revoked_on = null
    where province_id = ${provinceId} and case_id = any(${caseIds}::uuid[])
      and taken_back_at is null`.execute(tx);
}

/** The cases have no plan any more: the permit's own holder has them, without a deadline. */
export async function clearPlans(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<void> {
  if (caseIds.length === 0) return;
  const cleared = sql`
    update cases set plan_state = null, bank_id = null, holder = 'nobody', holder_since = state_since,
      due_on = null
    where province_id = ${provinceId} and id = any(${caseIds}::uuid[])`.execute(tx);
  await Promise.all([cleared, showVersions(tx, provinceId, caseIds)]);
}

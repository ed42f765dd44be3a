import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Dimensions } from '../platform/history-row.ts';
import { approvingVerbs, versionVerbs } from './rules.ts';

/**
 * Adds a version to each permit whose case's newest step changes what the permit says or is worth (the
 * others are left alone). Everything in it is read from the record as the step has just left it, so
 * every way to issue, change or take back makes its version by calling this last.
 */
export async function addVersions(
  tx: Tx,
  provinceId: number,
  permitIds: readonly string[],
): Promise<void> {
  if (permitIds.length === 0) return;
  const province = sql`${provinceId}::integer`;
  await sql`
    insert into permit_versions (province_id, permit_id, version, case_id, history_id, verb,
      takes_back, status, person_id, occupation_id, agency_id, county_id, area, address, conditions,
      approvals, valid_from, valid_until, recorded_at, bank_id, clearing_ids)
    select ${province}, p.id, coalesce(last.version, 0) + 1, c.id, n.id, n.verb, n.sign = -1,
      case when p.taken_back_at is not null then 'void' when c.state = 'issued' then 'valid'
        when c.state in ('suspended', 'expired', 'revoked', 'ended') then c.state
        else coalesce(prior.status, last.status) end,
      c.person_id, c.occupation_id, c.agency_id, c.county_id, c.area, r.address,
      coalesce(signed.conditions, '[]'), coalesce(signed.approvals, '[]'),
      coalesce(prior.valid_from, n.happened_on), p.valid_until, n.recorded_at,
      c.bank_id, c.clearing_ids
    from unnest(${permitIds}::uuid[]) as i(id)
    join permits p on p.province_id = ${province} and p.id = i.id
    join cases c on c.province_id = ${province} and c.id = p.case_id
    left join households r on r.province_id = ${province} and r.id = c.household_id
    cross join lateral (select h.id, h.verb, h.sign, h.reverses, h.happened_on, h.recorded_at
      from history h
      where h.province_id = ${province} and h.case_id = c.id order by h.seq desc limit 1) n
    left join lateral (select v.version, v.status from permit_versions v
      where v.province_id = ${province} and v.permit_id = p.id
      order by v.version desc limit 1) last on true
    left join lateral (select b.status, b.valid_from from permit_versions v
      join permit_versions b on b.province_id = ${province} and b.permit_id = v.permit_id
        and b.version = v.version - 1
      where v.province_id = ${province} and v.permit_id = p.id and v.history_id = n.reverses
      ) prior on true
    cross join lateral (${approvals(provinceId)}) signed
    where n.verb = any(${[...versionVerbs]}::text[])
      and not exists (select 1 from permit_versions v
        where v.province_id = ${province} and v.history_id = n.id)`.execute(tx);
}

/** A permit's first version where its step opened the case: nothing of it has to be read. */
export type FirstVersion = {
  readonly permitId: string;
  readonly caseId: string;
  readonly historyId: string;
  readonly verb: string;
  readonly personId: string;
  readonly dims: Dimensions;
  readonly address: string | null;
  readonly conditions: readonly unknown[];
  /** ISO. */
  readonly happenedOn: string;
  readonly validUntil: string;
};

/**
 * Adds the first versions of permits that open their cases, as a register's hundred thousand do: the
 * same as {@link addVersions} would read back, written from what is at hand.
 */
export async function addFirstVersions(
  tx: Tx,
  act: Act,
  versions: readonly FirstVersion[],
): Promise<void> {
  if (versions.length === 0) return;
  const of = <T>(pick: (one: FirstVersion) => T) => versions.map(pick);
  const { actorId: actor, organisationId: organisation } = act;
  const approval = ({ verb, happenedOn: on }: FirstVersion) => ({ verb, actor, organisation, on });
  await sql`
    insert into permit_versions (province_id, version, status, takes_back, recorded_at, permit_id,
      case_id, history_id, verb, person_id, occupation_id, agency_id, county_id, area, address,
      conditions, approvals, valid_from, valid_until)
    select ${act.provinceId}::integer, 1, 'valid', false, ${act.now}::timestamptz, i.*
    from unnest(${of((v) => v.permitId)}::uuid[], ${of((v) => v.caseId)}::uuid[],
      ${of((v) => v.historyId)}::uuid[], ${of((v) => v.verb)}::text[],
      ${of((v) => v.personId)}::uuid[], ${of((v) => v.dims.occupationId)}::text[],
      ${of((v) => v.dims.agencyId)}::text[], ${of((v) => v.dims.countyId)}::integer[],
      ${of((v) => v.dims.area)}::text[], ${of((v) => v.address)}::text[],
      ${of((v) => JSON.stringify(v.conditions))}::jsonb[],
      ${of((v) => JSON.stringify([approval(v)]))}::jsonb[], ${of((v) => v.happenedOn)}::date[],
      ${of((v) => v.validUntil)}::date[]) as i`.execute(tx);
}

/**
 * Lets those see the versions of permits who see their cases now. Called with whatever writes `bank_id` or
 * `clearing_ids` of cases, behind it.
 */
export async function showVersions(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<void> {
  if (caseIds.length === 0) return;
  await sql`
    update permit_versions v set bank_id = c.bank_id, clearing_ids = c.clearing_ids
    from cases c join permits p on p.province_id = ${provinceId}::integer and p.case_id = c.id
    where c.province_id = ${provinceId}::integer and c.id = any(${caseIds}::uuid[])
      and v.province_id = ${provinceId}::integer and v.permit_id = p.id
      and (v.bank_id is distinct from c.bank_id or v.clearing_ids is distinct from c.clearing_ids)`.execute(
    tx,
  );
}

/** Who or what approved each part, and on what conditions: the standing steps of a case that approve. */
function approvals(provinceId: number) {
  return sql`
    select jsonb_agg(jsonb_build_object('verb', a.verb, 'actor', a.actor_id,
        'organisation', a.organisation_id, 'on', a.happened_on) order by a.seq) as approvals,
      (array_agg(a.facts -> 'conditions' order by a.seq desc)
        filter (where jsonb_typeof(a.facts -> 'conditions') = 'array'))[1] as conditions
    from history a
    where a.province_id = ${provinceId}::integer and a.case_id = c.id and a.sign = 1
      and a.verb = any(${[...approvingVerbs]}::text[])
      and not exists (select 1 from history b
        where b.province_id = ${provinceId}::integer and b.reverses = a.id)`;
}

/** An approval as a version keeps it. */
export type Approval = {
  readonly verb: string;
  readonly actor: string | null;
  readonly organisation: string | null;
  /** ISO date. */
  readonly on: string;
};

/** The versions of a permit, oldest first, as row security shows them to the caller. */
export function versionsOf(tx: Tx, provinceId: number, permitId: string) {
  return tx
    .selectFrom('permit_versions')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('permit_id', '=', permitId)
    .orderBy('version')
    .execute();
}

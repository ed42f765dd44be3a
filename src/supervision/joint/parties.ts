import { sql } from 'kysely';
import { countyLabel, organisationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { contactFor } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type Act, recordSteps } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import type { Answers } from '../checklist-rules.ts';
import { type Party, signersOf } from '../joint-rules.ts';
import { look } from '../plan-visits.ts';
import { casesOfVisits, getVisitsForUpdate, type VisitRow } from '../queries.ts';
import { openVisitStates } from '../rules.ts';
import { type Looked, stepOf } from '../steps.ts';

/** The agencies that were asked to join visits, by visit. */
export async function partiesOf(
  tx: Tx,
  provinceId: number,
  visitIds: readonly string[],
): Promise<Map<string, Party[]>> {
  const rows = await tx
    .selectFrom('visit_parties')
    .select(['visit_id', 'organisation_id', 'excused_at'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`visit_id = any(${visitIds}::uuid[])`)
    .orderBy('organisation_id')
    .execute();
  const parties = new Map<string, Party[]>();
  for (const { visit_id, organisation_id: organisationId, excused_at } of rows) {
    const list = parties.get(visit_id) ?? [];
    parties.set(visit_id, [...list, { organisationId, excused: excused_at !== null }]);
  }
  return parties;
}

/** Notes who signed for the agencies that joined. */
export async function noteSigners(
  tx: Tx,
  { provinceId, now }: Act,
  visits: readonly { visitId: string; answers: Answers }[],
): Promise<void> {
  const signed = visits.flatMap(({ visitId, answers }) =>
    [...signersOf(answers)].map(([party, name]) => ({ visitId, party, name })),
  );
  if (signed.length === 0) return;
  await sql`
    update visit_parties p set signed_at = ${now}::timestamptz, signer = i.name
    from unnest(${signed.map((one) => one.visitId)}::uuid[], ${signed.map((one) => one.party)}::text[],
      ${signed.map((one) => normaliseText(one.name))}::text[]) as i(visit_id, party, name)
    where p.province_id = ${provinceId}::integer and p.visit_id = i.visit_id
      and p.organisation_id = i.party and p.excused_at is null`.execute(tx);
}

/** Forgets who signed an outcome that is taken back; what was signed stays in the record. */
export async function forgetSigners(tx: Tx, provinceId: number, visitId: string): Promise<void> {
  await tx
    .updateTable('visit_parties')
    .set({ signed_at: null, signer: null })
    .where('province_id', '=', provinceId)
    .where('visit_id', '=', visitId)
    .execute();
}

type Asked = { readonly visitId: string; readonly organisationId: string };

/**
 * Asks an agency to join a visit that is still to be made on the spot.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supervision.party_wrong` (422),
 *   `supervision.party_asked` (409)
 */
export async function askParty(
  tx: Tx,
  act: Act,
  reference: Reference,
  { visitId, organisationId }: Asked,
): Promise<void> {
  const { visit, at } = await lockOpen(tx, act, visitId, 'supervision.askParty');
  const { it } = at;
  const isAgency = reference.organisations.get(organisationId)?.kind === 'agency';
  if (!isAgency || visit.channel !== 'field' || it.dims.agencyId === organisationId) {
    throw new Problem('supervision.party_wrong');
  }
  const { provinceId: province_id, actorId: asked_by, now: asked_at } = act;
  const party = { province_id, visit_id: visitId, organisation_id: organisationId };
  await tx
    .insertInto('visit_parties')
    .values({ ...party, asked_by, asked_at })
    .execute();
  await recordBeside(tx, act, 'supervision.askParty', { visit, at, organisationId });
}

/**
 * Excuses an agency that was asked to join and does not come, with the reason.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supervision.party_wrong` where it was not asked
 */
export async function excuseParty(
  tx: Tx,
  act: Act,
  { visitId, organisationId, reason }: Asked & { readonly reason: string },
): Promise<void> {
  const { visit, at } = await lockOpen(tx, act, visitId, 'supervision.excuseParty');
  const excused_reason = normaliseText(reason);
  const { numUpdatedRows } = await tx
    .updateTable('visit_parties')
    .set({ excused_by: act.actorId, excused_at: act.now, excused_reason })
    .where('province_id', '=', act.provinceId)
    .where('visit_id', '=', visitId)
    .where('organisation_id', '=', organisationId)
    .where('excused_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem('supervision.party_wrong');
  const said = { visit, at, organisationId, reason: excused_reason };
  await recordBeside(tx, act, 'supervision.excuseParty', said);
}

async function lockOpen(tx: Tx, { provinceId }: Act, visitId: string, verb: string) {
  const looked = await look(tx, provinceId, await casesOfVisits(tx, provinceId, [visitId]));
  const visit = (await getVisitsForUpdate(tx, provinceId, [visitId])).get(visitId) as VisitRow;
  if (!openVisitStates.includes(visit.state)) {
    throw new Problem('platform.wrong_state', { verb, state: visit.state });
  }
  return { visit, at: looked.get(visit.caseId) as Looked };
}

type Said = {
  readonly visit: VisitRow;
  readonly at: Looked;
  readonly organisationId: string;
  readonly reason?: string;
};

/** A step about a party moves no visit: its fact is named otherwise than those of the visit's own steps. */
async function recordBeside(tx: Tx, act: Act, verb: string, { visit, at, ...said }: Said) {
  const facts = { joined_visit: visit.id, organisation: said.organisationId };
  const { state } = visit;
  const step = { verb, from: state, to: state, happenedOn: act.today, reason: said.reason ?? null };
  await recordSteps(tx, act, [], [stepOf(at, { id: uuid7(act.now.getTime()), ...step, facts })]);
}

/** The agencies of one visit as its page shows them. */
export async function listParties(
  tx: Tx,
  reference: Reference,
  { provinceId, id }: { provinceId: number; id: string },
) {
  const rows = await tx
    .selectFrom('visit_parties')
    .select(['organisation_id', 'signed_at', 'signer', 'excused_at', 'excused_reason'])
    .where('province_id', '=', provinceId)
    .where('visit_id', '=', id)
    .orderBy('organisation_id')
    .execute();
  return rows.map((row) => ({
    organisation: organisationLabel(reference, row.organisation_id),
    ...{ state: stateOf(row), signer: row.signer, excusedReason: row.excused_reason },
  }));
}

function stateOf({ signed_at, excused_at }: { signed_at: Date | null; excused_at: Date | null }) {
  if (signed_at !== null) return 'signed';
  return excused_at === null ? 'asked' : 'excused';
}

type JointRow = {
  visit_id: string;
  organisation_id: string;
  signed_at: Date | null;
  excused_at: Date | null;
  name: string;
  address: string | null;
  stage: string;
  state: string;
  due_on: string;
  visited_on: string | null;
  agency_id: string;
  county_id: number;
};

/**
 * Visits that agencies were asked to join, what is due first on top.
 * @param who who asks, and the organisation whose part alone is asked for; null for all
 */
export async function listJoint(
  tx: Tx,
  reference: Reference,
  provinceId: number,
  who: { readonly principal: Principal; readonly organisation: string | null },
) {
  const { principal, organisation } = who;
  const { rows } = await sql<JointRow>`
    select p.visit_id, p.organisation_id, p.signed_at, p.excused_at,
      concat(e.first_name, ' ', e.last_name) as name, h.address, v.stage, v.state, v.due_on, v.visited_on,
      v.agency_id, v.county_id
    from visit_parties p
    join visits v on v.province_id = ${provinceId} and v.id = p.visit_id
    join people e on e.province_id = ${provinceId} and e.id = v.person_id
    join cases c on c.province_id = ${provinceId} and c.id = v.case_id
    join households h on h.province_id = ${provinceId} and h.id = c.household_id
    where p.province_id = ${provinceId} and v.state not in ('cancelled', 'void')
      and (${organisation}::text is null
        or ${organisation}::text in (p.organisation_id, v.agency_id, v.bank_id))
    order by (v.state in ('planned', 'assigned')) desc, v.due_on, p.visit_id, p.organisation_id
    limit 300`.execute(tx);
  return rows.map((row) => ({
    visit: encodeCode(provinceId, row.visit_id),
    party: organisationLabel(reference, row.organisation_id),
    partyState: stateOf(row),
    ...{
      name: row.name,
      address: contactFor(principal, row.address),
      stage: row.stage,
      state: row.state,
    },
    ...{ dueOn: row.due_on, visitedOn: row.visited_on },
    agency: organisationLabel(reference, row.agency_id),
    county: countyLabel(reference, row.county_id),
  }));
}

import { sql } from 'kysely';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import { openSupporters } from './apply.ts';
import { supporterCounts } from './counts.ts';
import { type CoverRow, lockSupporters, type SupporterRow, supporterStep } from './ledger/lock.ts';

type Named = {
  readonly planId: string;
  readonly coveredCaseId?: string | null;
  readonly since: string;
};
type NewCover = CoverRow & { readonly since: string };

/**
 * Whoever is named under a supporter's plan is covered by the supporter from then on, unless another
 * supporter covers them: told by registers and by referrals, which know no contract.
 * @param personIds in the order of `inputs`
 */
export async function coverMembers(
  tx: Tx,
  act: Act,
  inputs: readonly Named[],
  personIds: readonly string[],
): Promise<void> {
  const cases = await casesOfPlans(tx, act.provinceId, [...new Set(inputs.map((i) => i.planId))]);
  const caseIds = [...new Set(cases.values())];
  if (caseIds.length === 0) return;
  await openSupporters(tx, act, caseIds);
  const supporters = await lockSupporters(tx, act.provinceId, caseIds);
  const taken = await coveredAlready(tx, act.provinceId, personIds);
  const covers: NewCover[] = [];
  for (const [at, input] of inputs.entries()) {
    const [caseId, personId = ''] = [cases.get(input.planId), personIds[at]];
    if (caseId === undefined || taken.has(personId)) continue;
    taken.add(personId);
    const supporter = supporters.get(caseId) as SupporterRow;
    covers.push(newCover(act, supporter, personId, input));
  }
  await insertCovers(tx, act, covers);
  const steps = covers.map((cover) => {
    const said = { verb: 'supporters.name', from: null, to: 'named', happenedOn: cover.since };
    return supporterStep(supporters.get(cover.caseId) as SupporterRow, said, cover);
  });
  await recordSteps(tx, act, supporterCounts, steps);
}

function newCover(act: Act, supporter: SupporterRow, personId: string, input: Named): NewCover {
  const { caseId, agencyId } = supporter;
  const id = uuid7(act.now.getTime());
  const ownCaseId = input.coveredCaseId ?? null;
  return { id, caseId, personId, ownCaseId, agencyId, state: 'named', since: input.since };
}

/** The supporters' cases of plans; other kinds of plan cover nobody. */
async function casesOfPlans(tx: Tx, provinceId: number, planIds: readonly string[]) {
  const { rows } = await sql<{ id: string; case_id: string }>`
    select p.id, p.case_id from plans p
    join cases c on c.province_id = ${provinceId} and c.id = p.case_id and c.kind = 'supporter'
    where p.province_id = ${provinceId} and p.id = any(${planIds}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.case_id]));
}

async function coveredAlready(tx: Tx, provinceId: number, personIds: readonly string[]) {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from covers
    where province_id = ${provinceId} and person_id = any(${personIds}::uuid[])
      and state in ('named', 'covered', 'seeking')`.execute(tx);
  return new Set(rows.map((row) => row.person_id));
}

async function insertCovers(tx: Tx, act: Act, covers: readonly NewCover[]): Promise<void> {
  const of = <T>(pick: (one: NewCover) => T) => covers.map(pick);
  await sql`
    insert into covers (province_id, id, case_id, person_id, own_case_id, agency_id, state, state_since,
      since, recorded_at)
    select ${act.provinceId}::integer, i.id, i.case_id, i.person_id, i.own_case_id, i.agency_id, 'named',
      i.since, i.since, ${act.now}::timestamptz
    from unnest(${of((c) => c.id)}::uuid[], ${of((c) => c.caseId)}::uuid[],
      ${of((c) => c.personId)}::uuid[], ${of((c) => c.ownCaseId)}::uuid[],
      ${of((c) => c.agencyId)}::text[], ${of((c) => c.since)}::date[])
      as i(id, case_id, person_id, own_case_id, agency_id, since)`.execute(tx);
}

/**
 * Names the people whom a supporter covers under the plan that was just referred; those that a register
 * names itself are left to it.
 */
export async function nameUnderPlans(
  tx: Tx,
  act: Act,
  plans: readonly { readonly id: string; readonly caseId: string; readonly since: string }[],
): Promise<void> {
  const of = <T>(pick: (one: (typeof plans)[number]) => T) => plans.map(pick);
  const { rows } = await sql<{ plan_id: string; id: string }>`
    select i.plan_id, v.id from covers v
    join unnest(${of((p) => p.id)}::uuid[], ${of((p) => p.caseId)}::uuid[]) as i(plan_id, case_id)
      on i.case_id = v.case_id
    where v.province_id = ${act.provinceId} and v.state in ('named', 'covered')`.execute(tx);
  const since = new Map(plans.map((plan) => [plan.id, plan.since]));
  await sql`
    insert into memberships (province_id, id, plan_id, holder_id, person_id, covered_case_id,
      agency_id, since)
    select ${act.provinceId}::integer, i.id, i.plan_id, l.person_id, v.person_id, v.own_case_id, v.agency_id, i.since
    from unnest(${rows.map(() => uuid7(act.now.getTime()))}::uuid[],
      ${rows.map((row) => row.plan_id)}::uuid[], ${rows.map((row) => row.id)}::uuid[],
      ${rows.map((row) => since.get(row.plan_id))}::date[]) as i(id, plan_id, cover_id, since)
    join covers v on v.province_id = ${act.provinceId} and v.id = i.cover_id
    join plans l on l.province_id = ${act.provinceId} and l.id = i.plan_id
    on conflict (province_id, plan_id, person_id) do nothing`.execute(tx);
}

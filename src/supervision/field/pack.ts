import { sql } from 'kysely';
import type { Static } from 'typebox';
import {
  countyLabel,
  occupationLabel,
  organisationLabel,
  type Reference,
} from '../../accounts/index.ts';
import { loanEnded, tranchesPaid } from '../../financing/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { addDays, type IsoDate } from '../../kit/jalali.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { checklistsById, newestChecklists } from '../checklists.ts';
import type { ChecklistShape } from '../contract.ts';
import { partiesOf } from '../joint/parties.ts';
import type { Party } from '../joint-rules.ts';
import { routeOf, type Spot, soonDays } from '../route-rules.ts';
import type { PackAnswer } from './contract.ts';

const mostVisits = 200;
const mostPlannable = 300;

type Pack = Static<typeof PackAnswer>;

/** Everything that a phone takes along before it leaves: the caller's visits, what is asked, and where else to look in. */
export async function packFor(
  tx: Tx,
  act: Act,
  reference: Reference,
  principal: Principal,
): Promise<Pack> {
  const visits = inOrder(await openVisits(tx, act.provinceId, principal.accountId), act.today);
  const newest = await newestChecklists(tx, act);
  const ids = visits.map(({ id }) => id);
  const [named, plannable, parties] = await Promise.all([
    checklistsById(tx, act.provinceId, [...new Set(visits.map((row) => row.checklist_id))]),
    plannablePlans(tx, act.provinceId, agencyOf(reference, principal)),
    partiesOf(tx, act.provinceId, ids),
  ]);
  const kept = new Map([...newest.values(), ...named.values()].map((one) => [one.id, one]));
  return {
    ...{ serverNow: act.now.toISOString(), today: act.today },
    visits: visits.map((row) => {
      return visitLine(reference, act.provinceId, row, parties.get(row.id) ?? []);
    }),
    checklists: [...kept.values()].map(({ id, stage, version, content }) => {
      return { id, stage, version, ...(content as Static<typeof ChecklistShape>) };
    }),
    plannable: plannable.map((row) => plannableLine(reference, act.provinceId, row)),
  };
}

/** The agency whose plans alone a principal may look in at; null for the directorate's people. */
export function agencyOf(
  reference: Reference,
  { organisationId, role }: Pick<Principal, 'organisationId' | 'role'>,
): string | null {
  const kind = reference.organisations.get(organisationId ?? '')?.kind;
  return role === 'expert' || kind === 'agency' ? (organisationId ?? '-') : null;
}

type VisitRow = {
  id: string;
  revision: number;
  case_id: string;
  permit_number: string | null;
  first_name: string;
  last_name: string;
  mobile: string | null;
  occupation_id: string;
  agency_id: string;
  county_id: number;
  address: string | null;
  stage: string;
  due_on: string;
  tranche_number: number | null;
  approved_rial: bigint;
  paid_rial: bigint;
  revisit_of: string | null;
  told_before: string | null;
  checklist_id: string;
  spot: Spot | null;
};

/** In the order in which they are gone to. */
function inOrder(visits: readonly VisitRow[], today: string): VisitRow[] {
  const stops = visits.map((row) => {
    const { county_id, address, due_on: dueOn, spot } = row;
    return { row, countyId: String(county_id), address, dueOn, spot };
  });
  return routeOf(stops, addDays(today as IsoDate, soonDays)).map(({ row }) => row);
}

/** Open visits on the spot that are somebody's to make, with where an earlier visit to the plan was. */
async function openVisits(tx: Tx, provinceId: number, accountId: string): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    select v.id, v.revision, v.case_id, m.number as permit_number, e.first_name, e.last_name, e.mobile,
      c.occupation_id, v.agency_id, v.county_id, h.address, v.stage, v.due_on, v.tranche_number,
      coalesce(p.approved_rial, p.requested_rial) as approved_rial, p.paid_rial, v.revisit_of,
      b.note as told_before, v.checklist_id, w.spot
    from visits v
    join cases c on c.province_id = ${provinceId} and c.id = v.case_id
    join plans p on p.province_id = ${provinceId} and p.id = v.plan_id
    join people e on e.province_id = ${provinceId} and e.id = v.person_id
    join households h on h.province_id = ${provinceId} and h.id = c.household_id
    left join permits m on m.province_id = ${provinceId} and m.id = c.permit_id
    left join lateral (select note from visits o
      where o.province_id = ${provinceId} and o.plan_id = v.plan_id and o.note is not null
      order by (o.id = v.revisit_of) desc nulls last, o.visited_on desc, o.id desc limit 1) b on true
    left join lateral (
      select jsonb_build_object('latE6', a.value -> 'latE6', 'lonE6', a.value -> 'lonE6') as spot
      from visits o, jsonb_each(o.answers) a
      where o.province_id = ${provinceId} and o.plan_id = v.plan_id and a.value ? 'latE6'
      order by o.visited_on desc, o.id desc limit 1) w on true
    where v.province_id = ${provinceId} and v.assignee_id = ${accountId}::uuid
      and v.state = 'assigned' and v.channel = 'field'
    order by v.due_on, v.id limit ${mostVisits}`.execute(tx);
  return rows;
}

function visitLine(
  reference: Reference,
  provinceId: number,
  row: VisitRow,
  parties: readonly Party[],
) {
  return {
    ...{ code: encodeCode(provinceId, row.id), base: row.revision },
    ...{ caseCode: encodeCode(provinceId, row.case_id), permitNumber: row.permit_number },
    ...{ name: `${row.first_name} ${row.last_name}`, mobile: row.mobile, address: row.address },
    occupation: occupationLabel(reference, row.occupation_id),
    agency: organisationLabel(reference, row.agency_id),
    county: countyLabel(reference, row.county_id),
    ...{ spot: row.spot, stage: row.stage, dueOn: row.due_on, tranche: row.tranche_number },
    ...{ approvedRial: String(row.approved_rial), paidRial: String(row.paid_rial) },
    ...{ isRevisit: row.revisit_of !== null, toldBefore: row.told_before },
    checklist: row.checklist_id,
    parties: parties
      .filter(({ excused }) => !excused)
      .map(({ organisationId }) => organisationLabel(reference, organisationId)),
  };
}

type PlannableRow = {
  case_id: string;
  first_name: string;
  last_name: string;
  occupation_id: string;
  county_id: number;
  address: string | null;
  stage: string;
};

/** Plans whose next look nobody has planned: the gate ahead is closed, or all is paid and nobody saw what became of it. */
async function plannablePlans(
  tx: Tx,
  provinceId: number,
  agencyId: string | null,
): Promise<PlannableRow[]> {
  const { rows } = await sql<PlannableRow>`
    with due as (
      select p.*, ${tranchesPaid(provinceId)} as tranches, ${loanEnded(provinceId)} as loan_ended
      from plans p where p.province_id = ${provinceId}
        and p.state in ('referred', 'file_opened', 'contracted', 'paying')
        and (${agencyId}::text is null or p.agency_id = ${agencyId}::text)
    ), staged as (
      select d.*, case when tranches = 0 then 'before'
        when paid_rial < coalesce(approved_rial, requested_rial) and not loan_ended then 'during'
        else 'after' end as stage from due d
    )
    select s.case_id, e.first_name, e.last_name, c.occupation_id, c.county_id, h.address, s.stage
    from staged s
    join cases c on c.province_id = ${provinceId} and c.id = s.case_id
    join people e on e.province_id = ${provinceId} and e.id = s.person_id
    join households h on h.province_id = ${provinceId} and h.id = c.household_id
    where not exists (select 1 from visits v where v.province_id = ${provinceId} and v.plan_id = s.id
        and v.stage = s.stage and (v.state in ('planned', 'assigned') or (s.stage = 'after'
          and v.state in ('passed', 'to_correct', 'deviation'))))
      and not (s.stage <> 'after' and exists (select 1 from tranche_passes t
        where t.province_id = ${provinceId} and t.plan_id = s.id and t.number = s.tranches + 1))
    order by c.county_id, h.address nulls last, s.id limit ${mostPlannable}`.execute(tx);
  return rows;
}

function plannableLine(reference: Reference, provinceId: number, row: PlannableRow) {
  return {
    caseCode: encodeCode(provinceId, row.case_id),
    name: `${row.first_name} ${row.last_name}`,
    occupation: occupationLabel(reference, row.occupation_id),
    county: countyLabel(reference, row.county_id),
    ...{ address: row.address, stage: row.stage },
  };
}

import { sql } from 'kysely';
import { type Reference, settingOn } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { listAssignees } from './assignees.ts';
import {
  type Candidate,
  type Drawn,
  drawSample,
  readPoints,
  type Sign,
  shareOut,
  signs,
} from './draw.ts';
import { planVisits } from './plan-visits.ts';
import { channelRuleOn } from './settings.ts';

export type SampleInput = {
  readonly byRisk: number;
  readonly byChance: number;
  /** Anything; the day's own when absent. */
  readonly seed?: string | undefined;
};

/**
 * Draws a sample of paid plans that nobody has seen after the money, and plans a visit in the field for
 * each, given to the province's inspectors by county and load. Keeps every candidate with its points.
 * @returns the sample's id
 * @throws Problem `supervision.nobody_to_draw`, `supervision.no_inspector` (409)
 */
export async function takeSample(
  tx: Tx,
  act: Act,
  reference: Reference,
  { byRisk, byChance, seed = act.opId }: SampleInput,
): Promise<string> {
  const candidates = await listCandidates(tx, act, reference);
  if (candidates.length === 0) throw new Problem('supervision.nobody_to_draw');
  const { provinceId, today } = act;
  const points = settingOn(reference, 'supervision.sample_points', provinceId, today);
  const drawn = drawSample(candidates, readPoints(points), { seed, byRisk, byChance });
  const chosen = drawn.filter((one) => one.chosen !== null);
  const visits = await planDrawn(tx, act, reference, chosen);
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('visit_samples')
    .values({
      ...{ province_id: provinceId, id, seed, drawn_on: today, points, recorded_at: act.now },
      ...{ by_risk: byRisk, by_chance: byChance, account_id: act.actorId },
    })
    .execute();
  const of = <T>(pick: (one: Drawn) => T) => drawn.map(pick);
  await sql`
    insert into visit_candidates (province_id, sample_id, plan_id, points, chosen, visit_id, signs)
    select ${provinceId}::integer, ${id}::uuid, i.plan_id, i.points, i.chosen, i.visit_id,
      string_to_array(i.signs, ' ')
    from unnest(${of((d) => d.planId)}::uuid[], ${of((d) => d.points)}::integer[],
      ${of((d) => d.chosen)}::text[],
      ${of((d) => visits.get(d.planId) ?? null)}::uuid[], ${of((d) => d.signs.join(' '))}::text[])
      as i(plan_id, points, chosen, visit_id, signs)`.execute(tx);
  return id;
}

async function planDrawn(
  tx: Tx,
  act: Act,
  reference: Reference,
  chosen: readonly Drawn[],
): Promise<Map<string, string>> {
  const people = await listAssignees(tx, act.provinceId);
  const inspectors = people.filter(({ role }) => role === 'inspector');
  if (inspectors.length === 0) throw new Problem('supervision.no_inspector');
  const load = new Map(inspectors.map(({ id, open }) => [id, open]));
  const wanted = chosen.map(({ planId: id, countyId }) => ({ id, countyId }));
  const given = shareOut(wanted, load);
  const inputs = chosen.map(({ planId, caseId }) => ({
    ...{ caseId, stage: 'after' as const, channel: 'field' as const },
    ...{ assigneeId: given.get(planId), happenedOn: act.today },
  }));
  const ids = await planVisits(tx, act, reference, inputs);
  return new Map(chosen.map(({ planId }, at) => [planId, ids[at] ?? '']));
}

/**
 * Paid plans that nobody has seen after the money nor is to see, each with the signs that it shows: a
 * large sum, a supporter, days past due at the last close, an earlier finding, a home, a mobile or an account
 * that another paid plan has too, and a bank's branch in another county than the home. Nearer than that a
 * distance is not known: addresses have no place.
 */
async function listCandidates(tx: Tx, act: Act, reference: Reference): Promise<Candidate[]> {
  const { provinceId, today } = act;
  const { fieldFromRial } = channelRuleOn(reference, provinceId, 'after', today);
  const { rows } = await sql<CandidateRow>`
    with paid as (
      select p.id, p.case_id, p.county_id, p.kind, p.paid_rial, c.household_id, e.mobile, b.iban,
        f.county_id <> p.county_id as far
      from plans p
      left join branches f on f.id = p.branch_id
      left join (select plan_id, max(iban) as iban from payment_orders
        where province_id = ${provinceId} group by plan_id) b on b.plan_id = p.id
      join cases c on c.province_id = ${provinceId} and c.id = p.case_id
      join people e on e.province_id = ${provinceId} and e.id = p.person_id
      where p.province_id = ${provinceId} and p.state = 'paying'
    )
    select p.id, p.case_id, p.county_id, p.paid_rial >= ${fieldFromRial.toString()}::bigint as amount,
      p.kind = 'supporter' as supporter,
      exists (select 1 from loan_closes l where l.province_id = ${provinceId} and l.plan_id = p.id
        and l.days_past_due > 0
        and l.closed_on = (select max(closed_on) from close_runs where province_id = ${provinceId}
          and finished_at is not null)) as arrears,
      exists (select 1 from visits v where v.province_id = ${provinceId} and v.plan_id = p.id
        and v.state in ('to_correct', 'deviation')) as finding,
      count(*) over (partition by p.household_id) > 1 as home,
      p.mobile is not null and count(*) over (partition by p.mobile) > 1 as mobile,
      p.iban is not null and count(*) over (partition by p.iban) > 1 as iban,
      p.far is true as far
    from paid p
    where not exists (select 1 from visits v where v.province_id = ${provinceId} and v.plan_id = p.id
      and v.stage = 'after' and v.state <> 'void' and v.state <> 'cancelled')
    order by p.id`.execute(tx);
  return rows.map(toCandidate);
}

type CandidateRow = { id: string; case_id: string; county_id: number } & Record<Sign, boolean>;

function toCandidate({ id, case_id, county_id, ...shown }: CandidateRow): Candidate {
  const own = signs.filter((sign) => shown[sign]);
  return { planId: id, caseId: case_id, countyId: county_id, signs: own };
}

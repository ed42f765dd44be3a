import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** How far an agency's plans were looked at in the three stages. */
export type Coverage = {
  readonly agencyId: string;
  /** First tranches paid; how many of them after a passed visit, and after an override. */
  readonly before: Gated;
  /** Later tranches paid. */
  readonly during: Gated;
  /** Plans whose clock after the payment has run out or that were seen; how many were seen, how many are late. */
  readonly after: { readonly due: number; readonly seen: number; readonly late: number };
  readonly toCorrect: number;
  readonly deviations: number;
};

type Gated = { readonly paid: number; readonly passed: number; readonly overridden: number };

/**
 * The coverage of the three stages, by agency. A tranche whose pass is younger than its payment, or that
 * has none, was paid without gate.
 * @param today ISO; @param afterDays the limit `supervision.after_limit` in days
 */
export async function coverageByAgency(
  tx: Tx,
  provinceId: number,
  {
    today,
    afterDays,
    organisation,
  }: { today: string; afterDays: number; organisation: string | null },
): Promise<Coverage[]> {
  const asked = { provinceId, today, afterDays, organisation };
  const { rows } = await sql<Row>`with ${paid(asked)}, ${seen(asked)}, ${ends(asked)}
    select s.*, e.due, e.seen, e.late, e.to_correct, e.deviations
    from stages s join ends e on e.agency_id = s.agency_id
    order by s.first_paid desc, s.agency_id`.execute(tx);
  return rows.map(toCoverage);
}

type Asked = {
  readonly provinceId: number;
  readonly today: string;
  readonly afterDays: number;
  readonly organisation: string | null;
};

/** Every tranche with what let it go, and how many of each agency were. */
const paid = ({ provinceId, organisation }: Asked) => sql`
    paid as (
      select t.plan_id, t.number, t.agency_id, t.bank_id, t.paid_on, s.origin
      from tranches t left join tranche_passes s on s.province_id = ${provinceId}
        and s.plan_id = t.plan_id and s.number = t.number and s.passed_on <= t.paid_on
      where t.province_id = ${provinceId} and t.taken_back_at is null
        and (${organisation}::text is null or ${organisation}::text in (t.agency_id, t.bank_id))
    ), stages as (
      select agency_id, count(*) filter (where number = 1) as first_paid,
        count(*) filter (where number = 1 and origin = 'visit') as first_passed,
        count(*) filter (where number = 1 and origin = 'override') as first_overridden,
        count(*) filter (where number > 1) as later_paid,
        count(*) filter (where number > 1 and origin = 'visit') as later_passed,
        count(*) filter (where number > 1 and origin = 'override') as later_overridden
      from paid group by agency_id
    )`;

/** What was seen of each plan, and when it was paid last. */
const seen = ({ provinceId }: Asked) => sql`
    last as (
      select plan_id, max(agency_id) as agency_id, max(paid_on) as paid_on from paid group by plan_id
    ), seen as (
      select plan_id,
        bool_or(stage = 'after' and state in ('passed', 'to_correct', 'deviation')) as after,
        bool_or(state = 'to_correct') as to_correct, bool_or(state = 'deviation') as deviates
      from visits where province_id = ${provinceId} group by plan_id
    )`;

/** What became of the plans of each agency after the money. */
const ends = ({ today, afterDays }: Asked) => sql`
    ends as (
      select l.agency_id,
        count(*) filter (where s.after or l.paid_on + ${afterDays}::integer < ${today}::date) as due,
        count(*) filter (where s.after) as seen,
        count(*) filter (where not coalesce(s.after, false)
          and l.paid_on + ${afterDays}::integer < ${today}::date) as late,
        count(*) filter (where s.to_correct) as to_correct,
        count(*) filter (where s.deviates) as deviations
      from last l left join seen s on s.plan_id = l.plan_id group by l.agency_id
    )`;

type Row = { agency_id: string } & Record<
  | 'first_paid'
  | 'first_passed'
  | 'first_overridden'
  | 'later_paid'
  | 'later_passed'
  | 'later_overridden'
  | 'due'
  | 'seen'
  | 'late'
  | 'to_correct'
  | 'deviations',
  bigint
>;

function toCoverage(row: Row): Coverage {
  const n = (value: bigint) => Number(value);
  return {
    agencyId: row.agency_id,
    before: {
      ...{ paid: n(row.first_paid), passed: n(row.first_passed) },
      overridden: n(row.first_overridden),
    },
    during: {
      ...{ paid: n(row.later_paid), passed: n(row.later_passed) },
      overridden: n(row.later_overridden),
    },
    after: { due: n(row.due), seen: n(row.seen), late: n(row.late) },
    toCorrect: n(row.to_correct),
    deviations: n(row.deviations),
  };
}

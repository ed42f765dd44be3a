import { sql } from 'kysely';
import type { Static } from 'typebox';
import { organisationLabel, type Reference } from '../../accounts/index.ts';
import { visibleCases } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import type { Period } from '../cube.ts';
import { visibleSteps } from '../policy.ts';
import type { StuckAnswer } from './contract.ts';
import { holderOfState, planStages, stagesInOrder } from './rules.ts';

type Line = Static<typeof StuckAnswer>['items'][number];
type Asked = {
  readonly provinceId: number;
  readonly principal: Principal;
  readonly today: string;
  readonly period: Period;
};

/**
 * Where cases are stuck, as far as a principal sees them: what waits in each stage now and since when, beside
 * how long the cases took that left the stage in the period. Each stage stands once as a whole and once for
 * each organisation that has it in hand; a row's `waiting` is the length of the list of cases behind it.
 */
export async function listStuck(
  tx: Tx,
  reference: Reference,
  asked: Asked,
): Promise<Static<typeof StuckAnswer>> {
  const waiting = await waitingRows(tx, asked);
  const passed = new Map((await passedRows(tx, asked)).map((row) => [keyOf(row), row]));
  const seen = new Set(waiting.map(keyOf));
  const onlyPassed = [...passed.values()].filter((row) => !seen.has(keyOf(row))).map(nobodyWaits);
  const items = [...waiting, ...onlyPassed].map((row) =>
    toLine(reference, row, passed.get(keyOf(row))),
  );
  return { period: asked.period, items: items.sort(byStage) };
}

type WaitingRow = {
  holder: string;
  state: string;
  plan_state: string | null;
  organisation: string | null;
  waiting: bigint;
  late: bigint;
  median: number | null;
  longest: number | null;
};

/** What waits now, by stage, and by the organisation that has it; days since it came to its holder. */
async function waitingRows(tx: Tx, asked: Asked): Promise<WaitingRow[]> {
  const { provinceId, principal, today } = asked;
  const cases = tx
    .selectFrom('cases')
    .select(['cases.holder', 'cases.state'])
    .select(
      sql<string | null>`case when cases.state = 'issued' then cases.plan_state end`.as('plan'),
    )
    .select(
      sql<string | null>`case cases.holder when 'agency' then cases.agency_id
        when 'bank' then cases.bank_id end`.as('organisation'),
    )
    .select(sql<number>`${today}::date - cases.holder_since`.as('days'))
    .select(sql<boolean>`coalesce(cases.due_on < ${today}::date, false)`.as('late'))
    .where('cases.province_id', '=', provinceId)
    .where('cases.holder', '<>', 'nobody')
    .where(visibleCases(principal));
  const { rows } = await sql<WaitingRow>`
    select holder, state, plan as plan_state, organisation, count(*) as waiting,
      count(*) filter (where late) as late,
      percentile_disc(0.5) within group (order by days) as median, max(days) as longest
    from (${cases}) as w
    group by grouping sets ((holder, state, plan), (holder, state, plan, organisation))
    having grouping(organisation) = 1 or organisation is not null`.execute(tx);
  return rows;
}

type PassedRow = {
  stage: string;
  organisation: string | null;
  passed: bigint;
  median: number;
  most: number;
};

/**
 * How long cases had been in a stage when they left it in the period: from the step that brought them there.
 * Only steps of the way itself count, and of these only those that stand.
 */
async function passedRows(tx: Tx, { provinceId, principal, period }: Asked): Promise<PassedRow[]> {
  const { rows } = await sql<PassedRow>`
    select stage, organisation, count(*) as passed,
      percentile_disc(0.5) within group (order by days) as median,
      percentile_disc(0.9) within group (order by days) as most
    from (
      select h.from_state as stage, h.happened_on - b.happened_on as days,
        case when h.from_state = any(${bankStages}::text[]) then h.bank_id
          when h.from_state = any(${agencyStages}::text[]) then h.agency_id end as organisation
      from history h join lateral (
        select p.happened_on from history p
        where p.province_id = ${provinceId} and p.case_id = h.case_id and p.seq < h.seq
          and p.to_state = h.from_state and p.from_state is distinct from p.to_state and p.sign = 1
        order by p.seq desc limit 1) b on true
      where h.province_id = ${provinceId} and h.sign = 1
        and h.verb ~ '^(permits|financing)\\.' and h.from_state = any(${stagesInOrder}::text[])
        and h.from_state <> h.to_state
        and h.happened_on between ${period.from}::date and ${period.to}::date
        and ${visibleSteps(principal)}
        and not exists (select 1 from history r
          where r.province_id = ${provinceId} and r.reverses = h.id)
    ) as left_it
    group by grouping sets ((stage), (stage, organisation))
    having grouping(organisation) = 1 or organisation is not null`.execute(tx);
  return rows;
}

const heldBy = (holder: string) =>
  stagesInOrder.filter((stage) => holderOfState[stage as keyof typeof holderOfState] === holder);
const bankStages = heldBy('bank');
const agencyStages = heldBy('agency');

/** The stage of a case: its plan's once the permit is out, else its own. */
const stageOf = (row: Pick<WaitingRow, 'state' | 'plan_state'>) => row.plan_state ?? row.state;

function keyOf(row: WaitingRow | PassedRow): string {
  const stage = 'stage' in row ? row.stage : stageOf(row);
  return `${stage}|${row.organisation ?? ''}`;
}

/** A stage that nothing waits in now. */
function nobodyWaits({ stage, organisation }: PassedRow): WaitingRow {
  const ofPlan = planStages.includes(stage);
  return {
    holder: holderOfState[stage as keyof typeof holderOfState],
    state: ofPlan ? 'issued' : stage,
    plan_state: ofPlan ? stage : null,
    organisation,
    ...{ waiting: 0n, late: 0n, median: null, longest: null },
  };
}

function toLine(reference: Reference, row: WaitingRow, passed: PassedRow | undefined): Line {
  return {
    holder: row.holder,
    state: row.state,
    planState: row.plan_state,
    organisation: row.organisation === null ? null : organisationLabel(reference, row.organisation),
    waiting: Number(row.waiting),
    late: Number(row.late),
    medianDays: row.median,
    longestDays: row.longest,
    passed: Number(passed?.passed ?? 0n),
    passedMedianDays: passed?.median ?? null,
    passedMostDays: passed?.most ?? null,
  };
}

/** In the order of a case's way; within a stage the whole first, then whoever has most waiting. */
function byStage(a: Line, b: Line): number {
  const place = ({ planState, state }: Line) => {
    const at = stagesInOrder.indexOf(planState ?? state);
    return at < 0 ? stagesInOrder.length : at;
  };
  const whole = ({ organisation }: Line) => (organisation === null ? 0 : 1);
  return (
    place(a) - place(b) ||
    whole(a) - whole(b) ||
    b.waiting - a.waiting ||
    ((a.organisation?.id ?? '') < (b.organisation?.id ?? '') ? -1 : 1)
  );
}

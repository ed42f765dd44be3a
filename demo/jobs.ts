import { LAST } from './calendar.ts';
import type { CoveredMember, DemoPerson, Kind, Relation } from './case-story.ts';
import type { PeopleMaker } from './people.ts';
import { PUBLISHED } from './plan-targets.ts';
import type { Random } from './random.ts';
import type { CountyShare } from './reference.ts';

/** What is known of a plan before its jobs. Days are places in the list of working days. */
export interface JobPlan {
  readonly kind: Kind;
  readonly person: DemoPerson;
  readonly county: CountyShare;
  readonly members: readonly CoveredMember[];
  /** The first payment; undefined when nothing has been paid. */
  readonly firstPay?: number;
}

/** A person at work in a plan, from a working day on. */
export interface JobStory {
  readonly person: DemoPerson;
  readonly relation: Relation;
  readonly started: number;
}

/** The jobs of one plan, and how many people it promised when it was referred. */
export interface PlanJobs {
  readonly jobs: readonly JobStory[];
  readonly people: number;
}

const MOST_RELATIVES = 4;
/** How many of the household work along, and how often. */
const RELATIVES = [
  { count: 0, weight: 38 },
  { count: 1, weight: 40 },
  { count: 2, weight: 17 },
  { count: 3, weight: 5 },
];

/** The day the first person of a plan starts, or undefined when the window closes before it. */
function firstStart(random: Random, firstPay: number | undefined): number | undefined {
  if (firstPay === undefined || random.chance(0.02)) return undefined;
  const day = firstPay + random.int(3, 26);
  return day <= LAST ? day : undefined;
}

function job(person: DemoPerson, relation: Relation, day: number): JobStory {
  return { person, relation, started: Math.min(LAST, day) };
}

/** Moves counts of relatives up or down, one at a time, until they add up to `target`. */
function meetTotal(random: Random, counts: number[], target: number): void {
  if (target < 0 || target > counts.length * MOST_RELATIVES) {
    throw new RangeError(`${counts.length} households cannot give ${target} jobs`);
  }
  let missing = target - counts.reduce((sum, count) => sum + count, 0);
  while (missing !== 0) {
    const at = random.int(0, counts.length - 1);
    const moved = (counts[at] ?? 0) + Math.sign(missing);
    if (moved < 0 || moved > MOST_RELATIVES - 1) continue;
    counts[at] = moved;
    missing -= Math.sign(missing);
  }
}

/**
 * The holder's own job and those of covered people. A supporter's own is not counted: whoever takes
 * others under cover has been in the trade for years (domain rule), so the loan did not make that job.
 */
function ownJobs(random: Random, plan: JobPlan, first: number): JobStory[] {
  if (plan.kind !== 'supporter') return [job(plan.person, 'holder', first)];
  return plan.members.flatMap(({ person }) => {
    const day = first + random.int(0, 12);
    return random.chance(0.97) ? [job(person, 'covered', day)] : [];
  });
}

/** Jobs for all plans, in the order given, adding up to the published number of people. */
export function drawJobs(
  random: Random,
  people: PeopleMaker,
  plans: readonly JobPlan[],
): PlanJobs[] {
  const firsts = plans.map((plan) => firstStart(random, plan.firstPay));
  const own = plans.map((plan, i) => {
    const first = firsts[i];
    return first === undefined ? [] : ownJobs(random, plan, first);
  });
  const counts = plans.map(() => random.weighted(RELATIVES, (one) => one.weight).count);
  const open = [...plans.keys()].filter(
    (i) => plans[i]?.kind !== 'supporter' && firsts[i] !== undefined,
  );
  const adjusted = open.map((i) => counts[i] ?? 0);
  const ownCount = own.reduce((sum, jobs) => sum + jobs.length, 0);
  meetTotal(random, adjusted, PUBLISHED.jobsRegistered - ownCount);
  for (const [at, i] of open.entries()) counts[i] = adjusted[at] ?? 0;
  return plans.map((plan, i): PlanJobs => {
    if (plan.kind === 'supporter') return { jobs: own[i] ?? [], people: plan.members.length };
    const relatives = counts[i] ?? 0;
    const more = random.chance(0.1) ? 1 : 0;
    const first = firsts[i];
    if (first === undefined) return { jobs: [], people: 1 + relatives + more };
    const household = Array.from({ length: relatives }, () => {
      const relative = people.relative(plan.person, plan.county);
      return job(relative, 'household', first + random.int(0, 15));
    });
    return { jobs: [...(own[i] ?? []), ...household], people: 1 + relatives + more };
  });
}

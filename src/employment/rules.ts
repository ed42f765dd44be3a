import { addJalaliMonths, type IsoDate } from '../kit/jalali.ts';
import { Problem } from '../kit/problem.ts';
import { defineSteps } from '../kit/steps.ts';

/** How a person at work belongs to the plan. */
export const relations = ['holder', 'covered', 'household'] as const;
export type Relation = (typeof relations)[number];

/** Where a job stands. One that is `uncounted` is true, and counts nowhere. */
export const jobStates = [
  'registered',
  'verified',
  'disputed',
  'alive',
  'uncounted',
  'ended',
] as const;
export type JobState = (typeof jobStates)[number];

/** What somebody was found at work by. */
export const ways = ['sms', 'phone', 'visit'] as const;
export type Way = (typeof ways)[number];

/** What shows that somebody is at work. */
export const evidenceKinds = ['contract', 'insurance', 'visit', 'phone', 'sms'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/**
 * The life of a job. A verification that somebody else's second look does not bear out is taken back,
 * and the job is disputed from then on.
 */
export const jobSteps = defineSteps(jobStates, {
  'employment.register': { from: [null], to: 'registered' },
  'employment.registerUncounted': { from: [null], to: 'uncounted' },
  'employment.verify': { from: ['registered', 'disputed'], to: 'verified' },
  'employment.dispute': { from: ['registered'], to: 'disputed' },
  'employment.confirmAlive': { from: ['verified'], to: 'alive' },
  'employment.agree': { from: ['verified'], to: 'verified' },
  'employment.disagree': { from: ['verified'], to: 'disputed' },
  'employment.end': {
    from: ['registered', 'verified', 'disputed', 'alive', 'uncounted'],
    to: 'ended',
  },
});
export type JobVerb = keyof typeof jobSteps.steps;

/**
 * Whether a job may be recorded: its plan has money, its day has come, and the relation is true.
 * @throws Problem `employment.not_funded`, `employment.future_date`, `employment.wrong_relation` (422)
 */
export function checkJob(
  job: { relation: Relation; startedOn: string; happenedOn: string; isHolder: boolean },
  plan: { state: string },
  today: string,
): void {
  if (plan.state !== 'paying') throw new Problem('employment.not_funded', { state: plan.state });
  if (job.happenedOn > today || job.startedOn > job.happenedOn) {
    throw new Problem('employment.future_date', { given: job.startedOn });
  }
  if ((job.relation === 'holder') !== job.isHolder) {
    throw new Problem('employment.wrong_relation', { relation: job.relation });
  }
}

/** Days of one person, from the first on and before the last: they count once in them. */
export type CountedDays = { readonly from: string; readonly until: string };

/** The days in which a person who is counted on a day is counted no second time. */
export function countedDays(day: string, months: number): CountedDays {
  return { from: day, until: addJalaliMonths(day as IsoDate, months) };
}

/** Whether two stretches of days have a day in common. */
function meet(a: CountedDays, b: CountedDays): boolean {
  return a.from < b.until && b.from < a.until;
}

/** Why a job does not count, if it does not: its relation, or its person is counted already. */
export type UncountedFor = 'again' | 'relation';

/**
 * Whether a job counts: by the relations that count for the plan's kind (as `supporter:covered`), and by
 * the days in which its person is counted already.
 */
export function uncountedFor(
  job: { readonly kind: string; readonly relation: Relation },
  days: CountedDays,
  rule: { readonly relations: readonly string[]; readonly counted: readonly CountedDays[] },
): UncountedFor | null {
  if (!rule.relations.includes(`${job.kind}:${job.relation}`)) return 'relation';
  return rule.counted.some((one) => meet(one, days)) ? 'again' : null;
}

/** How many people a plan promised, and how far that has come. */
export type Tally = {
  readonly expected: number;
  readonly registered: number;
};

/**
 * How many more people one more counted job makes the plan promise: none while the promise holds.
 * @param raise why more people are at work than were promised; undefined = nobody said
 * @throws Problem `employment.beyond_promise` (422)
 */
export function promiseMissing(tally: Tally, raise: string | null | undefined): 0 | 1 {
  if (tally.registered < tally.expected) return 0;
  if (raise === undefined) {
    throw new Problem('employment.beyond_promise', { expected: tally.expected });
  }
  return 1;
}

/**
 * The day on which a step of a job took effect.
 * @throws Problem `employment.wrong_day` (422) before the step that it follows, or in the future
 */
export function checkDay(day: string, since: string, today: string): void {
  if (day < since || day > today) throw new Problem('employment.wrong_day', { given: day, since });
}

/**
 * Whether a job has lived long enough to be confirmed alive.
 * @throws Problem `employment.too_young` (422)
 */
export function checkAge(startedOn: string, day: string, months: number): void {
  const from = addJalaliMonths(startedOn as IsoDate, months);
  if (day < from) throw new Problem('employment.too_young', { from });
}

import { Problem } from '../kit/problem.ts';
import { defineSteps } from '../kit/steps.ts';

/** How a person at work belongs to the plan. */
export const relations = ['holder', 'covered', 'household'] as const;
export type Relation = (typeof relations)[number];

/** A job is registered; later stages of its life are further steps. */
export const jobSteps = defineSteps(['registered'] as const, {
  'employment.register': { from: [null], to: 'registered' },
});

/**
 * Whether a job may be counted: its plan has money, its day has come, and the relation is true.
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

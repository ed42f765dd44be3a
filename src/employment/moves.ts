import type { Reference } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { type CaseRow, getCasesForUpdate } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { beside } from '../platform/standing.ts';
import { employmentCounts } from './counts.ts';
import { type EvidenceInput, writeEvidence } from './evidence.ts';
import { casesOfJobs, getJobsForUpdate, type JobRow, type MovedJob, saveJobs } from './queries.ts';
import { demandNoRecheck } from './recheck-queries.ts';
import { checkAge, checkDay, type JobVerb, jobSteps, type Way } from './rules.ts';
import { aliveAfterOn } from './settings.ts';
import { changeTallies } from './tallies.ts';

/** A job with its case, both locked. */
export type JobAt = { readonly job: JobRow; readonly it: CaseRow };

/** Jobs with their cases, locked; cases before jobs, each in the order of their ids. */
export async function lockJobs(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<Map<string, JobAt>> {
  const cases = await getCasesForUpdate(tx, provinceId, await casesOfJobs(tx, provinceId, ids));
  const jobs = await getJobsForUpdate(tx, provinceId, ids);
  return new Map([...jobs].map(([id, job]) => [id, { job, it: cases.get(job.caseId) as CaseRow }]));
}

/** A step of a job in the record of its case: beside the chain of the case's own states. */
export function jobStepOf(
  { job, it }: JobAt,
  verb: JobVerb,
  step: Pick<Step, 'id' | 'happenedOn' | 'reason' | 'facts'>,
): Step {
  return {
    ...step,
    ...{ caseId: it.id, verb, from: job.state, to: nextState(jobSteps, verb, job.state) },
    personId: job.personId,
    dims: { ...it.dims, bankId: job.bankId, sex: job.sex },
    people: 1,
    facts: { ...beside, job: job.id, plan: job.planId, ...step.facts },
  };
}

/** As a job stands; a step says what it changes. */
export function asItStands(job: JobRow): MovedJob {
  const { id, state, verifyStepId, verifiedOn, verifiedBy, verifiedThrough, aliveOn } = job;
  const seen = { verifyStepId, verifiedOn, verifiedBy, verifiedThrough, aliveOn };
  return { id, state, ...seen, endedOn: null, endReason: null };
}

export type SeenInput = {
  readonly jobId: string;
  readonly through: Way;
  /** What was seen or heard; it is the evidence. */
  readonly detail: string;
  /** ISO; the day of the act unless given. */
  readonly happenedOn?: string | undefined;
};

/**
 * Says of jobs that their people were found at work. Whoever registered a job verifies none of it.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `employment.same_person` (409),
 * `employment.wrong_day`, `employment.detail_missing` (422)
 */
export async function verifyJobs(tx: Tx, act: Act, inputs: readonly SeenInput[]): Promise<void> {
  const seen = await see(tx, act, inputs);
  const doing = seen.map((one) => {
    const { registeredBy, registeredOn } = one.at.job;
    if (one.input.through !== 'sms' && act.actorId !== null && registeredBy === act.actorId) {
      throw new Problem('employment.same_person');
    }
    checkDay(one.day, registeredOn, act.today);
    return { ...one, stepId: uuid7(act.now.getTime()) };
  });
  const steps = doing.map(({ at, day: happenedOn, input, stepId: id }) =>
    jobStepOf(at, 'employment.verify', { id, happenedOn, facts: { through: input.through } }),
  );
  await recordSteps(tx, act, employmentCounts, steps);
  const moved = doing.map(({ at: { job }, day, input, stepId }): MovedJob => {
    const by = input.through === 'sms' ? null : act.actorId;
    const verified = { verifyStepId: stepId, verifiedOn: day, verifiedBy: by };
    const through = { verifiedThrough: input.through };
    return { ...asItStands(job), state: 'verified', ...verified, ...through };
  });
  await saveJobs(tx, act.provinceId, moved);
  await changeTallies(tx, act.provinceId, doing.map(tallyOf({ verified: 1 })));
}

/**
 * Says of verified jobs that they still live, a year on.
 * @throws Problem as {@link verifyJobs}, `employment.too_young` (422), `employment.recheck_open` (409)
 */
export async function confirmAlive(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly SeenInput[],
): Promise<void> {
  const seen = await see(tx, act, inputs);
  await demandNoRecheck(
    tx,
    act.provinceId,
    seen.map(({ at }) => at.job.id),
  );
  for (const { at, day } of seen) {
    const months = aliveAfterOn(reference, act.provinceId, at.job.startedOn);
    checkDay(day, at.job.verifiedOn ?? at.job.registeredOn, act.today);
    checkAge(at.job.startedOn, day, months);
  }
  const steps = seen.map(({ at, day: happenedOn, input: { through } }) =>
    jobStepOf(at, 'employment.confirmAlive', { happenedOn, facts: { through } }),
  );
  await recordSteps(tx, act, employmentCounts, steps);
  const moved = seen.map(({ at: { job }, day: aliveOn }): MovedJob => {
    return { ...asItStands(job), state: 'alive', aliveOn };
  });
  await saveJobs(tx, act.provinceId, moved);
  await changeTallies(tx, act.provinceId, seen.map(tallyOf({ alive: 1 })));
}

type Seen = { readonly at: JobAt; readonly input: SeenInput; readonly day: string };

const tallyOf =
  (change: { verified: number } | { alive: number }) =>
  ({ at: { job } }: { at: JobAt }) => ({ planId: job.planId, caseId: job.caseId, ...change });

/** Locks the jobs and writes what was seen or heard as evidence; that has to be something. */
async function see(tx: Tx, act: Act, inputs: readonly SeenInput[]): Promise<Seen[]> {
  const ids = inputs.map(({ jobId }) => jobId);
  const locked = await lockJobs(tx, act.provinceId, ids);
  const seen = inputs.map((input) => {
    const at = locked.get(input.jobId) as JobAt;
    return { at, input, day: input.happenedOn ?? act.today };
  });
  const evidence = seen.map(({ input, day: seenOn }): EvidenceInput => {
    const { jobId, through: kind, detail } = input;
    return { jobId, kind, detail, seenOn };
  });
  await writeEvidence(tx, act, evidence);
  return seen;
}

export type EndInput = {
  readonly jobId: string;
  readonly reason: string;
  readonly endedOn: string;
};

/**
 * Ends jobs: what they counted stays counted, and the end counts for itself.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `employment.recheck_open` (409),
 * `employment.reason_missing`, `employment.wrong_day` (422)
 */
export async function endJobs(tx: Tx, act: Act, inputs: readonly EndInput[]): Promise<void> {
  const ids = inputs.map(({ jobId }) => jobId);
  const locked = await lockJobs(tx, act.provinceId, ids);
  await demandNoRecheck(tx, act.provinceId, ids);
  const doing = inputs.map(({ jobId, endedOn, ...input }) => {
    if (!input.reason.trim()) throw new Problem('employment.reason_missing');
    const at = locked.get(jobId) as JobAt;
    const { registeredOn, verifiedOn, aliveOn } = at.job;
    checkDay(endedOn, aliveOn ?? verifiedOn ?? registeredOn, act.today);
    return { at, endedOn, reason: normaliseText(input.reason) };
  });
  const steps = doing.map(({ at, endedOn: happenedOn, reason }) =>
    jobStepOf(at, 'employment.end', { happenedOn, reason }),
  );
  await recordSteps(tx, act, employmentCounts, steps);
  const moved = doing.map(({ at: { job }, endedOn, reason: endReason }): MovedJob => {
    return { ...asItStands(job), state: 'ended', endedOn, endReason };
  });
  await saveJobs(tx, act.provinceId, moved);
}

/**
 * Says of registered jobs that nobody was found at work.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `employment.reason_missing` (422)
 */
export async function disputeJobs(
  tx: Tx,
  act: Act,
  inputs: readonly { readonly jobId: string; readonly reason: string }[],
): Promise<void> {
  const ids = inputs.map(({ jobId }) => jobId);
  const locked = await lockJobs(tx, act.provinceId, ids);
  const steps = inputs.map(({ jobId, reason }) => {
    if (!reason.trim()) throw new Problem('employment.reason_missing');
    const said = { happenedOn: act.today, reason: normaliseText(reason) };
    return jobStepOf(locked.get(jobId) as JobAt, 'employment.dispute', said);
  });
  await recordSteps(tx, act, employmentCounts, steps);
  const moved = [...locked.values()].map(({ job }): MovedJob => {
    return { ...asItStands(job), state: 'disputed' };
  });
  await saveJobs(tx, act.provinceId, moved);
}

import { sql } from 'kysely';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { getCasesForUpdate, type TakeBackInput } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import { type StoredRow, toStoredRow } from '../platform/history-row.ts';
import { getNewest, newestSteps, reversalOf } from '../platform/standing.ts';
import { employmentCounts } from './counts.ts';
import { asItStands, type JobAt, lockJobs } from './moves.ts';
import { type JobRow, type MovedJob, saveJobs, voidJobs } from './queries.ts';
import { demandNoRecheck } from './recheck-queries.ts';
import type { JobState, JobVerb } from './rules.ts';
import { changeTallies, uncountPeople } from './tallies.ts';

/** A registration is a step of its case's chain: later steps of the case stand on it. */
const registrations: readonly string[] = ['employment.register', 'employment.registerUncounted'];

/**
 * Takes back the newest step of each case, if it registered a job: the person no longer counts and may
 * be registered elsewhere. All or none.
 * @throws Problem `platform.not_found`, `platform.later_step` (409), `employment.reason_missing` (422)
 */
export async function takeBackJob(
  tx: Tx,
  act: Act,
  inputs: readonly TakeBackInput[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  await getCasesForUpdate(tx, act.provinceId, ids);
  const newest = await newestSteps(tx, act.provinceId, ids);
  const doing = inputs.map(({ caseId, reason }) => {
    if (!reason.trim()) throw new Problem('employment.reason_missing');
    return { reason, step: getNewest(newest, caseId, registrations).step };
  });
  for (const { step } of doing) await demandUntouched(tx, act.provinceId, step);
  const raised = await raisesOf(
    tx,
    act.provinceId,
    doing.map(({ step }) => step),
  );
  const all = [...doing, ...raised.map((step) => ({ step, reason: doing[0]?.reason ?? '' }))];
  const reversals = all.map(({ step, reason }) => reversalOf(step, normaliseText(reason)));
  await recordSteps(tx, act, employmentCounts, reversals);
  const jobs = doing.map(({ step }) => String(step.facts.job));
  await voidJobs(tx, act, jobs);
  await uncountPeople(tx, act.provinceId, jobs);
  const counted = doing.filter(({ step }) => step.verb === 'employment.register');
  await changeTallies(
    tx,
    act.provinceId,
    counted.map(({ step: { caseId, facts } }) => {
      const expected = facts.raise === undefined ? 0 : -1;
      return { planId: String(facts.plan), caseId, registered: -1, expected };
    }),
  );
}

/** What became of a job since its registration is taken back before the registration is. */
async function demandUntouched(tx: Tx, provinceId: number, step: StoredRow): Promise<void> {
  const [newest] = await standingSteps(tx, provinceId, step.caseId, String(step.facts.job));
  if (newest && newest.id !== step.id) {
    throw new Problem('platform.later_step', { verb: newest.verb });
  }
}

/** The steps by which these registrations raised their plans' promises. */
async function raisesOf(tx: Tx, provinceId: number, steps: readonly StoredRow[]) {
  const ids = steps.flatMap(({ facts }) => (facts.raise === undefined ? [] : String(facts.raise)));
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('history')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return rows.map(toStoredRow);
}

/** The standing steps of a job, the newest first. */
async function standingSteps(
  tx: Tx,
  provinceId: number,
  caseId: string,
  jobId: string,
): Promise<StoredRow[]> {
  const rows = await tx
    .selectFrom('history as h')
    .selectAll()
    .where('h.province_id', '=', provinceId)
    .where('h.case_id', '=', caseId)
    .where('h.sign', '=', 1)
    .where(sql<boolean>`h.facts ->> 'job' = ${jobId}`)
    .where(sql<boolean>`not exists (select 1 from history r
      where r.province_id = ${provinceId} and r.reverses = h.id)`)
    .orderBy('h.seq', 'desc')
    .execute();
  return rows.map(toStoredRow);
}

/**
 * Takes back the newest step of a job: a verification of somebody else, an end that was none. A second
 * look is an observation of its own and stays; a registration goes through {@link takeBackJob}.
 * @throws Problem `platform.not_found`, `platform.later_step`, `employment.recheck_open` (409),
 * `employment.reason_missing` (422)
 */
export async function takeBackJobStep(
  tx: Tx,
  act: Act,
  { jobId, reason }: { readonly jobId: string; readonly reason: string },
): Promise<void> {
  if (!reason.trim()) throw new Problem('employment.reason_missing');
  const { job, it } = (await lockJobs(tx, act.provinceId, [jobId])).get(jobId) as JobAt;
  const [step] = await standingSteps(tx, act.provinceId, it.id, jobId);
  if (!step) throw new Problem('platform.not_found');
  if (registrations.includes(step.verb)) {
    await demandNewest(tx, act.provinceId, step);
    return takeBackJob(tx, act, [{ caseId: it.id, reason }]);
  }
  await demandNoRecheck(tx, act.provinceId, [jobId]);
  await recordSteps(tx, act, employmentCounts, [reversalOf(step, normaliseText(reason))]);
  await saveJobs(tx, act.provinceId, [before(job, step)]);
  const { planId, caseId } = job;
  const lost = lostBy[step.verb as JobVerb];
  if (lost) await changeTallies(tx, act.provinceId, [{ planId, caseId, ...lost }]);
}

async function demandNewest(tx: Tx, provinceId: number, step: StoredRow): Promise<void> {
  const newest = await newestSteps(tx, provinceId, [step.caseId]);
  const found = getNewest(newest, step.caseId, registrations).step;
  if (found.id !== step.id) throw new Problem('platform.later_step', { verb: found.verb });
}

const lostBy: Partial<Record<JobVerb, { verified: number } | { alive: number }>> = {
  'employment.verify': { verified: -1 },
  'employment.confirmAlive': { alive: -1 },
};

/** A job as it was before the step. */
function before(job: JobRow, { verb, from }: StoredRow): MovedJob {
  const was = { ...asItStands(job), state: from as JobState };
  switch (verb) {
    case 'employment.verify':
      return {
        ...was,
        ...{ verifyStepId: null, verifiedOn: null, verifiedBy: null, verifiedThrough: null },
      };
    case 'employment.confirmAlive':
      return { ...was, aliveOn: null };
    case 'employment.end':
    case 'employment.dispute':
      return was;
    default:
      throw new Problem('platform.later_step', { verb });
  }
}

import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { getCasesForUpdate, type TakeBackInput } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import { getNewest, newestSteps, reversalOf } from '../platform/standing.ts';
import { employmentCounts } from './counts.ts';
import { voidJobs } from './queries.ts';
import { jobSteps } from './rules.ts';

const verbs = Object.keys(jobSteps.steps);

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
    return { reason, step: getNewest(newest, caseId, verbs).step };
  });
  const reversals = doing.map(({ step, reason }) => reversalOf(step, normaliseText(reason)));
  await recordSteps(tx, act, employmentCounts, reversals);
  await voidJobs(
    tx,
    act,
    doing.map(({ step }) => String(step.facts.job)),
  );
}

import type { Reference } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import type { StoredRow } from '../platform/history-row.ts';
import { getNewest, type Newest, newestSteps, reversalOf } from '../platform/standing.ts';
import { deadline } from './actions.ts';
import { announceChanges } from './changes.ts';
import { keepClearances } from './clearance-queries.ts';
import { permitCounts } from './counts.ts';
import { clearanceVerbs } from './decision-rules.ts';
import { type LifeChange, saveLifeChanges } from './life-queries.ts';
import {
  type CaseRow,
  clearRevocations,
  getCasesForUpdate,
  type Moved,
  saveMoved,
  voidPermits,
} from './queries.ts';
import { issuingVerbs, type PermitState, permitSteps } from './rules.ts';
import { addVersions } from './versions.ts';

/** A correction: the newest step of a case was wrong, and why. */
export type TakeBackInput = { readonly caseId: string; readonly reason: string };

const verbs = Object.keys(permitSteps.steps);
const issuing: readonly string[] = issuingVerbs;

/**
 * Takes back the newest step of each case, if it is one of its permit's. Nothing is edited: a step of
 * the opposite sign is added, every measure loses what the step had added, on the same day, and the
 * case is where it was before; a case whose first step is taken back is void. All or none.
 * @throws Problem `platform.not_found`, `platform.later_step` (409), `permits.reason_missing` (422)
 */
export async function takeBackPermitStep(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly TakeBackInput[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const newest = await newestSteps(tx, act.provinceId, ids);
  const doing = inputs.map((input) => ({ ...input, ...getNewest(newest, input.caseId, verbs) }));
  if (doing.some(({ reason }) => !reason.trim())) throw new Problem('permits.reason_missing');
  const reversals = doing.map(({ step, reason }) => reversalOf(step, normaliseText(reason)));
  await recordSteps(tx, act, permitCounts, reversals);
  const of = (wanted: readonly string[]) =>
    doing.filter(({ step }) => wanted.includes(step.verb)).map(({ caseId }) => caseId);
  await voidPermits(tx, act, of(issuing));
  await clearRevocations(tx, act.provinceId, of(['permits.revoke']));
  await saveLifeChanges(
    tx,
    act.provinceId,
    doing.flatMap(({ caseId, step }) => restored(caseId, step.facts) ?? []),
  );
  const moved = doing.map((one) =>
    movedBack(act, reference, cases.get(one.caseId) as CaseRow, one),
  );
  await saveMoved(tx, act.provinceId, moved);
  await keepClearances(tx, act.provinceId, of(clearanceVerbs));
  const voided = of(issuing).flatMap((caseId) => cases.get(caseId)?.permitId ?? []);
  await addVersions(tx, act.provinceId, voided);
  for (const [verb, group] of Map.groupBy(doing, ({ step }) => step.verb)) {
    const changed = group.map(({ caseId }) => caseId);
    await announceChanges(tx, act.provinceId, verb, changed, true);
  }
}

/** What a step of the permit's life had changed, as it was before. */
function restored(caseId: string, facts: StoredRow['facts']): LifeChange | undefined {
  const before = facts.before as Record<string, unknown> | undefined;
  if (before === undefined) return undefined;
  const { household_id, county_id, area, occupation_id, kind, valid_until } = before;
  return {
    caseId,
    ...(household_id === undefined ? {} : { householdId: String(household_id) }),
    ...(county_id === undefined ? {} : { countyId: Number(county_id), area: String(area) }),
    ...(occupation_id === undefined ? {} : { occupationId: String(occupation_id) }),
    ...(kind === undefined ? {} : { kind: String(kind) }),
    ...(valid_until === undefined ? {} : { validUntil: String(valid_until) }),
  };
}

function movedBack(act: Act, reference: Reference, it: CaseRow, { step, before }: Newest): Moved {
  const state = (step.from ?? 'void') as PermitState;
  // A body's yes had left the case where it was, with the day and the deadline of the question.
  const stayed = step.verb === 'permits.clear';
  const since = stayed ? it.stateSince : (before?.happenedOn ?? step.happenedOn);
  return {
    id: it.id,
    state,
    since,
    dueOn: deadline(reference, act.provinceId, state, since),
    permitId: issuing.includes(step.verb) ? null : it.permitId,
  };
}

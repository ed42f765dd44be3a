import { getOccupation, type Reference } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { deadline, type StepInput, takeStep } from './actions.ts';
import { clearancesOf, keepClearances } from './clearance-queries.ts';
import { bodiesToAsk, neededBodies } from './decision-rules.ts';
import { type CaseRow, getCasesForUpdate } from './queries.ts';

/**
 * Asks every body that has to clear the cases' occupations and has not yet done so, all at once: what
 * one of them says does not wait for another (food path, xn--ngbeab6ar43f.com). All or none.
 * @throws Problem `permits.no_clearance_needed` (422), and what every step may
 */
export async function askClearances(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly StepInput[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const told = await clearancesOf(tx, act.provinceId, ids);
  const asking = inputs.map((input) => {
    const { dims } = cases.get(input.caseId) as CaseRow;
    const { clearance_ids } = getOccupation(reference, dims.occupationId);
    const needed = neededBodies(clearance_ids, dims.agencyId);
    const bodies = bodiesToAsk(needed, told.get(input.caseId) ?? []);
    if (bodies.length === 0) throw new Problem('permits.no_clearance_needed');
    const due_on = deadline(reference, act.provinceId, 'clearance', input.happenedOn);
    return { ...input, facts: { bodies, due_on } };
  });
  await takeStep(tx, act, reference, 'permits.askClearance', asking);
  await keepClearances(tx, act.provinceId, ids);
}

/** What a body says about cases it was asked about. */
export type ClearanceAnswer = StepInput & {
  /** The body's own number for its answer. */
  readonly reference?: string | null;
};

/**
 * Records a body's answers. A yes leaves a case waiting for the others; with the last yes it goes back
 * to its agency by itself, in the same transaction; a no takes it back at once, by its number.
 * Needs a transaction that sees the whole province, since the other bodies' answers count.
 * @throws Problem `permits.not_asked` (409), `permits.condition_missing` (422), and what every step may
 */
export async function answerClearances(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: 'permits.clear' | 'permits.denyClearance',
  inputs: readonly ClearanceAnswer[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  await getCasesForUpdate(tx, act.provinceId, ids);
  const told = await clearancesOf(tx, act.provinceId, ids);
  const body = act.organisationId;
  for (const id of ids) {
    const own = told.get(id)?.find(({ bodyId }) => bodyId === body);
    if (own?.state !== 'asked') throw new Problem('permits.not_asked');
  }
  const answers = inputs.map(({ reference: number, ...input }) => ({
    ...input,
    facts: { body, ...(number?.trim() ? { reference: number.trim() } : {}) },
  }));
  await takeStep(tx, act, reference, verb, answers);
  await keepClearances(tx, act.provinceId, ids);
  if (verb === 'permits.clear') await complete(tx, act, reference, inputs);
}

/** The cases whose bodies have all said yes go back to their agency; nobody's act, the rule's. */
async function complete(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly StepInput[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  const told = await clearancesOf(tx, act.provinceId, ids);
  const done = inputs.flatMap(({ caseId, happenedOn }) => {
    const answers = told.get(caseId) ?? [];
    const bodies = answers.map(({ bodyId }) => bodyId);
    const all = answers.every(({ state }) => state === 'cleared');
    return all ? [{ caseId, happenedOn, facts: { bodies } }] : [];
  });
  if (done.length === 0) return;
  const rule = { ...act, actorId: null, organisationId: null };
  await takeStep(tx, rule, reference, 'permits.completeClearance', done);
}

import { nextState } from '../../kit/steps.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { type CaseRow, getCasesForUpdate } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type Act, recordSteps, type Step } from '../../platform/history.ts';
import { beside } from '../../platform/standing.ts';
import { bazaarCounts } from './counts.ts';
import { type ApplicationRow, saveApplications } from './queries.ts';
import {
  type ApplicationVerb,
  applicationSteps,
  type FairState,
  type FairVerb,
  fairSteps,
} from './rules.ts';

/** What a step makes of one application, and what the record says of it. */
export type ApplicationMove = {
  readonly it: ApplicationRow;
  readonly verb: ApplicationVerb;
  readonly becomes?: Partial<Omit<ApplicationRow, 'id' | 'state'>>;
  readonly rial?: bigint;
  readonly reason?: string | null;
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Steps that this one takes back first, newest first. */
  readonly takesBack?: readonly Step[];
};

/**
 * Takes steps of applications: saves what they lead to and records each in its maker's case.
 * @throws Problem `platform.wrong_state` (409)
 */
export async function moveApplications(
  tx: Tx,
  act: Act,
  moves: readonly ApplicationMove[],
): Promise<void> {
  if (moves.length === 0) return;
  const after = moves.map((move): ApplicationRow => {
    const state = nextState(applicationSteps, move.verb, move.it.state);
    return { ...move.it, ...move.becomes, state };
  });
  const cases = await getCasesForUpdate(tx, act.provinceId, [
    ...new Set(moves.map(({ it }) => it.caseId)),
  ]);
  await saveApplications(tx, act, after);
  const steps = moves.flatMap((move, at) => [
    ...(move.takesBack ?? []),
    stepFor(act, move, after[at]?.state ?? '', cases),
  ]);
  await recordSteps(tx, act, bazaarCounts, steps);
}

function stepFor(
  act: Act,
  { it, verb, rial, reason, facts }: ApplicationMove,
  to: string,
  cases: ReadonlyMap<string, CaseRow>,
): Step {
  const { dims, personId } = cases.get(it.caseId) as CaseRow;
  return {
    ...{ caseId: it.caseId, verb, from: it.state, to, happenedOn: act.today, personId, dims },
    ...{ rial: rial ?? null, reason: reason ?? null },
    facts: { ...beside, application: it.id, fair: it.fairId, ...facts },
  };
}

/** A step of a fair as a whole. */
export type FairStep = {
  readonly fairId: string;
  readonly from: FairState | null;
  readonly verb: FairVerb;
  readonly reason?: string | null;
  readonly facts?: Readonly<Record<string, unknown>>;
};

/**
 * Records a step of a fair, whose row is locked or new, and says where it leads.
 * @throws Problem `platform.wrong_state` (409)
 */
export async function recordFair(
  tx: Tx,
  act: Act,
  { fairId, from, verb, reason = null, facts = {} }: FairStep,
): Promise<FairState> {
  const to = nextState(fairSteps, verb, from);
  const { seq } = await tx
    .selectFrom('fair_steps')
    .select(({ fn, lit, eb }) => eb(fn.coalesce(fn.max('seq'), lit(0)), '+', lit(1)).as('seq'))
    .where('province_id', '=', act.provinceId)
    .where('fair_id', '=', fairId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('fair_steps')
    .values({
      ...{ province_id: act.provinceId, id: uuid7(act.now.getTime()), fair_id: fairId, seq },
      ...{ verb, from_state: from, to_state: to, happened_on: act.today, reason },
      ...{ facts: JSON.stringify(facts), actor_id: act.actorId, op_id: act.opId },
      recorded_at: act.now,
    })
    .execute();
  return to;
}

import { Problem } from '../../kit/problem.ts';
import { nextState } from '../../kit/steps.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { type CaseRow, getCasesForUpdate } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type Act, recordSteps, type Step } from '../../platform/history.ts';
import { beside } from '../../platform/standing.ts';
import { materialCounts } from './counts.ts';
import { type NeedRow, saveNeeds } from './queries.ts';
import {
  type BesideVerb,
  besideVerbs,
  type NeedState,
  type NeedVerb,
  needSteps,
  type PurchaseState,
  type PurchaseVerb,
  purchaseSteps,
} from './rules.ts';

/** What a step makes of one need, and what the record says of it. */
export type NeedMove = {
  readonly need: NeedRow;
  readonly verb: NeedVerb | BesideVerb;
  readonly becomes?: Partial<Omit<NeedRow, 'id' | 'state'>>;
  readonly rial?: bigint;
  readonly reason?: string | null;
  readonly facts?: Readonly<Record<string, unknown>>;
};

function stateAfter({ need, verb }: NeedMove): NeedState {
  if (!(verb in besideVerbs)) return nextState(needSteps, verb as NeedVerb, need.state);
  const from: readonly NeedState[] = besideVerbs[verb as BesideVerb];
  if (!from.includes(need.state)) {
    throw new Problem('platform.wrong_state', { verb, state: need.state });
  }
  return need.state;
}

/**
 * Takes steps of needs: saves what they lead to and records each in its maker's case.
 * @throws Problem `platform.wrong_state` (409)
 */
export async function moveNeeds(tx: Tx, act: Act, moves: readonly NeedMove[]): Promise<NeedRow[]> {
  const after = moves.map((move): NeedRow => {
    return { ...move.need, ...move.becomes, state: stateAfter(move) };
  });
  const cases = await getCasesForUpdate(tx, act.provinceId, [
    ...new Set(moves.map(({ need }) => need.caseId)),
  ]);
  await saveNeeds(tx, act, after);
  await recordSteps(
    tx,
    act,
    materialCounts,
    moves.map((move, at) => needStep(act, move, after[at] as NeedRow, cases)),
  );
  return after;
}

function needStep(
  act: Act,
  { need, verb, rial, reason, facts }: NeedMove,
  after: NeedRow,
  cases: ReadonlyMap<string, CaseRow>,
): Step {
  const { dims, personId } = cases.get(need.caseId) as CaseRow;
  const purchase = after.purchaseId ?? need.purchaseId;
  return {
    ...{ caseId: need.caseId, verb, from: need.state, to: after.state, personId, dims },
    ...{ happenedOn: act.today, rial: rial ?? null, reason: reason ?? null },
    facts: { ...beside, need: need.id, ...(purchase ? { purchase } : {}), ...facts },
  };
}

/** A step of a purchase as a whole. */
export type PurchaseStep = {
  readonly purchaseId: string;
  readonly from: PurchaseState | null;
  readonly verb: PurchaseVerb;
  readonly reason?: string | null;
  readonly facts?: Readonly<Record<string, unknown>>;
};

/**
 * Records a step of a purchase, whose row is locked.
 * @returns the state that it leads to
 * @throws Problem `platform.wrong_state` (409)
 */
export async function recordPurchase(
  tx: Tx,
  act: Act,
  { purchaseId, from, verb, reason = null, facts = {} }: PurchaseStep,
): Promise<PurchaseState> {
  const to = nextState(purchaseSteps, verb, from);
  const { seq } = await tx
    .selectFrom('purchase_steps')
    .select(({ fn, lit, eb }) => eb(fn.coalesce(fn.max('seq'), lit(0)), '+', lit(1)).as('seq'))
    .where('province_id', '=', act.provinceId)
    .where('purchase_id', '=', purchaseId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('purchase_steps')
    .values({
      ...{
        province_id: act.provinceId,
        id: uuid7(act.now.getTime()),
        purchase_id: purchaseId,
        seq,
      },
      ...{ verb, from_state: from, to_state: to, happened_on: act.today, reason },
      ...{ facts: JSON.stringify(facts), actor_id: act.actorId, op_id: act.opId },
      recorded_at: act.now,
    })
    .execute();
  return to;
}

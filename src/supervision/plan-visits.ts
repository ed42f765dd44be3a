import type { Reference } from '../accounts/index.ts';
import { getPlansForUpdate, type PlanRow } from '../financing/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { type CaseRow, getCasesForUpdate } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import { demandAssignees } from './assignees.ts';
import { checklistsById, newestChecklists } from './checklists.ts';
import {
  casesOfVisits,
  getVisitsForUpdate,
  insertVisits,
  type MovedVisit,
  type NewVisit,
  saveVisits,
  type VisitRow,
} from './queries.ts';
import {
  type Channel,
  checkPlanning,
  leastChannel,
  type Stage,
  trancheAhead,
  visitSteps,
} from './rules.ts';
import { channelRuleOn, limitEnd } from './settings.ts';
import { type Looked, stepOf, supervised } from './steps.ts';

/** A visit that somebody wants made. */
export type PlanInput = {
  readonly caseId: string;
  readonly stage: Stage;
  /** The weakest that will do when absent. */
  readonly channel?: Channel | undefined;
  /** Whose it is to make; nobody's yet when absent. */
  readonly assigneeId?: string | null | undefined;
  /** By the stage's limit from `happenedOn` when absent. */
  readonly dueOn?: string | undefined;
  readonly happenedOn: string;
  /** The visit whose order to correct is to be seen done. */
  readonly revisitOf?: string | undefined;
  /** Of its stage: what was asked already, when that is not the newest. */
  readonly checklistId?: string | undefined;
};

/** Cases and their newest plans, locked in the order in which everybody locks them. */
export async function look(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Map<string, Looked>> {
  const ids = [...new Set(caseIds)];
  const [cases, plans] = await Promise.all([
    getCasesForUpdate(tx, provinceId, ids),
    getPlansForUpdate(tx, provinceId, ids),
  ]);
  return new Map(
    ids.map((id) => [id, { it: cases.get(id) as CaseRow, plan: plans.get(id) as PlanRow }]),
  );
}

/**
 * Plans visits, each with the newest checklist of its stage; those with an assignee are assigned at once.
 * Needs a transaction that sees the whole province. All or none.
 * @returns the visits' ids in the order of the inputs
 * @throws Problem `financing.no_plan`, `supervision.stage_not_due`, `supervision.channel_too_weak`,
 * `supervision.visit_open` (409), `supervision.no_such_assignee`
 */
export async function planVisits(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly PlanInput[],
): Promise<string[]> {
  const caseIds = inputs.map(({ caseId }) => caseId);
  const assignees = inputs.flatMap(({ assigneeId }) => assigneeId ?? []);
  const asked = inputs.flatMap(({ checklistId }) => checklistId ?? []);
  const [looked, newest, named] = await Promise.all([
    look(tx, act.provinceId, caseIds),
    newestChecklists(tx, act),
    checklistsById(tx, act.provinceId, asked),
    demandAssignees(tx, act.provinceId, assignees),
  ]);
  const planned = inputs.map((input) => {
    const at = looked.get(input.caseId) as Looked;
    const checklist = named.get(input.checklistId ?? '') ?? newest.get(input.stage);
    const visit = newVisit(act, reference, at, input, checklist?.id ?? '');
    return { at, visit, version: checklist?.version ?? 0 };
  });
  const visits = planned.map(({ visit }) => visit);
  const steps = planned.map(planStep);
  await Promise.all([insertVisits(tx, act, visits), recordSteps(tx, act, [], steps)]);
  return planned.map(({ visit }) => visit.id);
}

type Planned = { readonly at: Looked; readonly visit: NewVisit; readonly version: number };

function planStep({ at, visit, version }: Planned) {
  const { channel, dueOn: due_on } = visit;
  return stepOf(at, {
    verb: visit.assigneeId === null ? 'supervision.plan' : 'supervision.assign',
    ...{ from: null, to: visit.state, happenedOn: visit.since },
    facts: {
      ...{ ...visitFacts(visit), channel, checklist: version, due_on },
      ...(visit.revisitOf === null ? {} : { revisit_of: visit.revisitOf }),
    },
  });
}

/** What each step of a visit says about it. */
export function visitFacts(visit: Pick<VisitRow, 'id' | 'stage' | 'trancheNumber'>) {
  const tranche = visit.trancheNumber === null ? {} : { tranche: visit.trancheNumber };
  return { visit: visit.id, stage: visit.stage, ...tranche };
}

function newVisit(
  act: Act,
  reference: Reference,
  at: Looked,
  input: PlanInput,
  checklistId: string,
): NewVisit {
  const { stage, happenedOn, assigneeId = null } = input;
  const { plan, it } = at;
  const facts = supervised(plan);
  const rule = channelRuleOn(reference, act.provinceId, stage, happenedOn);
  const { occupationId } = it.dims;
  const least = leastChannel(stage, rule, { limitRial: facts.limitRial, occupationId });
  const channel = input.channel ?? least;
  checkPlanning({ stage, channel }, facts, least);
  const verb = assigneeId === null ? 'supervision.plan' : 'supervision.assign';
  return {
    id: uuid7(act.now.getTime()),
    ...{ caseId: it.id, planId: plan.id, personId: plan.personId },
    ...{ agencyId: plan.agencyId, bankId: plan.bankId, countyId: plan.countyId },
    ...{ stage, channel, checklistId, assigneeId, since: happenedOn },
    trancheNumber: trancheAhead(stage, plan),
    state: nextState(visitSteps, verb, null),
    dueOn: input.dueOn ?? limitEnd(reference, act.provinceId, stage, happenedOn),
    revisitOf: input.revisitOf ?? null,
  };
}

/** Who is to make a visit, and by when. */
export type AssignInput = {
  readonly visitId: string;
  readonly assigneeId: string;
  readonly dueOn?: string | undefined;
};

/**
 * Assigns visits, or gives them to somebody else. All or none.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supervision.no_such_assignee`
 */
export async function assignVisits(
  tx: Tx,
  act: Act,
  inputs: readonly AssignInput[],
): Promise<void> {
  await demandAssignees(
    tx,
    act.provinceId,
    inputs.map(({ assigneeId }) => assigneeId),
  );
  const moves = new Map(inputs.map((input) => [input.visitId, input]));
  await moveVisits(tx, act, 'supervision.assign', [...moves.keys()], null, (visit) => {
    const input = moves.get(visit.id) as AssignInput;
    return { assigneeId: input.assigneeId, dueOn: input.dueOn ?? visit.dueOn };
  });
}

/**
 * Calls visits off, with the reason. All or none.
 * @throws Problem `platform.not_found`, `platform.wrong_state`
 */
export async function cancelVisits(
  tx: Tx,
  act: Act,
  visitIds: readonly string[],
  reason: string,
): Promise<void> {
  await moveVisits(tx, act, 'supervision.cancel', visitIds, normaliseText(reason), () => ({}));
}

async function moveVisits(
  tx: Tx,
  act: Act,
  verb: 'supervision.assign' | 'supervision.cancel',
  visitIds: readonly string[],
  reason: string | null,
  change: (visit: VisitRow) => Partial<MovedVisit>,
): Promise<void> {
  const looked = await look(tx, act.provinceId, await casesOfVisits(tx, act.provinceId, visitIds));
  const visits = [...(await getVisitsForUpdate(tx, act.provinceId, visitIds)).values()];
  const moved = visits.map(
    (visit): MovedVisit => ({
      ...{ id: visit.id, assigneeId: visit.assigneeId, channel: visit.channel, dueOn: visit.dueOn },
      ...{ state: nextState(visitSteps, verb, visit.state), since: act.today },
      ...change(visit),
    }),
  );
  await saveVisits(tx, act.provinceId, moved);
  const steps = visits.map((visit, at) =>
    stepOf(looked.get(visit.caseId) as Looked, {
      ...{ verb, from: visit.state, to: moved[at]?.state ?? '', happenedOn: act.today, reason },
      facts: { ...visitFacts(visit), assignee: moved[at]?.assigneeId ?? null },
    }),
  );
  await recordSteps(tx, act, [], steps);
}

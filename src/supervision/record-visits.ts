import { hash } from 'node:crypto';
import type { Reference } from '../accounts/index.ts';
import { closeGates, type Release, releaseTranches } from '../financing/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { type Answers, answerFaults, type Checklist } from './checklist-rules.ts';
import { checklistsById, type KeptChecklist } from './checklists.ts';
import { openDeviations, plansHeld } from './deviations.ts';
import { noteSigners, partiesOf } from './joint/parties.ts';
import { checkParties } from './joint-rules.ts';
import { look, planVisits, visitFacts } from './plan-visits.ts';
import {
  casesOfVisits,
  getVisitsForUpdate,
  lastPayments,
  type MovedVisit,
  saveVisits,
  type VisitRow,
} from './queries.ts';
import {
  checkVisitedOn,
  type Deviation,
  type OutcomeVerb,
  opensGate,
  stageIsDue,
  visitSteps,
} from './rules.ts';
import { limitEnd, orderOpensGateOn } from './settings.ts';
import { type Looked, stepOf, supervised } from './steps.ts';

/** What a visit came to. */
export type OutcomeInput = {
  readonly visitId: string;
  readonly answers: Answers;
  /** ISO. */
  readonly visitedOn: string;
  readonly note?: string | undefined;
  /** Of an order to correct; by the setting `supervision.correct_limit` when absent. */
  readonly correctUntil?: string | undefined;
  /** Of a deviation. */
  readonly deviation?: Deviation | undefined;
};

type Doing = {
  readonly visit: VisitRow;
  readonly at: Looked;
  readonly input: OutcomeInput;
  readonly moved: MovedVisit;
  readonly step: Step & { readonly id: string };
};

/**
 * Records what visits came to, with their answers. A pass opens the gate of the tranche ahead, where the
 * bank has not paid it meanwhile; an order to correct plans the visit that will see it done; a deviation
 * closes what is still closed to be. Needs a transaction that sees the whole province. All or none.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supervision.answers_wrong` with faults,
 * `supervision.wrong_day`, `supervision.deviation_missing`, `supervision.note_missing`,
 * `supervision.party_unsigned`
 */
export async function recordVisits(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: OutcomeVerb,
  inputs: readonly OutcomeInput[],
): Promise<void> {
  const ids = inputs.map(({ visitId }) => visitId);
  const looked = await look(tx, act.provinceId, await casesOfVisits(tx, act.provinceId, ids));
  const visits = await getVisitsForUpdate(tx, act.provinceId, ids);
  const all = [...visits.values()];
  const kept = [...new Set(all.map(({ checklistId }) => checklistId))];
  const plans = all.map(({ planId }) => planId);
  const [checklists, paid, parties] = await Promise.all([
    checklistsById(tx, act.provinceId, kept),
    lastPayments(tx, act.provinceId, plans),
    partiesOf(tx, act.provinceId, ids),
  ]);
  const doing = inputs.map((input): Doing => {
    const visit = visits.get(input.visitId) as VisitRow;
    const at = looked.get(visit.caseId) as Looked;
    const checklist = checklists.get(visit.checklistId) as KeptChecklist;
    checkParties(verb, parties.get(visit.id) ?? [], input.answers);
    check(act, verb, input, { visit, checklist: checklist.content, since: paid.get(visit.planId) });
    return outcome(act, reference, verb, { visit, at, input, version: checklist.version });
  });
  const moved = doing.map((one) => one.moved);
  const steps = doing.map(({ step }) => step);
  await Promise.all([saveVisits(tx, act.provinceId, moved), recordSteps(tx, act, [], steps)]);
  if (parties.size > 0) await noteSigners(tx, act, inputs);
  await follow(tx, act, reference, verb, doing);
}

function check(
  act: Act,
  verb: OutcomeVerb,
  input: OutcomeInput,
  about: { visit: VisitRow; checklist: Checklist; since: string | undefined },
): void {
  const { visit, checklist } = about;
  const faults = answerFaults(checklist, visit.channel, input.answers);
  if (faults.length > 0) throw new Problem('supervision.answers_wrong', {}, faults);
  const since = visit.stage === 'before' ? '' : (about.since ?? '');
  checkVisitedOn(input.visitedOn, since, act.today);
  if ((verb === 'supervision.findDeviation') !== (input.deviation !== undefined)) {
    throw new Problem('supervision.deviation_missing');
  }
  if (verb !== 'supervision.pass' && !input.note?.trim()) {
    throw new Problem('supervision.note_missing');
  }
}

function outcome(
  act: Act,
  reference: Reference,
  verb: OutcomeVerb,
  { visit, at, input, version }: Omit<Doing, 'moved' | 'step'> & { version: number },
): Doing {
  const { answers, visitedOn, deviation } = input;
  const note = input.note?.trim() ? normaliseText(input.note) : null;
  const correctUntil =
    verb === 'supervision.orderCorrection'
      ? (input.correctUntil ?? limitEnd(reference, act.provinceId, 'correct', visitedOn))
      : null;
  const to = nextState(visitSteps, verb, visit.state);
  const moved: MovedVisit = {
    ...{ id: visit.id, state: to, since: visitedOn, assigneeId: visit.assigneeId },
    ...{ channel: visit.channel, dueOn: visit.dueOn, visitedOn, answers, note },
    ...{ correctUntil, deviation: deviation ?? null },
  };
  const facts = {
    ...visitFacts(visit),
    ...{ channel: visit.channel, checklist: version, answers: digestOf(answers) },
    ...(correctUntil === null ? {} : { correction_due_on: correctUntil }),
    ...(deviation === undefined ? {} : { deviation }),
  };
  const id = uuid7(act.now.getTime());
  const said = { verb, from: visit.state, to, happenedOn: visitedOn, reason: note };
  return { visit, at, input, moved, step: { ...stepOf(at, { id, ...said, facts }), id } };
}

/** What the record keeps of answers: their digest, so that none can be changed afterwards unseen. */
function digestOf(answers: Answers): string {
  const sorted = Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify(sorted), 'hex');
}

/** What an outcome brings about: a gate opened, a second visit, gates closed. */
async function follow(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: OutcomeVerb,
  doing: readonly Doing[],
): Promise<void> {
  if (verb === 'supervision.findDeviation') {
    const found = doing.map(({ at, visit, moved, input }) => {
      const kind = input.deviation ?? 'used_otherwise';
      return { at, visitId: visit.id, kind, on: moved.since };
    });
    await openDeviations(tx, act, found);
    await closeGates(
      tx,
      act.provinceId,
      doing.map(({ at }) => at.plan.id),
    );
    return;
  }
  const orderOpens = orderOpensGateOn(reference, act.provinceId, act.today);
  if (opensGate(verb, orderOpens)) {
    const held = await plansHeld(
      tx,
      act.provinceId,
      doing.map(({ at }) => at.plan.id),
    );
    const free = doing.filter(({ at }) => !held.has(at.plan.id));
    await releaseTranches(tx, act, free.flatMap(releaseOf));
  }
  if (verb !== 'supervision.orderCorrection') return;
  for (const { visit, moved, at } of doing) {
    // The bank may have paid meanwhile, without waiting: then the stage is over.
    if (!stageIsDue(visit.stage, supervised(at.plan))) continue;
    const { caseId, stage, channel, assigneeId, id: revisitOf } = visit;
    const dueOn = moved.correctUntil ?? moved.since;
    const again = { caseId, stage, channel, assigneeId, revisitOf, dueOn };
    await planVisits(tx, act, reference, [{ ...again, happenedOn: act.today }]);
  }
}

/** The tranche that a passed visit frees, unless the bank paid it without waiting or the plan has ended. */
function releaseOf({ visit, at, step }: Doing): Release[] {
  const { plan } = at;
  const { trancheNumber: number } = visit;
  if (number === null || number <= plan.tranches || plan.id !== visit.planId) return [];
  return [{ plan, number, origin: 'visit', stepId: step.id, passedOn: step.happenedOn }];
}

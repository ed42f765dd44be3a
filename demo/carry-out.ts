import { registerJobs } from '../src/employment/index.ts';
import { recordPayments, referPlans, repayLoans, takePlanStep } from '../src/financing/index.ts';
import {
  answerClearances,
  askClearances,
  type LifeVerb,
  lifeVerbs,
  submitCases,
  takeLifeStep,
  takeStep,
} from '../src/permits/index.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { planVisits, recordVisits } from '../src/supervision/index.ts';
import { coverPeople } from '../src/supporters/index.ts';
import { decideAllocations } from './allocations.ts';
import { isOrdered, payThroughBanks } from './bank-files.ts';
import { type Batch, visitorDesk } from './batches.ts';
import type { CaseStory, EventOf, Verb } from './case-story.ts';
import type { CastMember } from './cast.ts';
import { showContracts, verifyDue } from './job-lives.ts';
import type { Scene } from './scene.ts';

/** The key of a desk's account. */
export const deskKey = (desk: Pick<CastMember, 'role'> & { readonly organisationId: string }) =>
  `${desk.role} ${desk.organisationId}`;

/** What one batch is recorded as: the week's operation, at the desk the batch is from. */
function atDesk(act: Act, scene: Scene, { desk }: Batch): Act {
  if (!desk) return act;
  const actorId = scene.accounts[deskKey(desk)] ?? null;
  return { ...act, actorId, organisationId: desk.organisationId };
}

/** The entries of a batch, known to be of its verb. */
function entriesOf<V extends Verb>(batch: Batch, _verb: V) {
  return batch.entries as readonly { story: CaseStory; event: EventOf<V> }[];
}

async function submit({ tx, reference }: Scene, act: Act, batch: Batch): Promise<void> {
  const inputs = entriesOf(batch, 'permits.submit').map(({ story, event }) => {
    const { caseId, person, household, kind, occupationId } = story;
    const facts = event.atCounter ? { on_behalf_by: act.actorId } : {};
    return { caseId, person, household, kind, occupationId, facts, happenedOn: event.on };
  });
  await submitCases(tx, act, reference, inputs);
}

async function refer({ tx, reference }: Scene, act: Act, batch: Batch): Promise<void> {
  const entries = entriesOf(batch, 'financing.refer');
  const inputs = entries.map(({ story, event }) => {
    const { on: happenedOn, verb: _verb, covered, ...plan } = event;
    const size = story.kind === 'supporter' ? { covered: covered.length } : {};
    return { ...plan, ...size, caseId: story.caseId, happenedOn };
  });
  await referPlans(tx, act, reference, inputs);
  const members = entries.flatMap(({ story, event: { planId, covered } }) =>
    covered.map(({ person, caseId, since }) => {
      const { agencyId } = story;
      return { planId, agencyId, person, coveredCaseId: caseId ?? null, since };
    }),
  );
  if (members.length > 0) await coverPeople(tx, act, members);
}

async function pay(scene: Scene, act: Act, batch: Batch): Promise<void> {
  const entries = entriesOf(batch, 'financing.pay');
  const inputs = entries
    .filter((one) => !isOrdered(one))
    .map(({ story, event }) => {
      const { on: happenedOn, verb: _verb, ...payment } = event;
      return { ...payment, caseId: story.caseId, happenedOn };
    });
  if (inputs.length > 0) await recordPayments(scene.tx, act, scene.reference, inputs);
  await payThroughBanks(scene, act, entries.filter(isOrdered));
}

async function repay({ tx }: Scene, act: Act, batch: Batch): Promise<void> {
  const inputs = entriesOf(batch, 'financing.repay').map(({ story, event }) => {
    const { on: happenedOn, verb: _verb, ...repayment } = event;
    return { ...repayment, caseId: story.caseId, happenedOn };
  });
  await repayLoans(tx, act, inputs);
}

async function register(scene: Scene, act: Act, batch: Batch): Promise<void> {
  const inputs = entriesOf(batch, 'employment.register').map(({ story, event }) => {
    const { on: happenedOn, verb: _verb, ...job } = event;
    return { ...job, caseId: story.caseId, happenedOn };
  });
  const ids = await registerJobs(scene.tx, act, scene.reference, inputs);
  const jobs = inputs.map(({ relation, happenedOn: on }, at) => ({
    ...{ id: ids[at] ?? '', relation, on },
  }));
  await showContracts(scene, act, jobs);
}

/** The house's own checklist, with evidence of having been there; the story's years asked on paper. */
function fieldChecklist(tx: Tx, { provinceId }: Act, stage: string) {
  return tx
    .selectFrom('checklists')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('stage', '=', stage)
    .where('version', '=', 1)
    .executeTakeFirstOrThrow();
}

async function assign({ tx, reference, accounts }: Scene, act: Act, batch: Batch): Promise<void> {
  const { id: checklistId } = await fieldChecklist(tx, act, 'after');
  const inputs = entriesOf(batch, 'supervision.assign').map(({ story, event }) => {
    const { on: happenedOn, stage, to, inFieldBy: dueOn } = event;
    const assigneeId = accounts[deskKey(visitorDesk(to, story))] ?? null;
    const field = dueOn === undefined ? {} : { channel: 'field' as const, dueOn, checklistId };
    return { caseId: story.caseId, stage, assigneeId, happenedOn, ...field };
  });
  await planVisits(tx, act, reference, inputs);
}

type OutcomeVerb = 'supervision.pass' | 'supervision.orderCorrection' | 'supervision.findDeviation';

async function recordSeen(scene: Scene, act: Act, verb: OutcomeVerb, batch: Batch): Promise<void> {
  const { tx, reference } = scene;
  const entries = entriesOf(batch, verb);
  const open = await tx
    .selectFrom('visits')
    .select(['id', 'case_id', 'stage'])
    .where('province_id', '=', act.provinceId)
    .where('state', '=', 'assigned')
    .where(
      'case_id',
      'in',
      entries.map(({ story }) => story.caseId),
    )
    .execute();
  const inputs = entries.map(({ story, event }) => {
    const { on: visitedOn, stage, by: _by, verb: _verb, ...said } = event;
    const visit = open.find((one) => one.case_id === story.caseId && one.stage === stage);
    return { ...said, visitId: visit?.id ?? '', visitedOn };
  });
  await recordVisits(tx, act, reference, verb, inputs);
}

/** Steps that need no more than the case, the day and, for some, a reason or a number. */
function stepsOf(batch: Batch) {
  return batch.entries.map(({ story, event }) => {
    const { on: happenedOn, verb: _verb, ...said } = event;
    return { ...said, caseId: story.caseId, happenedOn };
  });
}

function isLife(verb: Verb): verb is Verb & LifeVerb {
  return (lifeVerbs as readonly string[]).includes(verb);
}

/** Carries out one batch through the product's own actions. */
async function carryOut(scene: Scene, week: Act, batch: Batch): Promise<void> {
  const act = atDesk(week, scene, batch);
  const { tx, reference } = scene;
  const { verb } = batch;
  switch (verb) {
    case 'permits.submit':
      return submit(scene, act, batch);
    case 'financing.refer':
      return refer(scene, act, batch);
    case 'financing.pay':
      return pay(scene, act, batch);
    case 'financing.repay':
      return repay(scene, act, batch);
    case 'employment.register':
      return register(scene, act, batch);
    case 'financing.openFile':
    case 'financing.contract':
    case 'financing.returnPlan':
    case 'financing.refusePlan':
    case 'financing.withdrawPlan':
      return takePlanStep(tx, act, reference, verb, stepsOf(batch));
    case 'supervision.assign':
      return assign(scene, act, batch);
    case 'supervision.pass':
    case 'supervision.orderCorrection':
    case 'supervision.findDeviation':
      return recordSeen(scene, act, verb, batch);
    case 'permits.askClearance':
      return askClearances(tx, act, reference, stepsOf(batch));
    case 'permits.clear':
    case 'permits.denyClearance':
      return answerClearances(tx, act, reference, verb, stepsOf(batch));
    default:
      if (isLife(verb)) return takeLifeStep(tx, act, reference, verb, stepsOf(batch));
      return takeStep(tx, act, reference, verb, stepsOf(batch));
  }
}

/** An act at a desk of the directorate. */
export function atCastDesk(
  { accounts }: Scene,
  act: Act,
  role: 'director' | 'officer' | 'inspector',
): Act {
  const organisationId = 'DIRECTORATE';
  return { ...act, actorId: accounts[deskKey({ role, organisationId })] ?? null, organisationId };
}

/** What the working group decided since the week before, and then what happened in the week. */
export async function tellWeek(
  scene: Scene,
  act: Act,
  { since, day, week }: { since: string; day: string; week: readonly Batch[] },
): Promise<null> {
  await decideAllocations(scene.tx, atCastDesk(scene, act, 'director'), scene.reference, {
    since,
    day,
  });
  for (const batch of week) await carryOut(scene, act, batch);
  await verifyDue(scene, atCastDesk(scene, act, 'inspector'), day);
  return null;
}

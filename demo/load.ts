import { sql } from 'kysely';
import {
  findByNationalId,
  hashSecret,
  insertAccount,
  type Reference,
} from '../src/accounts/index.ts';
import { registerJobs } from '../src/employment/index.ts';
import { recordPayments, referPlans, repayLoans, takePlanStep } from '../src/financing/index.ts';
import { submitCases, takeStep } from '../src/permits/index.ts';
import type { Database, Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { coverPeople } from '../src/supporters/index.ts';
import { type Batch, batchesOf, type Desk } from './batches.ts';
import type { CaseStory, EventOf, Verb } from './case-story.ts';
import { type CastMember, makeCast } from './cast.ts';
import { FIRST_OPERATION, isDone, LAST_OPERATION, once } from './once.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import { tellStory } from './story.ts';

/** How the loading goes and what it tells. */
export interface LoadOptions {
  /** Another story than the shipped one. */
  readonly cases?: readonly CaseStory[];
  /** Called after each week with how many events have been told, of how many. */
  readonly onProgress?: (told: number, total: number) => void;
}

/** What was loaded. */
export interface Loaded {
  readonly cases: number;
  readonly events: number;
  readonly cast: readonly CastMember[];
}

interface Scene {
  readonly tx: Tx;
  readonly reference: Reference;
  /** Account ids by desk. */
  readonly accounts: Readonly<Record<string, string>>;
}

const deskKey = (desk: Desk) => `${desk.role} ${desk.organisationId}`;

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
    return { caseId, person, household, kind, occupationId, happenedOn: event.on };
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

async function pay({ tx, reference }: Scene, act: Act, batch: Batch): Promise<void> {
  const inputs = entriesOf(batch, 'financing.pay').map(({ story, event }) => {
    const { on: happenedOn, verb: _verb, ...payment } = event;
    return { ...payment, caseId: story.caseId, happenedOn };
  });
  await recordPayments(tx, act, reference, inputs);
}

async function repay({ tx }: Scene, act: Act, batch: Batch): Promise<void> {
  const inputs = entriesOf(batch, 'financing.repay').map(({ story, event }) => {
    const { on: happenedOn, verb: _verb, ...repayment } = event;
    return { ...repayment, caseId: story.caseId, happenedOn };
  });
  await repayLoans(tx, act, inputs);
}

async function register({ tx }: Scene, act: Act, batch: Batch): Promise<void> {
  const inputs = entriesOf(batch, 'employment.register').map(({ story, event }) => {
    const { on: happenedOn, verb: _verb, ...job } = event;
    return { ...job, caseId: story.caseId, happenedOn };
  });
  await registerJobs(tx, act, inputs);
}

/** Steps that need no more than the case, the day and, for some, a reason or a number. */
function stepsOf(batch: Batch) {
  return batch.entries.map(({ story, event }) => {
    const { on: happenedOn, verb: _verb, ...said } = event;
    return { ...said, caseId: story.caseId, happenedOn };
  });
}

async function carryOut(scene: Scene, week: Act, batch: Batch): Promise<void> {
  const act = atDesk(week, scene, batch);
  const { tx, reference } = scene;
  switch (batch.verb) {
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
      return takePlanStep(tx, act, reference, batch.verb, stepsOf(batch));
    default:
      return takeStep(tx, act, reference, batch.verb, stepsOf(batch));
  }
}

/** Opens the accounts of the staff; gives their ids by desk. */
async function openDesks(tx: Tx, cast: readonly CastMember[], now: Date) {
  const desks: Record<string, string> = {};
  for (const member of cast) {
    if (member.role === 'citizen') continue;
    const { username, password, role, organisationId, nameFa, nameEn, provinceId } = member;
    const passwordHash = await hashSecret(password);
    const known = { provinceId, username, passwordHash, nameFa, nameEn, role, organisationId };
    const id = await insertAccount(tx, { ...known, personId: null, demonstration: true }, now);
    desks[`${role} ${organisationId}`] = id;
  }
  return desks;
}

/** Opens the accounts of the citizens shown, each bound to the person of their case. */
async function openCitizens(tx: Tx, cast: readonly CastMember[], now: Date): Promise<void> {
  const citizens = cast.filter((member) => member.role === 'citizen');
  const ids = citizens.map((citizen) => citizen.nationalId);
  const people = await findByNationalId(tx, PROVINCE_ID, ids);
  for (const { mobile, nationalId, nameFa, nameEn, provinceId, role } of citizens) {
    const personId = people.get(nationalId)?.id ?? null;
    const account = { provinceId, username: mobile, personId, nameFa, nameEn, role };
    const citizen = { passwordHash: null, organisationId: null, demonstration: true };
    await insertAccount(tx, { ...account, ...citizen }, now);
  }
}

/** After which weeks the tables have grown enough for PostgreSQL to look at them again. */
const ANALYSED_AFTER: ReadonlySet<number> = new Set([0, 1, 3, 7, 15, 31]);

/** The tables that grow from nothing here. */
const GROWING = sql.raw(
  [
    'people, households, cases, permits, plans, tranches, memberships, jobs, open_loans',
    'loans, repayments, ledger_transfers, history, history_heads, measure_deltas',
  ].join(', '),
);

/**
 * Tells PostgreSQL how large the tables are by now. Without it the plans it made (and keeps, for
 * foreign keys) while they were empty would scan them whole to the end.
 */
async function analyse(database: Database): Promise<void> {
  await database.migratorTransaction((tx) => sql`analyze ${GROWING}`.execute(tx));
}

/**
 * Loads the demonstration province into a database without one: every event of the story through
 * the product's own actions, recorded at the end of its week, and the cast's accounts. Each week is
 * one transaction and one operation: after a crash it can be run again and goes on from there, and
 * run once more it changes nothing.
 * @throws Problem when an action refuses; that would be a fault of the story or of the action
 */
export async function loadDemo(
  database: Database,
  reference: Reference,
  options: LoadOptions = {},
): Promise<Loaded> {
  const cases = options.cases ?? tellStory();
  const cast = makeCast(cases);
  const batches = batchesOf(cases);
  const events = batches.reduce((sum, batch) => sum + batch.entries.length, 0);
  const loaded = { cases: cases.length, events, cast };
  if (await isDone(database, LAST_OPERATION)) return loaded;
  const accounts = await once(database, FIRST_OPERATION, (tx, act) => openDesks(tx, cast, act.now));
  let told = 0;
  const weeks = [...Map.groupBy(batches, (batch) => batch.day)];
  for (const [nth, [day, week]] of weeks.entries()) {
    await once(database, { name: `week ${day}`, day }, async (tx, act) => {
      for (const batch of week) await carryOut({ tx, reference, accounts }, act, batch);
      return null;
    });
    told += week.reduce((sum, batch) => sum + batch.entries.length, 0);
    options.onProgress?.(told, events);
    if (ANALYSED_AFTER.has(nth)) await analyse(database);
  }
  await once(database, LAST_OPERATION, async (tx, act) => {
    await openCitizens(tx, cast, act.now);
    return null;
  });
  await analyse(database);
  return loaded;
}

/**
 * Whether the demonstration may be loaded: the province has no case at all, or only what a loading
 * that broke off has left.
 */
export async function needsDemo(database: Database): Promise<boolean> {
  if (await isDone(database, LAST_OPERATION)) return false;
  if (await isDone(database, FIRST_OPERATION)) return true;
  return database.transaction(provinceContext(PROVINCE_ID), async (tx) => {
    const found = await tx.selectFrom('cases').select('id').limit(1).execute();
    return found.length === 0;
  });
}

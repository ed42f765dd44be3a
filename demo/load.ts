import { sql } from 'kysely';
import {
  findByNationalId,
  hashSecret,
  insertAccount,
  type Reference,
} from '../src/accounts/index.ts';
import { isoDate } from '../src/kit/jalali.ts';
import { type Clock, systemClock } from '../src/platform/clock.ts';
import type { Database, Tx } from '../src/platform/database.ts';
import type { Files } from '../src/platform/files.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { leaveOpen } from './bank-files.ts';
import { batchesOf } from './batches.ts';
import { atCastDesk, deskKey, tellWeek } from './carry-out.ts';
import type { CaseStory } from './case-story.ts';
import { type CastMember, makeCast } from './cast.ts';
import { keepFieldChecklists, keepPaperChecklists } from './checklists.ts';
import { lookAgain } from './job-lives.ts';
import { LEDGER_OPERATIONS, leaveLedgersOpen, tellLedgerMonth } from './ledger-months.ts';
import { LEDGER_MONTHS } from './ledgers.ts';
import { tellMarket } from './market.ts';
import { FIRST_OPERATION, isDone, LAST_OPERATION, once, type Told } from './once.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import type { Scene } from './scene.ts';
import { tellStory } from './story.ts';
import { lookAhead } from './targets.ts';

/** How the loading goes and what it tells. */
export interface LoadOptions {
  /** Another story than the shipped one. */
  readonly cases?: readonly CaseStory[];
  /** When the story is over and the demonstration's own clock starts; the machine's clock unless given. */
  readonly clock?: Clock;
  /** Where the pictures of the market's products are kept; without it they have none. */
  readonly files?: Files;
  /** Called after each week with how many events have been told, of how many. */
  readonly onProgress?: (told: number, total: number) => void;
}

/** What was loaded. */
export interface Loaded {
  readonly cases: number;
  readonly events: number;
  readonly cast: readonly CastMember[];
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
    desks[deskKey({ role, organisationId })] = id;
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

/** Supporters' months that ended in a week, each an operation of its own after the week. */
async function tellLedgers(
  at: Omit<Scene, 'tx'> & { readonly database: Database; readonly cases: readonly CaseStory[] },
  since: string,
  day: string,
): Promise<void> {
  const { database, reference, accounts, cases } = at;
  for (const [nth, operation] of LEDGER_OPERATIONS.entries()) {
    const first = LEDGER_MONTHS[nth];
    if (first === undefined || operation.day <= since || operation.day > day) continue;
    await once(database, { name: operation.name, day: isoDate(day) }, (tx, act) =>
      tellLedgerMonth({ tx, reference, accounts }, act, first, cases),
    );
  }
  if (day === LAST_OPERATION.day) await lookAhead(at);
}

type Whole = Omit<Scene, 'tx'> & {
  readonly database: Database;
  readonly cases: readonly CaseStory[];
  readonly cast: readonly CastMember[];
};

/** What is left when the weeks have been told: the citizens' accounts, and what waits for somebody to look. */
async function tellLast(it: Whole, clock: Clock): Promise<void> {
  const { database, cases, cast } = it;
  await once(database, LAST_OPERATION, async (tx, act): Promise<Told> => {
    await openCitizens(tx, cast, act.now);
    await keepFieldChecklists(tx, act);
    const scene = { ...it, tx };
    const officer = atCastDesk(scene, act, 'officer');
    await lookAgain(scene, (role) => atCastDesk(scene, act, role));
    await leaveOpen(scene, officer, cases);
    const director = atCastDesk(scene, act, 'director');
    await leaveLedgersOpen(scene, { act: officer, director }, cases);
    return { toldAt: clock.now().toISOString() };
  });
}

/** After which weeks the tables have grown enough for PostgreSQL to look at them again. */
const ANALYSED_AFTER: ReadonlySet<number> = new Set([0, 1, 3, 7, 15, 31]);

/** The tables that grow from nothing here. */
const GROWING = sql.raw(
  [
    'people, households, cases, permits, plans, tranches, memberships, jobs, open_loans',
    'loans, repayments, ledger_transfers, history, history_heads, measure_deltas',
    'visits, tranche_passes, plan_jobs, counted_people, job_evidence, job_rechecks',
    'covers, contracts, material_movements, goods_received, pay_entries, pay_months',
    'stalls, products, orders, order_lines, needs, stall_applications',
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
  const { files, onProgress } = options;
  if (await isDone(database, LAST_OPERATION)) return loaded;
  const accounts = await once(database, FIRST_OPERATION, async (tx, act) => {
    await keepPaperChecklists(tx, act);
    return openDesks(tx, cast, act.now);
  });
  const weeks = [...Map.groupBy(batches, (batch) => batch.day)];
  let told = 0;
  for (const [nth, [day, week]] of weeks.entries()) {
    const since = weeks[nth - 1]?.[0] ?? '';
    await once(database, { name: `week ${day}`, day }, (tx, act) =>
      tellWeek({ tx, reference, accounts }, act, { since, day, week }),
    );
    const around = { database, reference, accounts, cases, files };
    await tellLedgers(around, since, day);
    await tellMarket(around, since, day);
    told += week.reduce((sum, batch) => sum + batch.entries.length, 0);
    onProgress?.(told, events);
    if (ANALYSED_AFTER.has(nth)) await analyse(database);
  }
  await tellLast({ database, reference, accounts, cases, cast }, options.clock ?? systemClock);
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

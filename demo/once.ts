import { isoDate } from '../src/kit/jalali.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import type { Database, Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { findAnswer, keepAnswer, requestHash } from '../src/platform/operations.ts';
import { provinceContext } from '../src/platform/policy.ts';
import type { Day } from './case-story.ts';
import { PROVINCE_ID, WINDOW } from './plan-targets.ts';
import { makeRandom } from './random.ts';
import { SEED } from './story.ts';

/** A part of the loading that is done whole or not at all, and once. */
export interface Operation {
  readonly name: string;
  /** The day it is recorded on. */
  readonly day: Day;
}

/** Opens the accounts of the staff. */
export const FIRST_OPERATION: Operation = { name: 'staff', day: isoDate(WINDOW.from) };
/** Opens the accounts of the citizens, when all has been told. */
export const LAST_OPERATION: Operation = { name: 'citizens', day: isoDate(WINDOW.to) };

/** What the last operation is kept with: when the story had been told, by the machine's clock. */
export interface Told {
  /** ISO timestamp. */
  readonly toldAt: string;
}

const ENDPOINT = 'demo';

/** Early afternoon in Tehran on the operation's day; the same operation always has the same key. */
function actOf({ name, day }: Operation): Act {
  const now = new Date(`${day}T10:00:00Z`);
  const opId = uuid7(now.getTime(), makeRandom(`${SEED}/operations/${name}`).bytes);
  return { provinceId: PROVINCE_ID, actorId: null, organisationId: null, now, today: day, opId };
}

const askedOf = ({ name }: Operation) => requestHash(ENDPOINT, name, null);

/** Whether an operation has been carried out. */
export async function isDone(database: Database, operation: Operation): Promise<boolean> {
  return (await answerOf(database, operation)) !== undefined;
}

/** What an operation gave when it was carried out; undefined when it has not been. */
export function answerOf(
  database: Database,
  operation: Operation,
): Promise<{ readonly body: unknown } | undefined> {
  return database.transaction(provinceContext(PROVINCE_ID), (tx) =>
    findAnswer(tx, actOf(operation), askedOf(operation)),
  );
}

/**
 * Carries out an operation in one transaction, unless it has been before: then gives what it gave,
 * which must be something that JSON keeps.
 */
export function once<T>(
  database: Database,
  operation: Operation,
  work: (tx: Tx, act: Act) => Promise<T>,
): Promise<T> {
  const act = actOf(operation);
  const asked = askedOf(operation);
  return database.transaction(provinceContext(PROVINCE_ID), async (tx) => {
    const before = await findAnswer(tx, act, asked);
    if (before) return before.body as T;
    const body = await work(tx, act);
    await keepAnswer(tx, act, ENDPOINT, asked, { status: 200, body });
    return body;
  });
}

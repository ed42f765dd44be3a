import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/database.ts';
import { provinceContext } from '../../platform/policy.ts';
import { positionOn } from '../loans/position.ts';
import { beforeAll, findLoans, type LoansWanted, type ToldLoan } from '../loans/queries.ts';
import { replay } from '../loans/schedule.ts';
import {
  deleteCloses,
  finishRun,
  insertCloses,
  type LoanClose,
  lockRun,
  moveRun,
  staleCloses,
  startRun,
} from './close-queries.ts';

/** How many loans one transaction closes, so that none of them is long. */
const batch = 2_000;

/** What a close did. */
export type Closed = { readonly day: string; readonly loans: number };

/**
 * Closes a day of a province: where each loan stood at its end, and the sums of each bank. Small
 * transactions, each of which notes how far it came: killed anywhere, the next run goes on from
 * there; run again after the end, it reckons the whole day anew and gives the same.
 * @param loansAtOnce how many loans one transaction closes
 */
export async function closeDay(
  database: Database,
  provinceId: number,
  day: string,
  now: Date,
  loansAtOnce = batch,
): Promise<Closed> {
  const context = provinceContext(provinceId);
  await database.transaction(context, (tx) => startRun(tx, provinceId, day, now));
  let loans = 0;
  for (;;) {
    const closed = await database.transaction(context, (tx) =>
      closeBatch(tx, provinceId, day, loansAtOnce),
    );
    loans += closed;
    if (closed < loansAtOnce) break;
  }
  await database.transaction(context, (tx) => finishRun(tx, provinceId, day, now));
  return { day, loans };
}

async function closeBatch(tx: Tx, provinceId: number, day: string, limit: number): Promise<number> {
  const after = (await lockRun(tx, provinceId, day)) ?? beforeAll;
  const wanted = { after, openedBy: day, limit };
  const { loans, last } = await closeLoansOf(tx, provinceId, day, wanted);
  if (last !== undefined) await moveRun(tx, provinceId, day, last);
  return loans;
}

async function closeLoansOf(tx: Tx, provinceId: number, day: string, wanted: LoansWanted) {
  const loans = [...(await findLoans(tx, provinceId, wanted)).values()];
  const ids = loans.map(({ planId }) => planId);
  await deleteCloses(tx, provinceId, day, ids);
  await insertCloses(
    tx,
    provinceId,
    day,
    loans.flatMap((loan) => closeOf(loan, day) ?? []),
  );
  return { loans: loans.length, last: ids.at(-1) };
}

/** Where a loan stood at the end of a day; undefined when nobody owed anything. */
export function closeOf(loan: ToldLoan, day: string): LoanClose | undefined {
  const events = loan.told.filter(({ event }) => event.on <= day).map(({ event }) => event);
  const position = positionOn(replay(loan.terms, events), day);
  const { principal, fee, due, overdue, daysPastDue, othersComing } = position;
  if (principal + fee + othersComing === 0n) return undefined;
  const { planId, bankId, agencyId } = loan;
  return { planId, bankId, agencyId, principal, fee, due, overdue, daysPastDue, othersComing };
}

/**
 * Closes anew, of the days already closed, the loans to which something was recorded since with an
 * earlier day; nobody has to know which days a late report touches.
 * @returns how many closes of loans were made anew
 */
export async function mendCloses(
  database: Database,
  provinceId: number,
  now: Date,
): Promise<number> {
  const context = provinceContext(provinceId);
  const stale = await database.transaction(context, (tx) => staleCloses(tx, provinceId));
  let mended = 0;
  for (const [day, planIds] of stale) {
    await database.transaction(context, async (tx) => {
      await lockRun(tx, provinceId, day);
      await closeLoansOf(tx, provinceId, day, { planIds });
      await finishRun(tx, provinceId, day, now);
      await sql`update close_runs set started_at = ${now}::timestamptz
        where province_id = ${provinceId} and closed_on = ${day}::date`.execute(tx);
    });
    mended += planIds.length;
  }
  return mended;
}

import { sql } from 'kysely';
import { type Reference, settingOn } from '../../accounts/index.ts';
import { addJalaliMonths, type IsoDate, monthKey } from '../../kit/jalali.ts';
import type { Database } from '../../platform/database.ts';
import { provinceContext } from '../../platform/policy.ts';

/**
 * The closed days that are folded: those before a day, but for the last closed day of each Jalali month.
 * @param closed days (ISO), in any order
 */
export function foldedDays(closed: readonly string[], before: string): string[] {
  const last = new Map<string, string>();
  for (const day of closed.toSorted()) last.set(monthKey(day as IsoDate), day);
  return closed
    .filter((day) => day < before && last.get(monthKey(day as IsoDate)) !== day)
    .toSorted();
}

/**
 * Folds a province's old closed days: where each loan stood on them goes, the sums of each bank stay as they
 * were known. The record gives any day again at any time (`closeDay`). One transaction for a day, so a run
 * that is killed is simply run again.
 * @returns the days that were folded
 */
export async function foldCloses(
  database: Database,
  reference: Reference,
  provinceId: number,
  today: string,
): Promise<string[]> {
  const months = Number(settingOn(reference, 'financing.closes_kept', provinceId, today));
  const before = addJalaliMonths(today as IsoDate, -months);
  const context = provinceContext(provinceId);
  const closed = await database.transaction(context, (tx) =>
    tx.selectFrom('close_runs').select('closed_on').where('province_id', '=', provinceId).execute(),
  );
  const days = foldedDays(
    closed.map(({ closed_on }) => String(closed_on)),
    before,
  );
  for (const day of days) {
    await database.transaction(context, async (tx) => {
      // The run goes with its loans: a late report mends days that are kept, and no half of a folded one.
      await sql`delete from close_runs
        where province_id = ${provinceId}::integer and closed_on = ${day}::date`.execute(tx);
      await sql`delete from loan_closes
        where province_id = ${provinceId}::integer and closed_on = ${day}::date`.execute(tx);
    });
  }
  return days;
}

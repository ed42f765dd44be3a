import { type Reference, referenceOf } from '../../accounts/index.ts';
import { addDays, isoToday } from '../../kit/jalali.ts';
import type { Database } from '../../platform/database.ts';
import type { JobHandlers } from '../../platform/jobs.ts';
import { recordedProvinces } from '../../platform/roots/index.ts';
import { type Closed, closeDay, mendCloses } from './close.ts';
import { foldCloses } from './fold-closes.ts';

/** What a close did in a province: the day, its loans, and closes of earlier days made anew. */
export type ProvinceClosed = Closed & { readonly province: number; readonly mended: number };

/**
 * Closes a day in every province that has a record, loans or not (the nation's figures are of closed days), and mends the closes of days to which something
 * was recorded late.
 */
export async function closeProvinces(
  database: Database,
  reference: Reference,
  day: string,
  now: Date,
): Promise<ProvinceClosed[]> {
  const closed: ProvinceClosed[] = [];
  for (const province of await recordedProvinces(database)) {
    if (!reference.provinces.has(province)) continue;
    const done = await closeDay(database, province, day, now);
    closed.push({ ...done, province, mended: await mendCloses(database, province, now) });
  }
  return closed;
}

/** The job that closes yesterday, by Tehran's calendar, and folds days that are old. */
export const closeJobs: JobHandlers = {
  'financing.closeDay': async (_payload, { database, clock }) => {
    const now = clock.now();
    const yesterday = addDays(isoToday(now.getTime(), clock.zone), -1);
    const reference = await referenceOf(database);
    for (const { province } of await closeProvinces(database, reference, yesterday, now)) {
      await foldCloses(database, reference, province, yesterday);
    }
  },
};

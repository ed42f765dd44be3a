import { randomUUID } from 'node:crypto';
import { countInProvinces } from '../../accounts/index.ts';
import { isoToday } from '../../kit/jalali.ts';
import type { JobHandlers, JobSurroundings } from '../../platform/jobs.ts';
import { closeRipe } from './purchases.ts';

/** The job that the clock starts: purchases whose last day has passed are closed. */
export const materialJobs: JobHandlers = {
  'market.watchPurchases': async (_payload, around) => {
    await watchPurchases(around);
  },
};

/** Closes what is ripe in every province; each closes once, so a round that was killed is simply run again. */
export async function watchPurchases({
  database,
  clock,
}: Pick<JobSurroundings, 'database' | 'clock'>): Promise<number> {
  const now = clock.now();
  const today = isoToday(now.getTime(), clock.zone);
  const nobody = { actorId: null, organisationId: null };
  return countInProvinces(database, (tx, provinceId) =>
    closeRipe(tx, { provinceId, ...nobody, opId: randomUUID(), now, today }),
  );
}

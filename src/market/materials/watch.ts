import { randomUUID } from 'node:crypto';
import { referenceOf } from '../../accounts/index.ts';
import { isoToday } from '../../kit/jalali.ts';
import type { JobHandlers, JobSurroundings } from '../../platform/jobs.ts';
import { provinceContext } from '../../platform/policy.ts';
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
  const reference = await referenceOf(database);
  const now = clock.now();
  const today = isoToday(now.getTime(), clock.zone);
  let closed = 0;
  for (const provinceId of reference.provinces.keys()) {
    const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
    const act = { provinceId, ...nobody, now, today };
    closed += await database.transaction(provinceContext(provinceId), (tx) => closeRipe(tx, act));
  }
  return closed;
}

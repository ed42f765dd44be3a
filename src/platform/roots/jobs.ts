import type { JobHandlers } from '../jobs.ts';
import type { SigningKey } from '../signing-key.ts';
import { makeDayRoots } from './make-root.ts';

/** The job that makes the root of the day that has ended in Tehran. */
export function rootJobs(key: SigningKey): JobHandlers {
  return {
    'platform.makeRoots': async (_payload, { database, clock }) => {
      await makeDayRoots(database, key, clock.now(), clock.zone);
    },
  };
}

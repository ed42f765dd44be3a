import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/platform/database.ts';

/** Waits until every job that was asked for is done. */
export async function untilIdle({ pools }: Database): Promise<void> {
  const waiting = 'select count(*)::integer as n from graphile_worker._private_jobs';
  while ((await pools.migrator.query(waiting)).rows[0].n > 0) await sleep(200);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/platform/database.ts';

/** Longer than a job whose hand-over was cut off may lie, and longer than one waits to be tried again. */
const patienceMs = 120_000;

const waiting = `select t.identifier, j.attempts, j.locked_by, j.locked_at, j.run_at, j.last_error
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  order by j.id`;

/** Waits until every job that was asked for is done. @throws Error naming what is left after two minutes */
export async function untilIdle({ pools }: Database): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await pools.migrator.query(waiting);
    if (rows.length === 0) return;
    if (performance.now() > until) {
      const some = JSON.stringify(rows.slice(0, 5));
      throw new Error(`${rows.length} jobs are left at ${new Date().toISOString()}: ${some}`);
    }
    await sleep(200);
  }
}

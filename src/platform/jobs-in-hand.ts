import type { WorkerEvents } from 'graphile-worker';
import type pg from 'pg';

/** How long a job may be locked by a worker that does not know of it. */
const graceMs = 30_000;

/** What the workers of a process have in hand. */
export type JobsInHand = {
  /** Gives back what the workers `own` have no use for, or only seem to have. @returns how many jobs they only seemed to have */
  readonly giveBack: (client: pg.Client, own: readonly string[]) => Promise<number>;
};

/**
 * A worker asks for jobs, the database locks them for it and dies before it answers: they stay locked by a
 * worker that lives and does not know of them, and the queue gives them up only after four hours. So what
 * each worker has in hand is noted here, and what it only seems to have is given back.
 *
 * So is what it fetched and has no use for, instead of by the queue's library (graphile-worker 0.18.0): where
 * that is told to stop and the database is away, it throws where nobody can catch it, and the process ends.
 * @param onReturned hears that there is something to give back
 */
export function noteJobs(events: WorkerEvents, onReturned: () => void): JobsInHand {
  /** Until when a job counts as in hand: for ever, and a while longer once it is done or returned. */
  const inHand = new Map<string, number>();
  const ended = (id: string) => inHand.set(id, Date.now() + graceMs);
  let returned: string[] = [];
  events.on('localQueue:getJobs:complete', ({ jobs }) => {
    for (const { id } of jobs) inHand.set(String(id), Number.POSITIVE_INFINITY);
  });
  events.on('localQueue:returnJobs', ({ jobs }) => {
    // What is taken out of the list is not the library's to return any more.
    const ids = jobs.splice(0).map(({ id }) => String(id));
    // Should it go wrong here, they are given back as lost ones in a while.
    for (const id of ids) ended(id);
    returned.push(...ids);
    onReturned();
  });
  events.on('job:complete', ({ job }) => ended(String(job.id)));
  return {
    async giveBack(client, own) {
      const unused = returned;
      returned = [];
      if (unused.length > 0) await client.query(giveBackSql, [unused, own]);
      const now = Date.now();
      for (const [id, until] of inHand) if (until < now) inHand.delete(id);
      const { rows } = await client.query(lockedSql, [own, graceMs / 1000]);
      const lost = rows.map(({ id }) => String(id)).filter((id) => !inHand.has(id));
      if (lost.length > 0) await client.query(giveBackSql, [lost, own]);
      return lost.length;
    },
  };
}

const lockedSql = `select id from graphile_worker._private_jobs
  where locked_by = any ($1) and locked_at < now() - make_interval(secs => $2)`;

/** As the queue's own library returns what it took too early. */
const giveBackSql = `update graphile_worker._private_jobs
  set attempts = greatest(0, attempts - 1), locked_by = null, locked_at = null
  where id = any ($1) and locked_by = any ($2)`;

import type { WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import type { Database } from './database.ts';
import { type JobsInHand, noteJobs } from './jobs-in-hand.ts';
import type { Log } from './telemetry.ts';

const sweepEveryMs = 10_000;
const patienceMs = 10_000;

/**
 * A worker killed with `kill -9` leaves its jobs locked, and the queue gives them up only after
 * four hours. Here every living worker holds an advisory lock named after its queue id, on a
 * connection that dies with it; jobs whose lock-holder is gone are set free within seconds.
 */
export function guardWorker(
  database: Database,
  events: WorkerEvents,
  log: Log,
): { stop(): Promise<void> } {
  const own = new Set<string>();
  let client: pg.Client | undefined;
  const sweep = async () => {
    try {
      client ??= await connect(database.url, (lost) => {
        if (client === lost) client = undefined;
      });
      await lookRound(client, [...own], inHand, log);
    } catch (error) {
      log.debug({ err: error }, 'jobs of dead workers could not be looked for; tried again soon');
      // A machine that vanished says no farewell either.
      void client?.end().catch(() => {});
      client = undefined;
    }
  };
  let last: Promise<void> = Promise.resolve();
  const queueSweep = () => {
    last = last.then(sweep);
  };
  const inHand = noteJobs(events, queueSweep);
  events.on('pool:create', ({ workerPool }) => {
    own.add(workerPool.id);
    queueSweep();
  });
  const timer = setInterval(queueSweep, sweepEveryMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await last;
      await client?.end().catch(() => {});
    },
  };
}

async function lookRound(client: pg.Client, own: readonly string[], inHand: JobsInHand, log: Log) {
  // Taking a lock again that this session holds only counts it up.
  for (const id of own) await client.query(lockSql, [id]);
  const freed = await freeOrphans(client, own);
  if (freed > 0) log.warn({ workers: freed }, 'jobs of dead workers were set free');
  const lost = await inHand.giveBack(client, own);
  if (lost > 0) log.warn({ jobs: lost }, 'jobs whose hand-over the database did not finish');
}

const lockKey = "hashtextextended('karkhaneh worker ' || $1, 0)";
const lockSql = `select pg_try_advisory_lock(${lockKey}) as ok`;
const unlockSql = `select pg_advisory_unlock(${lockKey})`;

async function connect(url: string, onLost: (client: pg.Client) => void): Promise<pg.Client> {
  const patience = { connectionTimeoutMillis: patienceMs, query_timeout: patienceMs };
  const named = { connectionString: url, application_name: 'karkhaneh worker' };
  const client = new pg.Client({ ...named, ...patience });
  client.on('error', () => onLost(client));
  client.on('end', () => onLost(client));
  await client.connect();
  return client;
}

/** A worker takes its lock a moment after its first jobs, hence the five seconds. */
async function freeOrphans(client: pg.Client, own: readonly string[]): Promise<number> {
  const { rows } = await client.query(
    `select distinct locked_by as id from graphile_worker._private_jobs
     where locked_by <> all ($1) and locked_at < now() - interval '5 seconds'`,
    [own],
  );
  const dead: string[] = [];
  for (const { id } of rows as { id: string }[]) {
    // Whoever can take the lock proves that its holder is gone.
    const taken = await client.query(lockSql, [id]);
    if ((taken.rows[0] as { ok: boolean }).ok) dead.push(id);
  }
  if (dead.length === 0) return 0;
  await client.query('select graphile_worker.force_unlock_workers($1)', [dead]);
  for (const id of dead) await client.query(unlockSql, [id]);
  return dead.length;
}

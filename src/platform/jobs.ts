import { EventEmitter, once } from 'node:events';
import {
  type JobHelpers,
  parseCronItems,
  run,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Static, TSchema } from 'typebox';
import Value from 'typebox/value';
import type { Clock } from './clock.ts';
import { type Database, openWorkerPool, type Tx } from './database.ts';
import { jobLogger } from './job-logger.ts';
import { guardWorker } from './job-orphans.ts';
import { keepRunning, onceItFetches, type Run, runOf } from './lasting-worker.ts';
import type { Log, Metrics } from './telemetry.ts';

/** What a job is given besides its payload. */
export interface JobSurroundings {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Background work. It may run more than once (a worker can die after the work and before the mark),
 * so it must find out by itself what is already done.
 */
export type JobHandler = (payload: unknown, around: JobSurroundings) => Promise<void>;

/** Handlers by name, `slice.verb`. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** A handler whose payload is checked against its schema before it runs. */
export function jobHandler<S extends TSchema>(
  schema: S,
  handle: (payload: Static<S>, around: JobSurroundings) => Promise<void>,
): JobHandler {
  return async (payload, around) => handle(Value.Parse(schema, payload) as Static<S>, around);
}

/** When and how often a job is run. */
export interface JobOptions {
  /** While a job with this key waits, another with the same key replaces it. */
  readonly key?: string;
  /** Not before this instant; at once when absent. */
  readonly runAt?: Date;
}

/** Adds a job in the caller's transaction: it runs if, and only after, that commits. */
export async function enqueue(
  tx: Tx,
  name: string,
  payload: object,
  options: JobOptions = {},
): Promise<void> {
  const { key = null, runAt = null } = options;
  await sql`select enqueue_job(${name}, ${JSON.stringify(payload)}::json, ${runAt}, ${key})`.execute(
    tx,
  );
}

/** Adds many jobs in one statement. */
export async function enqueueMany(
  tx: Tx,
  jobs: readonly ({ readonly name: string; readonly payload: object } & JobOptions)[],
): Promise<void> {
  if (jobs.length > 0) await sql`select enqueue_jobs(${JSON.stringify(jobs)}::json)`.execute(tx);
}

/** A job that the clock starts: five cron fields in UTC. */
export interface ScheduledJob {
  readonly name: string;
  readonly cron: string;
}

export interface WorkerOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Jobs at the same time; 4 when absent. */
  readonly concurrency?: number;
  readonly schedule?: readonly ScheduledJob[];
  readonly metrics?: Pick<Metrics, 'job'>;
}

/** A running worker. */
export interface Worker {
  /** Takes no more jobs, waits for those at work, and leaves the rest to others. */
  stop(): Promise<void>;
}

/** Starts working on jobs; the queue's tables are the owner's, the handlers' transactions the app's. */
export function startWorker(
  database: Database,
  handlers: JobHandlers,
  options: WorkerOptions,
): Promise<Worker> {
  return keepRunning(() => openRun(database, handlers, options), options.log);
}

async function openRun(
  database: Database,
  handlers: JobHandlers,
  options: WorkerOptions,
): Promise<Run> {
  const { concurrency = 4, schedule = [], log } = options;
  const events: WorkerEvents = new EventEmitter();
  const fetched = once(events, 'localQueue:getJobs:complete');
  const guard = guardWorker(database, events, log);
  const pgPool: pg.Pool = openWorkerPool(database.url, concurrency + 2, (err) => {
    // The last process out stops the embedded server under connections that are just being closed.
    if (!pgPool.ending) log.warn({ err }, 'a connection of the worker broke');
  });
  const close = () => guard.stop().finally(() => pgPool.end());
  const starting = run({
    pgPool,
    concurrency,
    noHandleSignals: true,
    events,
    logger: jobLogger(log),
    taskList: taskList(handlers, database, options),
    parsedCronItems: parseCronItems(
      schedule.map(({ name, cron }) => ({ task: name, match: cron, identifier: name })),
    ),
    preset: {
      worker: {
        localQueue: { size: concurrency * 4, ttl: 5_000, refetchDelay: { durationMs: 20 } },
        completeJobBatchDelay: 5,
        failJobBatchDelay: 5,
        pollInterval: 2_000,
      },
    },
  });
  const runner = await starting.catch(async (error) => {
    await close();
    throw error;
  });
  return onceItFetches(runOf(runner, events, close, log), fetched);
}

function taskList(handlers: JobHandlers, database: Database, options: WorkerOptions): TaskList {
  const { clock, log, metrics } = options;
  const task = (name: string, handle: JobHandler) => async (payload: unknown, job: JobHelpers) => {
    const around = { database, clock, log: log.child({ job: name, jobId: String(job.job.id) }) };
    const started = performance.now();
    let outcome: 'done' | 'failed' = 'failed';
    try {
      await handle(payload, around);
      outcome = 'done';
    } catch (error) {
      around.log.error({ err: error, attempt: job.job.attempts }, 'job failed');
      throw error; // the queue tries again, later each time
    } finally {
      metrics?.job(name, outcome, (performance.now() - started) / 1000);
    }
  };
  const entries = Object.entries(handlers).map(([name, handle]) => [name, task(name, handle)]);
  return Object.fromEntries(entries) as TaskList;
}

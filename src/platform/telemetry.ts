import { randomUUID } from 'node:crypto';
import pino from 'pino';
import prom from 'prom-client';
import type { LogLevel } from './config.ts';
import type { Database } from './database.ts';

/** The process's log: one JSON object a line. */
export type Log = pino.Logger;

/** What is never written to a log, wherever it stands in a request. */
const secrets = [
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  '*.password',
  '*.nationalId',
  '*.mobile',
];

/** An error without the connection that PostgreSQL's carries: pages of its inner state, its secret among it. */
export function errorToLog(error: Error): object {
  const { client: _, ...told } = pino.stdSerializers.err(error) as { client?: unknown };
  return told;
}

/** Opens the log on stderr, so that a command's stdout holds its answer alone. */
export function openLog(level: LogLevel): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secrets, censor: '…' },
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorToLog },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}

/** A log that writes nothing, for tests. */
export const silentLog: Log = pino({ level: 'silent' });

/** The id of a request: the proxy's `X-Request-Id` when it is a decent one, else our own. */
export function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[A-Za-z0-9_.:-]{8,100}$/.test(header)
    ? header
    : randomUUID();
}

/** What `/metrics` shows, in Prometheus's text format. */
export interface Metrics {
  /** The page and its content type. */
  page(): Promise<{ contentType: string; text: string }>;
  /** One answered request; `route` is the pattern, never the path, which holds case codes. */
  request(method: string, route: string, status: number, seconds: number): void;
  /** One finished job. */
  job(name: string, outcome: 'done' | 'failed', seconds: number): void;
  /** A broken idle connection that a pool threw away. */
  poolError(pool: string): void;
}

/** Opens a registry of its own, so that two servers in one process do not add up. */
export function openMetrics(database: Pick<Database, 'pools'>): Metrics {
  const register = new prom.Registry();
  prom.collectDefaultMetrics({ register });
  watchPools(register, database);
  const requests = new prom.Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer an HTTP request.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  });
  const jobs = new prom.Histogram({
    name: 'job_duration_seconds',
    help: 'Time to run a background job.',
    labelNames: ['job', 'outcome'],
    buckets: [0.005, 0.05, 0.25, 1, 5, 30, 120, 600],
    registers: [register],
  });
  const poolErrors = new prom.Counter({
    name: 'db_pool_errors_total',
    help: 'Idle database connections that broke.',
    labelNames: ['pool'],
    registers: [register],
  });
  return {
    page: async () => ({ contentType: register.contentType, text: await register.metrics() }),
    request: (method, route, status, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    job: (job, outcome, seconds) => jobs.observe({ job, outcome }, seconds),
    poolError: (pool) => poolErrors.inc({ pool }),
  };
}

function watchPools(register: prom.Registry, { pools }: Pick<Database, 'pools'>): void {
  const gauge = new prom.Gauge({
    name: 'db_pool_connections',
    help: 'Database connections of each pool, and callers that wait for one.',
    labelNames: ['pool', 'state'],
    registers: [register],
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
        gauge.set({ pool, state: 'busy' }, totalCount - idleCount);
        gauge.set({ pool, state: 'idle' }, idleCount);
        gauge.set({ pool, state: 'waiting' }, waitingCount);
      }
    },
  });
}

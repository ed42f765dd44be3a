import { randomInt } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../kit/problem.ts';
import type { Database } from './database.ts';

/** How much a server has on its hands. */
export type Load = {
  /** Requests that wait for their answer. */
  readonly inFlight: number;
  /** Acts and reads that wait for a connection to the database. */
  readonly waiting: number;
  /** Reports that wait for one of theirs. */
  readonly reportsWaiting: number;
  /** By how much the event loop is late, and stays late; milliseconds. */
  readonly lagMs: number;
};

/** At what load a server begins to refuse. */
export type LoadLimits = Load;

/**
 * Above 256 connections that never pause, which the server bears (docs/decisions/0060-overload.md): who waits
 * behind four hundred others waits for seconds, and an answer now that says when to come back is worth more.
 */
export const usualLimits: LoadLimits = {
  inFlight: 400,
  waiting: 320,
  reportsWaiting: 24,
  lagMs: 500,
};

/** Whether one more request is too many; of reports, which are refused alone, also when only they are. */
export function isOverloaded(load: Load, limits: LoadLimits, isReport: boolean): boolean {
  return (
    load.inFlight > limits.inFlight ||
    load.waiting > limits.waiting ||
    load.lagMs > limits.lagMs ||
    (isReport && load.reportsWaiting > limits.reportsWaiting)
  );
}

/** Seconds after which to come again, spread out so that those who were refused do not return together. */
export function secondsToComeBack(): number {
  return randomInt(2, 8);
}

/** Whoever watches must see most when there is most to do; and to leave must always be possible. */
function isAlwaysLetIn({ method, url }: FastifyRequest): boolean {
  if (method === 'DELETE') return url === '/api/session';
  return /^\/(?:healthz|readyz|metrics)(?:\?|$)/.test(url);
}

/** Refuses with `platform.busy` (503) what comes while there is too much to do, before anything is done for it. */
export function refuseOverload(
  app: FastifyInstance,
  pools: Database['pools'],
  limits: LoadLimits,
  lagMs: () => number = watchLag(app),
): void {
  const open = new Set<FastifyRequest>();
  const load = (): Load => ({
    inFlight: open.size,
    waiting: pools.casework.waitingCount,
    reportsWaiting: pools.reports.waitingCount,
    lagMs: lagMs(),
  });
  app.addHook('onRequest', async (request, reply) => {
    open.add(request);
    const end = () => void open.delete(request);
    reply.raw.once('finish', end);
    reply.raw.once('close', end);
    if (isAlwaysLetIn(request)) return;
    const { pool } = request.routeOptions.config as { pool?: string };
    if (isOverloaded(load(), limits, pool === 'reports')) throw new Problem('platform.busy');
  });
}

const lookEveryMs = 250;

const looks = 4;

/**
 * How late the event loop is, and has been for a while: the least of its last four quarters of a second, each by
 * the middle of what was measured. One long piece of work, which is over by then, counts against nobody.
 */
function watchLag(app: FastifyInstance): () => number {
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  const last = Array<number>(looks).fill(0);
  const timer = setInterval(() => {
    last.shift();
    last.push(histogram.count > 0 ? histogram.percentile(50) / 1e6 : 0);
    histogram.reset();
  }, lookEveryMs);
  timer.unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    histogram.disable();
  });
  return () => Math.min(...last);
}

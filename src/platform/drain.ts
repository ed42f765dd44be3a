import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const draining = new WeakSet<FastifyInstance>();

/** Whether a server is on its way out: it answers what comes, and asks to be sent nothing more. */
export function isDraining(app: FastifyInstance): boolean {
  return draining.has(app);
}

/** Longest time that a request may take to end, once the server has stopped listening; milliseconds. */
const patienceMs = 90_000;

/**
 * Ends a server without failing anybody: `/readyz` says no and every answer closes its connection, for so long
 * that whoever spreads the requests has noticed; then it stops listening, and what is being done is done.
 */
export async function drain(app: FastifyInstance, noticeMs: number): Promise<void> {
  draining.add(app);
  if (noticeMs > 0) await sleep(noticeMs);
  const last = setTimeout(() => app.server.closeAllConnections(), patienceMs);
  last.unref();
  await app.close();
  clearTimeout(last);
}

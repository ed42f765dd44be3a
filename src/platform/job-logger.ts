import { Logger } from 'graphile-worker';
import type { Log } from './telemetry.ts';

/** For runs whose log nobody reads: migrations, and tests. */
export const quietJobLogger = new Logger(() => () => {});

/** Sends the queue's own messages to the process's log, one level lower than it thinks of them. */
export function jobLogger(log: Log): Logger {
  return new Logger((scope) => (level, message, meta) => {
    const target = level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug';
    const failure = (meta as { error?: unknown } | undefined)?.error;
    log[target]({ queue: scope.label, ...(failure ? { err: failure } : {}) }, message);
  });
}

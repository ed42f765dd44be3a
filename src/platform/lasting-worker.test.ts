import { EventEmitter } from 'node:events';
import type { Runner, WorkerEvents } from 'graphile-worker';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepRunning, onceItFetches, type Run, runOf } from './lasting-worker.ts';
import { silentLog } from './telemetry.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A runner that never ends by itself, as one does whose workers went while the database was away. */
function startRunner() {
  const events: WorkerEvents = new EventEmitter();
  const seen = { stopped: 0, closed: 0 };
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  const stop = async () => {
    seen.stopped += 1;
    events.emit('pool:gracefulShutdown', {} as never);
    end();
  };
  const close = async () => {
    seen.closed += 1;
  };
  const run: Run = runOf({ promise, stop } as unknown as Runner, events, close, silentLog);
  return { events, seen, run };
}

test.each(['stop', 'pool:gracefulShutdown', 'pool:forcefulShutdown'] as const)(
  'a runner that says «%s» of itself is ended, and another takes its place',
  async (sign) => {
    const runners = [startRunner(), startRunner()];
    const [first, second] = runners as [(typeof runners)[0], (typeof runners)[0]];
    const waiting = [first.run, second.run];
    const kept = await keepRunning(async () => waiting.shift() as Run, silentLog);
    first.events.emit(sign, {} as never);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(first.seen).toEqual({ stopped: 1, closed: 1 });
    expect(waiting).toEqual([]);
    expect(second.seen).toEqual({ stopped: 0, closed: 0 });
    await kept.stop();
    expect(second.seen.closed).toBe(1);
  },
);

test('a runner that is told to stop has no other take its place', async () => {
  const { run, seen } = startRunner();
  const open = vi.fn(async () => run);
  const kept = await keepRunning(open, silentLog);
  await kept.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(open).toHaveBeenCalledOnce();
  expect(seen.closed).toBe(1);
});

test('a runner that never gets to fetch jobs is ended after ten seconds', async () => {
  const { run, seen } = startRunner();
  const never = new Promise(() => {});
  const asked = expect(onceItFetches(run, never)).rejects.toThrow('no answer');
  await vi.advanceTimersByTimeAsync(20_000);
  await asked;
  expect(seen).toEqual({ stopped: 2, closed: 1 });
});

test('a runner that fetches, or has ended by itself meanwhile, is kept as it is', async () => {
  const never = new Promise(() => {});
  const [fetching, ended] = [startRunner(), startRunner()];
  expect(await onceItFetches(fetching.run, Promise.resolve([]))).toBe(fetching.run);
  expect(fetching.seen.stopped).toBe(0);
  ended.events.emit('stop', {} as never);
  const asked = onceItFetches(ended.run, never);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await asked).toBe(ended.run);
});

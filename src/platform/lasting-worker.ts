import { setTimeout as sleep } from 'node:timers/promises';
import type { Runner, WorkerEvents } from 'graphile-worker';
import type { Log } from './telemetry.ts';

/** A runner of the queue's library, which may end by itself. */
export type Run = {
  /** It has ended, whoever ended it; never rejects. */
  readonly ended: Promise<void>;
  /** Ends it, behind the jobs at work. */
  readonly stop: () => Promise<void>;
};

const tryAgainMs = 1000;
/** How long a runner may take over its first word to the database, or its farewell to one that is not there. */
const farewellMs = 10_000;

/** A runner that gives up says that it stops, or only that its workers go: then it goes on without any. */
const signsOfEnd = ['stop', 'pool:gracefulShutdown', 'pool:forcefulShutdown'] as const;

/** What there is to know and do about a runner that was started; `close` follows its end. */
export function runOf(
  runner: Runner,
  events: WorkerEvents,
  close: () => Promise<void>,
  log: Log,
): Run {
  let told = false;
  const finished = runner.promise.catch((error) => log.warn({ err: error }, 'the worker failed'));
  const gaveUp = new Promise<void>((resolve) => {
    const leave = () => {
      if (!told) setTimeout(resolve, farewellMs).unref();
    };
    for (const sign of signsOfEnd) events.once(sign, leave);
  });
  const ended = Promise.race([finished, gaveUp]).then(async () => {
    // Where only its workers went, its clock would go on asking for jobs beside that of the next.
    void runner.stop().catch(() => {});
    // What a runner that gave up still holds may never be given back.
    await Promise.race([close(), sleep(farewellMs, undefined, { ref: false })]);
  });
  return {
    ended,
    async stop() {
      told = true;
      // It says so where it has stopped already, which is what is wanted.
      await runner.stop().catch(() => {});
      await ended;
    },
  };
}

/**
 * A runner that was just started, once it has `fetched` jobs for the first time, or found that there are none. The
 * queue's library (graphile-worker 0.18.0) keeps the answer to its first question for ever, also where that is a
 * connection that broke: such a runner never fetches any, and says nothing but that.
 * @throws Error where it has not in ten seconds; it is ended then
 */
export async function onceItFetches(run: Run, fetched: Promise<unknown>): Promise<Run> {
  const late = new Promise((resolve) => void setTimeout(resolve, farewellMs, 'late').unref());
  if ((await Promise.race([fetched, run.ended, late])) !== 'late') return run;
  await Promise.race([run.stop(), sleep(farewellMs, undefined, { ref: false })]);
  throw new Error('The worker got no answer to what it asked first.');
}

/**
 * Keeps a runner running. The library gives up for good where it cannot write down that a job is done, as in
 * the seconds without a leader; then another one is started, as soon as the database is there.
 */
export async function keepRunning(
  open: () => Promise<Run>,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const over = new AbortController();
  let current = await open();
  const lasting = async () => {
    for (;;) {
      await current.ended;
      if (over.signal.aborted) return;
      log.warn('the worker ended by itself; another takes its place');
      const next = await openAgain(open, over.signal);
      if (!next) return;
      current = next;
    }
  };
  const lasted = lasting();
  return {
    async stop() {
      over.abort();
      await current.stop();
      await lasted;
    },
  };
}

async function openAgain(open: () => Promise<Run>, over: AbortSignal): Promise<Run | undefined> {
  while (!over.aborted) {
    const run = await open().catch(() => undefined);
    if (run && !over.aborted) return run;
    await run?.stop();
    await sleep(tryAgainMs, undefined, { signal: over }).catch(() => {});
  }
  return undefined;
}

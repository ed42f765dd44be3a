import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import Type from 'typebox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onServer, type TestDatabase, testDatabase } from '../../test/database.ts';
import { fixedClock, systemClock } from './clock.ts';
import type { Context } from './database.ts';
import { guardWorker } from './job-orphans.ts';
import { enqueue, enqueueMany, type JobHandlers, jobHandler, startWorker } from './jobs.ts';
import { outboxSms, sendSms, smsJobs } from './sms.ts';
import { silentLog } from './telemetry.ts';

const context: Context = { province: 4, organisation: '', person: '' };
let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());

function work(handlers: JobHandlers, metrics?: { job: (name: string, outcome: string) => void }) {
  return startWorker(database, handlers, {
    clock: systemClock,
    log: silentLog,
    ...(metrics ? { metrics } : {}),
  });
}

/** Resolves when `n` payloads have come in. */
function collector(n: number) {
  const seen: unknown[] = [];
  let finish = (_: unknown[]) => {};
  const complete = new Promise<unknown[]>((resolve) => {
    finish = resolve;
  });
  const handle = async (payload: unknown) => {
    seen.push(payload);
    if (seen.length === n) finish(seen);
  };
  return { seen, handle, complete };
}

async function waitingJobs(): Promise<number> {
  const { rows } = await database.pools.migrator.query(
    'select count(*) as n from graphile_worker._private_jobs',
  );
  return Number(rows[0].n);
}

describe('enqueue', () => {
  test('runs after the commit, once', async () => {
    const { handle, complete } = collector(1);
    const worker = await work({ 'test.note': handle });
    await database.transaction(context, (tx) => enqueue(tx, 'test.note', { n: 1 }));
    expect(await complete).toEqual([{ n: 1 }]);
    await worker.stop();
    expect(await waitingJobs()).toBe(0);
  });

  test('goes with the transaction when that is rolled back', async () => {
    const failing = database.transaction(context, async (tx) => {
      await enqueue(tx, 'test.note', {});
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await waitingJobs()).toBe(0);
  });

  test('the same key replaces the job that waits', async () => {
    const later = new Date(Date.now() + 3_600_000);
    for (const n of [1, 2, 3]) {
      await database.transaction(context, (tx) =>
        enqueue(tx, 'test.note', { n }, { key: 'one', runAt: later }),
      );
    }
    expect(await waitingJobs()).toBe(1);
  });

  test('many in one statement', async () => {
    const { handle, complete } = collector(500);
    const jobs = Array.from({ length: 500 }, (_, n) => ({ name: 'test.note', payload: { n } }));
    await database.transaction(context, (tx) => enqueueMany(tx, jobs));
    const worker = await work({ 'test.note': handle });
    const seen = (await complete) as { n: number }[];
    expect(new Set(seen.map(({ n }) => n)).size).toBe(500);
    await worker.stop();
  });
});

test('a payload of another shape never reaches the handler, and the failure is counted', async () => {
  let failed = (_: string) => {};
  const outcome = new Promise<string>((resolve) => {
    failed = resolve;
  });
  const { seen, handle } = collector(1);
  const handler = jobHandler(Type.Object({ n: Type.Integer() }), handle);
  const worker = await work({ 'test.note': handler }, { job: (_, result) => failed(result) });
  await database.transaction(context, (tx) => enqueue(tx, 'test.note', { n: 'x' }));
  expect(await outcome).toBe('failed');
  expect(seen).toEqual([]);
  await worker.stop();
});

test('stopping waits for the job at work', async () => {
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let finished = false;
  const worker = await work({
    'test.slow': async () => {
      begun();
      await new Promise((resolve) => setTimeout(resolve, 300));
      finished = true;
    },
  });
  await database.transaction(context, (tx) => enqueue(tx, 'test.slow', {}));
  await beginning;
  await worker.stop();
  expect(finished).toBe(true);
  expect(await waitingJobs()).toBe(0);
});

test('jobs that a killed worker held are set free', async () => {
  await database.transaction(context, (tx) => enqueue(tx, 'test.note', { n: 1 }));
  // What kill -9 leaves behind: a lock by a worker that no living session vouches for.
  await database.pools.migrator.query(
    "update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - interval '1 min'",
  );
  const { handle, complete } = collector(1);
  const worker = await work({ 'test.note': handle });
  expect(await complete).toEqual([{ n: 1 }]);
  await worker.stop();
});

test('a worker that the database left while it had a job in hand goes on when it is back', async () => {
  const name = /\/(\w+)\?/.exec(database.url)?.[1];
  const [first, second] = [collector(1), collector(2)];
  const away = async () => {
    await onServer(async (server) => {
      await server.query(`alter database ${name} allow_connections false`);
      await server.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
    });
  };
  const worker = await work({
    'test.leave': async (payload) => {
      if (first.seen.length === 0) await away();
      await first.handle(payload);
    },
    'test.note': second.handle,
  });
  await database.transaction(context, (tx) => enqueue(tx, 'test.leave', {}));
  await first.complete;
  // Long enough for it to find that it cannot say so.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await onServer((server) => server.query(`alter database ${name} allow_connections true`));
  for (const n of [1, 2]) {
    await database.transaction(context, (tx) => enqueue(tx, 'test.note', { n }));
  }
  expect(await second.complete).toHaveLength(2);
  await worker.stop();
});

test('a job that was locked for a living worker and never reached it is given back; what it has in hand is not', async () => {
  for (const n of [1, 2]) {
    await database.transaction(context, (tx) => enqueue(tx, 'test.note', { n }));
  }
  // What a database leaves that died behind its commit and before its answer.
  const { rows } = await database.pools.migrator.query(
    `update graphile_worker._private_jobs set locked_by = 'here', attempts = 1,
       locked_at = now() - interval '1 min' returning id`,
  );
  const [taken, done] = rows.map(({ id }) => ({ id: String(id) }));
  const held = () =>
    database.pools.migrator
      .query('select locked_by, attempts from graphile_worker._private_jobs order by id')
      .then((answer) => answer.rows);
  const look = async (jobs: readonly unknown[]) => {
    const events: WorkerEvents = new EventEmitter();
    const guard = guardWorker(database, events, silentLog);
    events.emit('localQueue:getJobs:complete', { jobs } as never);
    events.emit('job:complete', { job: done } as never);
    events.emit('pool:create', { workerPool: { id: 'here' } } as never);
    await guard.stop();
  };
  await look([taken]);
  const both = { locked_by: 'here', attempts: 1 };
  expect(await held()).toEqual([both, both]);
  await look([]);
  expect(await held()).toEqual([{ locked_by: null, attempts: 0 }, both]);
});

test('a living worker keeps the jobs it holds', async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { seen, handle } = collector(1);
  const holder = await work({
    'test.hold': async (payload) => {
      await handle(payload);
      await held;
    },
  });
  await database.transaction(context, (tx) => enqueue(tx, 'test.hold', { n: 1 }));
  while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await database.pools.migrator.query(
    "update graphile_worker._private_jobs set locked_at = now() - interval '1 min'",
  );
  const second = await work({ 'test.hold': handle });
  await second.stop(); // its first look for orphans is over
  const { rows } = await database.pools.migrator.query(
    'select locked_by is not null as held from graphile_worker._private_jobs',
  );
  expect(rows).toEqual([{ held: true }]);
  letGo();
  await holder.stop();
});

describe('SMS', () => {
  const message = { provinceId: 4, mobile: '09141234567', text: '123456', now: new Date() };
  const stored = () =>
    database.transaction(context, (tx) =>
      tx.selectFrom('sms_outbox').select(['mobile', 'text', 'sent_at']).execute(),
    );

  test('stays readable in the demonstration', async () => {
    const clock = fixedClock('2021-04-04T00:00:00Z');
    const worker = await startWorker(database, smsJobs(outboxSms), { clock, log: silentLog });
    await database.transaction(context, (tx) => sendSms(tx, message));
    while ((await stored())[0]?.sent_at === null) await new Promise((go) => setTimeout(go, 5));
    expect(await stored()).toEqual([
      { mobile: '09141234567', text: '123456', sent_at: clock.now() },
    ]);
    await worker.stop();
  });

  test('is blanked once a gateway has taken it, and tried again until then', async () => {
    const taken: string[] = [];
    let refusals = 1;
    const deliver = async ({ text }: { text: string }) => {
      if (refusals-- > 0) throw new Error('busy');
      taken.push(text);
    };
    const sms = { keepsText: false, deliver };
    await database.transaction(context, (tx) => sendSms(tx, message));
    const around = { database, clock: systemClock, log: silentLog };
    const [row] = await database.transaction(context, (tx) =>
      tx.selectFrom('sms_outbox').select('id').execute(),
    );
    const payload = { provinceId: 4, id: row?.id };
    const send = smsJobs(sms)['platform.deliverSms'];
    await expect(send?.(payload, around)).rejects.toThrow('busy');
    await send?.(payload, around);
    await send?.(payload, around);
    expect(taken).toEqual(['123456']);
    expect((await stored())[0]?.text).toBeNull();
  });
});

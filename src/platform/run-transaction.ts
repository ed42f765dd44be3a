import type pg from 'pg';
import type { Context, Retry } from './context.ts';
import { isConnectionLost, isRolledBackForCertain } from './database-errors.ts';
import type { MarkBook, SentMark } from './marks/book.ts';
import { WriteTrail } from './marks/trail.ts';
import { trailWith } from './step-seals.ts';
import { bindTransaction, type Tx } from './transaction.ts';

const retryDelaysMs = [20, 60, 200, 600, 1500, 3000, 5000];

/** As whom a transaction looks, and where it is written down that it wrote. */
type Manner = {
  readonly context?: Context;
  readonly marking: { readonly book: MarkBook; readonly province: number } | undefined;
};

/** Runs work in a transaction that begins with `begin`, again where its {@link Retry} says so. */
export async function runRetried<T>(
  pool: pg.Pool,
  begin: string,
  work: (tx: Tx) => Promise<T>,
  manner: Manner,
): Promise<T> {
  const retry = manner.context?.retry ?? 'rolled_back';
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await runOnce(pool, begin, work, manner);
    if (outcome.ok) return outcome.value;
    const delay = retryDelaysMs[attempt];
    if (delay === undefined || !mayRetry(outcome, retry)) throw outcome.error;
    // Spread out, so that two transactions that collided do not collide again.
    await new Promise((resolve) => setTimeout(resolve, delay * (0.5 + Math.random())));
  }
}

type Stage = 'begin' | 'work' | 'commit';
type Failure = { readonly ok: false; readonly error: unknown; readonly stage: Stage };
type Outcome<T> = { readonly ok: true; readonly value: T } | Failure;

function mayRetry({ error, stage }: Failure, retry: Retry): boolean {
  if (retry === 'not_even_begun') return false;
  if (isRolledBackForCertain(error)) return retry !== 'never' || stage === 'begin';
  if (!isConnectionLost(error)) return false;
  if (stage === 'begin') return true;
  return stage === 'work' ? retry !== 'never' : retry === 'idempotent';
}

async function runOnce<T>(
  pool: pg.Pool,
  begin: string,
  work: (tx: Tx) => Promise<T>,
  manner: Manner,
): Promise<Outcome<T>> {
  let stage: Stage = 'begin';
  let begun: Promise<unknown> | undefined;
  let client: pg.PoolClient | undefined;
  let broken = false;
  const trail = manner.marking && new WriteTrail();
  let mark: SentMark | undefined;
  try {
    client = await pool.connect();
    begun = beginOn(client, begin, () => {
      if (stage === 'begin') stage = 'work';
    });
    if (!client.pipeline || manner.context?.retry === 'never') await begun;
    const done = await runWork(client, work, manner, trail);
    mark = done.mark;
    await begun;
    stage = 'commit';
    const { command } = await client.query('COMMIT');
    if (command === 'ROLLBACK') {
      stage = 'work';
      throw await done.causeOf();
    }
    await mark?.settle(true);
    return { ok: true, value: done.value };
  } catch (thrown) {
    // What the work stumbles over behind a BEGIN that failed is not the cause.
    const error = (await failureOf(begun)) ?? thrown;
    await mark?.settle(false);
    const undo = trail && trail.tables.length > 0 ? rollbackCounted : 'ROLLBACK';
    broken = isConnectionLost(error) || stage === 'commit' || !(await rollback(client, undo));
    return { ok: false, error, stage };
  } finally {
    client?.release(broken);
  }
}

/** Sends BEGIN; the work's first statements go along, and where it fails, so do they. */
function beginOn(client: pg.PoolClient, begin: string, onBegun: () => void): Promise<unknown> {
  const begun = client.query(begin).then(onBegun);
  // Whoever runs the work hears of it behind the work.
  begun.catch(() => {});
  return begun;
}

/** What a promise that failed failed with. */
async function failureOf(promise: Promise<unknown> | undefined): Promise<unknown> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return error;
  }
}

type Work<T> = {
  readonly value: T;
  readonly mark: SentMark | undefined;
  readonly causeOf: () => Promise<unknown>;
};

async function runWork<T>(
  client: pg.PoolClient,
  work: (tx: Tx) => Promise<T>,
  { context, marking }: Manner,
  trail: WriteTrail | undefined,
): Promise<Work<T>> {
  const { tx, sent, causeOf, end } = bindTransaction(client, context, trail);
  try {
    if (trail) trailWith(tx, trail);
    const value = await work(tx);
    const mark = trail && (await marking?.book.send(tx, trail, marking.province));
    await sent();
    return { value, mark, causeOf };
  } catch (error) {
    throw await causeOf(error);
  } finally {
    end();
  }
}

/** What a transaction counted that came to nothing is not for the next one on its connection to tell. */
const rollbackCounted = 'ROLLBACK; SELECT pg_stat_force_next_flush()';

async function rollback(client: pg.PoolClient | undefined, undo: string): Promise<boolean> {
  if (!client) return true;
  return client.query(undo).then(
    () => true,
    () => false,
  );
}

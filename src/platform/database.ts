import pg from 'pg';
import type { Config } from './config.ts';
import { isConnectionLost, isRolledBackForCertain } from './database-errors.ts';
import { parsers } from './database-types.ts';
import { openEmbedded } from './embedded-postgres.ts';
import { MarkBook, type SentMark } from './marks/book.ts';
import { ofNoProvince } from './marks/mark.ts';
import { WriteTrail } from './marks/trail.ts';
import { type StepSealer, sealWith, trailWith } from './step-seals.ts';
import { beginSql, bindTransaction, type Context, type Retry, type Tx } from './transaction.ts';

export type { DB } from './tables.generated.ts';
export { type Context, clientOf, type Retry, sendWithCommit, type Tx } from './transaction.ts';

/** One PostgreSQL, reached through pools that cannot starve each other. */
export interface Database {
  /** The owner's connection URL; for an embedded database it holds its password. */
  readonly url: string;
  /**
   * Runs `work` in one transaction under `context`, as the role whose policies fit it, and commits.
   * `work` may run more than once (see {@link Retry}): it must touch nothing outside `tx`.
   * Throws what `work` throws, after a rollback.
   */
  transaction<T>(context: Context, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * The same as the owner of the tables, not limited by row security: migrations and upkeep.
   * @param province whose rows it adds or takes away, where it does
   */
  migratorTransaction<T>(work: (tx: Tx) => Promise<T>, province?: number): Promise<T>;
  /** The pools themselves, for metrics, jobs and migrations: no row security without a context. */
  readonly pools: { readonly [name in PoolName]: pg.Pool };
  /** Closes all pools; the last process on an embedded database stops its server. */
  close(): Promise<void>;
}

export type PoolName = NonNullable<Context['pool']> | 'migrator';

/** Connections and time limits of the pools. */
export interface DatabaseOptions {
  readonly casework?: PoolLimits;
  readonly reports?: PoolLimits;
  readonly long?: PoolLimits;
  readonly migrator?: PoolLimits;
  /** Seals the steps that are recorded through this door; without it they are not sealed. */
  readonly sealer?: StepSealer | undefined;
  /** Told when an idle connection breaks; the pool replaces it by itself. */
  readonly onError?: (error: Error, pool: PoolName) => void;
}

export interface PoolLimits {
  readonly max: number;
  readonly statementTimeoutMs: number;
}

const limits: Record<PoolName, PoolLimits> = {
  casework: { max: 16, statementTimeoutMs: 15_000 },
  reports: { max: 4, statementTimeoutMs: 60_000 },
  long: { max: 3, statementTimeoutMs: 0 },
  migrator: { max: 6, statementTimeoutMs: 0 },
};

const retryDelaysMs = [20, 60, 200, 600, 1500, 3000, 5000];

/** Where a PostgreSQL is, and as whom to speak to it. */
export interface DatabaseAddress {
  /** The owner of the tables: migrations and jobs. */
  readonly url: string;
  /** The role karkhaneh_app; when absent the owner connects and gives its rights up per transaction. */
  readonly appUrl?: string;
}

/**
 * Opens the database that `target` names: an address, or a configuration, whose embedded database
 * is started (or joined) when it names no server. Pools connect lazily.
 */
export async function openDatabase(
  target: DatabaseAddress | Pick<Config, 'databaseUrl' | 'appDatabaseUrl' | 'dataFolder'>,
  options: DatabaseOptions = {},
): Promise<Database> {
  if ('url' in target) return openAddress(target, options, async () => {});
  if (target.databaseUrl !== undefined) {
    const { databaseUrl: url, appDatabaseUrl: appUrl } = target;
    return openAddress(appUrl ? { url, appUrl } : { url }, options, async () => {});
  }
  const embedded = await openEmbedded(target.dataFolder);
  return openAddress(embedded, options, () => embedded.release());
}

function openAddress(
  { url, appUrl = url }: DatabaseAddress,
  options: DatabaseOptions,
  release: () => Promise<void>,
): Database {
  const chosen = (name: PoolName) => options[name] ?? limits[name];
  let closing = false;
  const onError = (error: Error, pool: PoolName) => {
    // The last process out stops the embedded server under its own idle connections.
    if (!closing) options.onError?.(error, pool);
  };
  const { sealer } = options;
  const book = sealer && new MarkBook(sealer);
  const open = (name: PoolName) => openPool(appUrl, name, chosen(name).max, onError);
  const pools = {
    ...{ casework: open('casework'), reports: open('reports'), long: open('long') },
    migrator: openPool(url, 'migrator', chosen('migrator').max, onError),
  };
  return {
    url,
    pools,
    transaction(context, work) {
      const pool = context.pool ?? 'casework';
      const begin = beginSql(context, chosen(pool).statementTimeoutMs);
      const { province } = context;
      // Who looks at the whole country writes nothing.
      const marking = book && typeof province === 'number' ? { book, province } : undefined;
      return runRetried(pools[pool], begin, sealed(sealer, work), { context, marking });
    },
    migratorTransaction: (work, province = ofNoProvince) =>
      runRetried(pools.migrator, 'BEGIN', work, { marking: book && { book, province } }),
    async close() {
      closing = true;
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
      await release();
    },
  };
}

/** Work whose steps are sealed, where there is a key to seal them with. */
function sealed<T>(sealer: StepSealer | undefined, work: (tx: Tx) => Promise<T>) {
  return (tx: Tx): Promise<T> => {
    if (sealer) sealWith(tx, sealer);
    return work(tx);
  };
}

function openPool(
  url: string,
  name: PoolName,
  max: number,
  onError: (error: Error, pool: PoolName) => void,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: `karkhaneh ${name}`,
    types: parsers,
    // Statements of an act that are asked for together go out together. Streams and COPY, which need a
    // connection to themselves, belong to the other pools.
    pipeline: name === 'casework',
  });
  return heard(pool, (error) => onError(error, name));
}

/** Unheard, a connection that breaks takes the process with it. */
function heard(pool: pg.Pool, onError: (error: Error) => void): pg.Pool {
  pool.on('error', onError);
  // The pool listens to idle connections only. One that breaks between two statements of a transaction says
  // so to whoever sends the next statement, which is enough; one that is being ended, to nobody.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** A pool for the worker of the jobs, which brings its own readers of types. */
export function openWorkerPool(url: string, max: number, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    application_name: 'karkhaneh worker',
  });
  return heard(pool, onError);
}

/** As whom a transaction looks, and where it is written down that it wrote. */
type Manner = {
  readonly context?: Context;
  readonly marking: { readonly book: MarkBook; readonly province: number } | undefined;
};

async function runRetried<T>(
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
  let client: pg.PoolClient | undefined;
  let broken = false;
  const trail = manner.marking && new WriteTrail();
  let mark: SentMark | undefined;
  try {
    client = await pool.connect();
    await client.query(begin);
    stage = 'work';
    const done = await runWork(client, work, manner, trail);
    mark = done.mark;
    stage = 'commit';
    const { command } = await client.query('COMMIT');
    if (command === 'ROLLBACK') {
      stage = 'work';
      throw await done.causeOf();
    }
    await mark?.settle(true);
    return { ok: true, value: done.value };
  } catch (error) {
    await mark?.settle(false);
    const undo = trail && trail.tables.length > 0 ? rollbackCounted : 'ROLLBACK';
    broken = isConnectionLost(error) || stage === 'commit' || !(await rollback(client, undo));
    return { ok: false, error, stage };
  } finally {
    client?.release(broken);
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

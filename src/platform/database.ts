import pg from 'pg';
import type { Config } from './config.ts';
import { isConnectionLost, isRolledBackForCertain } from './database-errors.ts';
import { parsers } from './database-types.ts';
import { openEmbedded } from './embedded-postgres.ts';
import { type StepSealer, sealWith } from './step-seals.ts';
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
  /** The same as the owner of the tables, not limited by row security: migrations and upkeep. */
  migratorTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
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
  const sealed =
    <T>(work: (tx: Tx) => Promise<T>) =>
    (tx: Tx) => {
      if (sealer) sealWith(tx, sealer);
      return work(tx);
    };
  const pools = {
    casework: openPool(appUrl, 'casework', chosen('casework').max, onError),
    reports: openPool(appUrl, 'reports', chosen('reports').max, onError),
    long: openPool(appUrl, 'long', chosen('long').max, onError),
    migrator: openPool(url, 'migrator', chosen('migrator').max, onError),
  };
  return {
    url,
    pools,
    transaction(context, work) {
      const pool = context.pool ?? 'casework';
      const begin = beginSql(context, chosen(pool).statementTimeoutMs);
      return runRetried(pools[pool], begin, sealed(work), context);
    },
    migratorTransaction: (work) => runRetried(pools.migrator, 'BEGIN', work),
    async close() {
      closing = true;
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
      await release();
    },
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

async function runRetried<T>(
  pool: pg.Pool,
  begin: string,
  work: (tx: Tx) => Promise<T>,
  context?: Context,
): Promise<T> {
  const retry = context?.retry ?? 'rolled_back';
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await runOnce(pool, begin, work, context);
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
  context: Context | undefined,
): Promise<Outcome<T>> {
  let stage: Stage = 'begin';
  let client: pg.PoolClient | undefined;
  let broken = false;
  try {
    client = await pool.connect();
    await client.query(begin);
    stage = 'work';
    const { value, causeOf } = await runWork(client, work, context);
    stage = 'commit';
    const { command } = await client.query('COMMIT');
    if (command === 'ROLLBACK') {
      stage = 'work';
      throw await causeOf();
    }
    return { ok: true, value };
  } catch (error) {
    broken = isConnectionLost(error) || stage === 'commit' || !(await rollback(client));
    return { ok: false, error, stage };
  } finally {
    client?.release(broken);
  }
}

async function runWork<T>(
  client: pg.PoolClient,
  work: (tx: Tx) => Promise<T>,
  context: Context | undefined,
): Promise<{ value: T; causeOf: () => Promise<unknown> }> {
  const { tx, sent, causeOf, end } = bindTransaction(client, context);
  try {
    const value = await work(tx);
    await sent();
    return { value, causeOf };
  } catch (error) {
    throw await causeOf(error);
  } finally {
    end();
  }
}

async function rollback(client: pg.PoolClient | undefined): Promise<boolean> {
  if (!client) return true;
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
}

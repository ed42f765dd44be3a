import pg from 'pg';
import type { Config } from './config.ts';
import { isConnectionLost, isRolledBackForCertain } from './database-errors.ts';
import { parsers } from './database-types.ts';
import { openEmbedded } from './embedded-postgres.ts';
import { beginSql, bindTransaction, type Context, type Retry, type Tx } from './transaction.ts';

export type { DB } from './tables.generated.ts';
export { type Context, clientOf, type Retry, type Tx } from './transaction.ts';

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

export type PoolName = 'casework' | 'reports' | 'migrator';

/** Connections and time limits of the pools. */
export interface DatabaseOptions {
  readonly casework?: PoolLimits;
  readonly reports?: PoolLimits;
  readonly migrator?: PoolLimits;
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
  const pools = {
    casework: openPool(appUrl, 'casework', chosen('casework').max, onError),
    reports: openPool(appUrl, 'reports', chosen('reports').max, onError),
    migrator: openPool(url, 'migrator', chosen('migrator').max, onError),
  };
  return {
    url,
    pools,
    transaction(context, work) {
      const pool = context.pool ?? 'casework';
      const begin = beginSql(context, chosen(pool).statementTimeoutMs);
      return runRetried(pools[pool], begin, context.retry ?? 'rolled_back', work);
    },
    migratorTransaction: (work) => runRetried(pools.migrator, 'BEGIN', 'rolled_back', work),
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
  });
  // Without a handler, a database that goes away takes the process with it.
  pool.on('error', (error) => onError(error, name));
  return pool;
}

async function runRetried<T>(
  pool: pg.Pool,
  begin: string,
  retry: Retry,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await runOnce(pool, begin, work);
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
  if (isRolledBackForCertain(error)) return retry !== 'never' || stage === 'begin';
  if (!isConnectionLost(error)) return false;
  if (stage === 'begin') return true;
  return stage === 'work' ? retry !== 'never' : retry === 'idempotent';
}

async function runOnce<T>(
  pool: pg.Pool,
  begin: string,
  work: (tx: Tx) => Promise<T>,
): Promise<Outcome<T>> {
  let stage: Stage = 'begin';
  let client: pg.PoolClient | undefined;
  let broken = false;
  try {
    client = await pool.connect();
    await client.query(begin);
    stage = 'work';
    const value = await runWork(client, work);
    stage = 'commit';
    await commit(client);
    return { ok: true, value };
  } catch (error) {
    broken = isConnectionLost(error) || stage === 'commit' || !(await rollback(client));
    return { ok: false, error, stage };
  } finally {
    client?.release(broken);
  }
}

async function runWork<T>(client: pg.PoolClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { tx, end } = bindTransaction(client);
  try {
    return await work(tx);
  } finally {
    end();
  }
}

/** A swallowed SQL error makes COMMIT a silent ROLLBACK: said aloud, or a write would be lost. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command === 'ROLLBACK') {
    throw new Error('The transaction was rolled back: an SQL error inside it was swallowed.');
  }
}

async function rollback(client: pg.PoolClient | undefined): Promise<boolean> {
  if (!client) return true;
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
}

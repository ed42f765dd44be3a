import pg from 'pg';
import { batchingSocket } from './batching-socket.ts';
import type { Config } from './config.ts';
import { beginSql, type Context } from './context.ts';
import { parsers } from './database-types.ts';
import { openEmbedded } from './embedded-postgres.ts';
import { MarkBook } from './marks/book.ts';
import { ofNoProvince } from './marks/mark.ts';
import { runRetried } from './run-transaction.ts';
import { type StepSealer, sealWith } from './step-seals.ts';
import type { Tx } from './transaction.ts';

export type { Context, Retry } from './context.ts';
export type { DB } from './tables.generated.ts';
export { clientOf, rowsParsedOnce, sendWithCommit, type Tx } from './transaction.ts';

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
    stream: batchingSocket,
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

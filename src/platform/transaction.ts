import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import { encodeParameter } from './parameters.ts';
import type { DB } from './tables.generated.ts';

/** A query builder bound to one open transaction; it refuses to work after the transaction. */
export type Tx = Kysely<DB>;

/** Who asks, as the row-level security of every table sees it. */
export interface Context {
  /**
   * The numeric province code (0–30); 'all' for national acts and background work; null for none.
   * Becomes `app.province` = '4', or the role karkhaneh_country, or nothing at all.
   */
  readonly province: number | 'all' | null;
  /** Organisation code, '' for none. Becomes `app.organisation`. */
  readonly organisation: string;
  /** Person id (UUID), '' for none. Becomes `app.person`. */
  readonly person: string;
  /** Longest time for one statement in milliseconds; the pool's own limit when absent. */
  readonly timeoutMs?: number;
  /** See {@link Retry}; 'rolled_back' when absent. */
  readonly retry?: Retry;
  /** Which pool serves it: 'casework' (default) or 'reports', so that reports never starve acts. */
  readonly pool?: 'casework' | 'reports';
}

/**
 * When the whole work is run again.
 * - 'never': its effects outside the transaction cannot be repeated (a stream to a client).
 * - 'rolled_back': only when it is certain that nothing was committed: deadlock, serialisation
 *   failure, or a connection lost before COMMIT was sent.
 * - 'idempotent': also when the connection was lost while COMMIT was in flight, so nobody knows.
 *   Only for work that recognises its own op_id.
 */
export type Retry = 'never' | 'rolled_back' | 'idempotent';

const clients = new WeakMap<object, pg.PoolClient>();

/** The `pg` client under a transaction, for COPY and cursors. Never COMMIT or release it. */
export function clientOf(tx: Tx): pg.PoolClient {
  const client = clients.get(tx);
  if (!client) throw new Error('This query builder is not an open transaction.');
  return client;
}

/** Binds a query builder to a client that is inside a transaction. */
export function bindTransaction(client: pg.PoolClient): { tx: Tx; end: () => void } {
  const connection = new TransactionConnection(client);
  const tx = new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new TransactionDriver(connection),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  clients.set(tx, client);
  return {
    tx,
    end() {
      connection.end();
      clients.delete(tx);
    },
  };
}

/** The opening statements of a transaction, as one simple-protocol message: one round trip. */
export function beginSql(context: Context, statementTimeoutMs: number): string {
  const { province } = context;
  if (typeof province === 'number' && !(Number.isInteger(province) && province >= 0)) {
    throw new RangeError(`Not a province code: ${province}`);
  }
  const timeout = context.timeoutMs ?? statementTimeoutMs;
  if (!Number.isInteger(timeout) || timeout < 0) throw new RangeError(`Not a timeout: ${timeout}`);
  return [
    'BEGIN',
    `SET LOCAL ROLE ${roleOf(context)}`,
    `SET LOCAL app.province = '${province === 'all' ? '' : (province ?? '')}'`,
    `SET LOCAL app.organisation = '${settingText(context.organisation)}'`,
    `SET LOCAL app.person = '${settingText(context.person)}'`,
    `SET LOCAL statement_timeout = ${timeout}`,
  ].join(';');
}

/** The database role whose policies fit the context; each has plain ones of its own. */
function roleOf({ province, organisation, person }: Context): string {
  if (person !== '') return 'karkhaneh_person';
  if (organisation !== '') return 'karkhaneh_organisation';
  return province === 'all' ? 'karkhaneh_country' : 'karkhaneh_province';
}

/** Organisation codes and ids only: a quote or a backslash here is an attack, not a value. */
function settingText(value: string): string {
  if (!/^[A-Za-z0-9_.-]{0,64}$/.test(value)) {
    throw new RangeError('A transaction context takes codes and ids only.');
  }
  return value;
}

class TransactionDriver implements Driver {
  readonly #connection: TransactionConnection;
  constructor(connection: TransactionConnection) {
    this.#connection = connection;
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {
    throw new Error('Already in a transaction: pass the tx along instead of opening another.');
  }
  async commitTransaction(): Promise<void> {
    throw new Error('The transaction is committed by database.transaction alone.');
  }
  async rollbackTransaction(): Promise<void> {
    throw new Error('The transaction is rolled back by database.transaction alone.');
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

class TransactionConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  #open = true;
  /** The statement that was asked for last; the next one waits for it. */
  #last: Promise<unknown> = Promise.resolve();
  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  end(): void {
    this.#open = false;
  }

  /**
   * Statements may be asked for together: they run one after another in the order of asking, and the
   * parameters of the next are made ready while PostgreSQL is at work on this one.
   */
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const parameters = query.parameters.map(encodeParameter);
    const run = this.#last.then(() => {
      // Also after a failure before it: nothing may reach the client once the transaction is over.
      this.#assertOpen();
      return this.#client.query(query.sql, parameters);
    });
    this.#last = run.catch(() => undefined);
    const result = await run;
    const rows = (result.rows ?? []) as R[];
    return result.rowCount === null || result.command === 'SELECT'
      ? { rows }
      : { rows, numAffectedRows: BigInt(result.rowCount) };
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncGenerator<QueryResult<R>> {
    await this.#last;
    this.#assertOpen();
    const cursor = this.#client.query(new Cursor(query.sql, query.parameters.map(encodeParameter)));
    try {
      for (;;) {
        const rows = (await cursor.read(chunkSize)) as R[];
        if (rows.length === 0) return;
        yield { rows };
      }
    } finally {
      await cursor.close();
    }
  }

  #assertOpen(): void {
    if (!this.#open) throw new Error('This transaction has ended; its query builder is closed.');
  }
}

import { hash } from 'node:crypto';
import {
  type Compilable,
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type RawBuilder,
} from 'kysely';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import { errorCode } from './database-errors.ts';
import type { WriteTrail } from './marks/trail.ts';
import { encodeParameter } from './parameters.ts';
import type { DB } from './tables.generated.ts';
import { TransactionDriver } from './transaction-driver.ts';

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
  /**
   * Statements are parsed and planned once a connection, not each time: for work whose statements are
   * always the same few, whatever is asked. What a list is asked for wants a plan of its own.
   */
  readonly prepare?: boolean;
  /**
   * Which pool serves it: 'casework' (default); 'reports' for what somebody waits for, so that reports never starve
   * acts; 'long' for background work that reads the whole record and may take as long as it takes.
   */
  readonly pool?: 'casework' | 'reports' | 'long';
}

/**
 * When the whole work is run again.
 * - 'not_even_begun': nor is it waited for a database that is starting; whoever asks whether it is there.
 * - 'never': its effects outside the transaction cannot be repeated (a stream to a client).
 * - 'rolled_back': only when it is certain that nothing was committed: deadlock, serialisation
 *   failure, or a connection lost before COMMIT was sent.
 * - 'idempotent': also when the connection was lost while COMMIT was in flight, so nobody knows.
 *   Only for work that recognises its own op_id.
 */
export type Retry = 'not_even_begun' | 'never' | 'rolled_back' | 'idempotent';

const connections = new WeakMap<object, TransactionConnection>();

function connectionOf(tx: Tx): TransactionConnection {
  const connection = connections.get(tx);
  if (!connection) throw new Error('This query builder is not an open transaction.');
  return connection;
}

/** The `pg` client under a transaction, for COPY and cursors. Never COMMIT or release it. */
export function clientOf(tx: Tx): pg.PoolClient {
  return connectionOf(tx).client;
}

/**
 * Asks for the last statement of a transaction without waiting for it: COMMIT goes along behind it, and
 * the transaction fails with its error.
 */
export function sendWithCommit(tx: Tx, statement: Compilable): void {
  void connectionOf(tx).sendWithCommit(statement.compile());
}

/** The same, for whoever has to know how many rows it wrote: undefined when it failed. */
export async function countWithCommit(
  tx: Tx,
  statement: RawBuilder<unknown>,
): Promise<bigint | undefined> {
  const result = await connectionOf(tx).sendWithCommit(statement.compile(tx));
  return result?.numAffectedRows;
}

/** A transaction's query builder, and what its opener needs to end it. */
export type OpenTransaction = {
  readonly tx: Tx;
  /** Settles when whatever was asked for has reached the server. */
  readonly sent: () => Promise<unknown>;
  /** What went wrong, given the error that the work ended with, or none where the commit was refused. */
  readonly causeOf: (error?: unknown) => Promise<unknown>;
  readonly end: () => void;
};

const compiler = new PostgresQueryCompiler();
const adapter = new PostgresAdapter();

/** Binds a query builder to a client that is inside a transaction; `trail` is told what it writes. */
export function bindTransaction(
  client: pg.PoolClient,
  context?: Context,
  trail?: WriteTrail,
): OpenTransaction {
  const connection = new TransactionConnection(client, context && namesOf(context), trail);
  const driver = new TransactionDriver(connection);
  const dialect = {
    createAdapter: () => adapter,
    createDriver: () => driver,
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => compiler,
  };
  // The connection is at hand: a statement is on its way as soon as it is asked for, in that order.
  const executor = new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: (consumer) => consumer(connection),
  });
  const tx = new Kysely<DB>({ config: { dialect }, dialect, driver, executor });
  connections.set(tx, connection);
  return {
    tx,
    sent: () => connection.sent(),
    causeOf: (error) => connection.causeOf(error),
    end() {
      connection.end();
      connections.delete(tx);
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
    // What follows goes along to the machines that the rows lie on; a server without Citus takes no notice.
    "SET LOCAL citus.propagate_set_commands = 'local'",
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

/** Names for statements that are prepared once a connection, by their text. */
const preparedNames = new Map<string, string>();
/** A product has some hundreds of fixed statements; texts made up by what is asked must not pile up. */
const mostPrepared = 500;

/** A plan made under one role's policies is no use to another: each role has names of its own. */
function namesOf(context: Context): ((text: string) => string | undefined) | undefined {
  if (!context.prepare) return undefined;
  const role = roleOf(context);
  return (text) => {
    const key = `${role} ${text}`;
    const known = preparedNames.get(key);
    if (known !== undefined || preparedNames.size >= mostPrepared) return known;
    const name = hash('sha256', key).slice(0, 32);
    preparedNames.set(key, name);
    return name;
  };
}

class TransactionConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;
  readonly #nameOf: ((text: string) => string | undefined) | undefined;
  #open = true;
  /** The statement that was asked for last; where the client keeps no line, the next one waits for it. */
  #last: Promise<unknown> = Promise.resolve();
  #failed: unknown;
  /** Settles behind the statements that nobody waits for; the first error of theirs. */
  #withCommit: Promise<unknown> = Promise.resolve();
  #failedWithCommit: unknown;
  readonly #trail: WriteTrail | undefined;
  constructor(
    client: pg.PoolClient,
    nameOf?: (text: string) => string | undefined,
    trail?: WriteTrail,
  ) {
    this.client = client;
    this.#nameOf = nameOf;
    this.#trail = trail;
  }

  end(): void {
    this.#open = false;
  }

  sendWithCommit(query: CompiledQuery): Promise<QueryResult<unknown> | undefined> {
    const sent = this.executeQuery(query).catch((error) => {
      this.#failedWithCommit ??= error;
      return undefined;
    });
    this.#withCommit = Promise.all([this.#withCommit, sent]);
    return sent;
  }

  sent(): Promise<unknown> {
    return this.client.pipeline ? Promise.resolve() : this.#last;
  }

  /**
   * Statements may be asked for together: they run one after another in the order of asking. Those of
   * acts go out at once and their answers come back together; elsewhere each waits for the one before.
   */
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#trail?.note(query.sql);
    const run = <Row>(asked: CompiledQuery<Row>) => this.#run<Row>(asked);
    const led = this.#trail?.lead(query.sql, run);
    const [result] = await Promise.all([run<R>(query as CompiledQuery<R>), led]);
    await this.#trail?.follow(query.sql, run);
    return result;
  }

  async #run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const values = query.parameters.map(encodeParameter);
    const name = this.#nameOf?.(query.sql);
    const statement = { text: query.sql, values, ...(name === undefined ? {} : { name }) };
    const run = this.client.pipeline ? this.#send(statement) : this.#sendNext(statement);
    this.#last = run.catch((error) => {
      this.#failed ??= error;
    });
    const result = await run;
    const rows = (result.rows ?? []) as R[];
    return result.rowCount === null || result.command === 'SELECT'
      ? { rows }
      : { rows, numAffectedRows: BigInt(result.rowCount) };
  }

  /** Statements behind a failed one fail too, and may be heard of first: the first failure is the cause. */
  async causeOf(error?: unknown): Promise<unknown> {
    // COMMIT may be heard of before the statement in front of it that failed.
    if (error === undefined) await this.#withCommit;
    const thrown = error ?? this.#failedWithCommit;
    const inFailed = thrown === undefined || errorCode(thrown) === '25P02';
    if (!inFailed) return thrown;
    return error === undefined
      ? new Error(swallowed, { cause: this.#failed })
      : (this.#failed ?? error);
  }

  async #send(statement: pg.QueryConfig): Promise<pg.QueryResult> {
    // Nothing may reach the client once the transaction is over.
    if (!this.#open) throw new Error(ended);
    return this.client.query(statement);
  }

  #sendNext(statement: pg.QueryConfig): Promise<pg.QueryResult> {
    return this.#last.then(() => this.#send(statement));
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncGenerator<QueryResult<R>> {
    await this.#last;
    if (!this.#open) throw new Error(ended);
    const cursor = this.client.query(new Cursor(query.sql, query.parameters.map(encodeParameter)));
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
}

/** COMMIT after a swallowed SQL error is a silent ROLLBACK: said aloud, or a write would be lost. */
const swallowed = 'The transaction was rolled back: an SQL error inside it was swallowed.';
const ended = 'This transaction has ended; its query builder is closed.';

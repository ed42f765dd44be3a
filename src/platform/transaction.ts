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
import { type Context, roleOf } from './context.ts';
import { errorCode } from './database-errors.ts';
import { opensOrEndsPart, type WriteTrail } from './marks/trail.ts';
import { encodeParameter } from './parameters.ts';
import type { DB } from './tables.generated.ts';
import { TransactionDriver } from './transaction-driver.ts';

/** A query builder bound to one open transaction; it refuses to work after the transaction. */
export type Tx = Kysely<DB>;

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

/** Statements that are parsed once a connection though others of their transaction are not. */
const fixed = new WeakSet<CompiledQuery>();

/**
 * The rows of a statement whose text is one of few, where most of the transaction's are not: the lines of a list by the
 * keys that were found. Parsed and planned each time, they took longer than finding them.
 */
export async function rowsParsedOnce<R>(tx: Tx, statement: CompiledQuery<R>): Promise<R[]> {
  fixed.add(statement);
  const { rows } = await tx.executeQuery(statement);
  return rows;
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
  const connection = new TransactionConnection(client, context, trail);
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

/** Names for statements that are prepared once a connection, by role and text. */
const preparedNames = new Map<string, Map<string, string>>();
/** A product has some hundreds of fixed statements; texts made up by what is asked must not pile up. */
const mostPrepared = 500;
let prepared = 0;

function namesOf(role: string): Map<string, string> {
  const known = preparedNames.get(role);
  if (known) return known;
  const made = new Map<string, string>();
  preparedNames.set(role, made);
  return made;
}

/** A plan made under one role's policies is no use to another: each role has names of its own. */
function nameOf(role: string, text: string): string | undefined {
  const names = namesOf(role);
  const known = names.get(text);
  if (known !== undefined || prepared >= mostPrepared) return known;
  const name = hash('sha256', `${role} ${text}`).slice(0, 32);
  names.set(text, name);
  prepared += 1;
  return name;
}

class TransactionConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;
  readonly #context: Context | undefined;
  #open = true;
  /** The statement that was asked for last; where the client keeps no line, the next one waits for it. */
  #last: Promise<unknown> = Promise.resolve();
  #failed: unknown;
  /** Settles behind the statements that nobody waits for; the first error of theirs. */
  #withCommit: Promise<unknown> = Promise.resolve();
  #failedWithCommit: unknown;
  readonly #trail: WriteTrail | undefined;
  constructor(client: pg.PoolClient, context?: Context, trail?: WriteTrail) {
    this.client = client;
    this.#context = context;
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
  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#trail?.note(query.sql);
    return this.#trail && opensOrEndsPart(query.sql)
      ? this.#runPart(query, this.#trail)
      : this.#run(query);
  }

  /** A savepoint, or the end of one: what was written so far has to be known with it. */
  async #runPart<R>(query: CompiledQuery, trail: WriteTrail): Promise<QueryResult<R>> {
    const run = <Row>(asked: CompiledQuery<Row>) => this.#run<Row>(asked);
    const led = trail.lead(query.sql, run);
    const [result] = await Promise.all([run<R>(query as CompiledQuery<R>), led]);
    await trail.follow(query.sql, run);
    return result;
  }

  async #run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const values = query.parameters.map(encodeParameter);
    const context = this.#context;
    const named = context && (context.prepare || fixed.has(query));
    const name = named ? nameOf(roleOf(context), query.sql) : undefined;
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

  #send(statement: pg.QueryConfig): Promise<pg.QueryResult> {
    // Nothing may reach the client once the transaction is over.
    return this.#open ? this.client.query(statement) : Promise.reject(new Error(ended));
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

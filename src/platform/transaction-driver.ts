import type { DatabaseConnection, Driver } from 'kysely';

/** Hands out the one connection of a transaction that is open already; nobody ends it through the builder. */
export class TransactionDriver implements Driver {
  readonly #connection: DatabaseConnection;
  constructor(connection: DatabaseConnection) {
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

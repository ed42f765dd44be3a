import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase } from '../src/platform/database.ts';
import { dropFresh, makeFresh } from './coordinator/fresh-database.ts';

/** A database of one test or one file; closing it drops it. Works with `await using`. */
export interface TestDatabase extends Database, AsyncDisposable {
  /** The app role's connection URL. */
  readonly appUrl: string;
}

/**
 * A fresh copy of the migrated database with the reference data, on the run's shared server.
 *
 *     await using database = await testDatabase();            // in one test
 *     let database: TestDatabase;                             // for one file
 *     beforeAll(async () => { database = await testDatabase(); });
 *     afterAll(() => database.close());
 */
export async function testDatabase(options: DatabaseOptions = {}): Promise<TestDatabase> {
  return openCopy('karkhaneh', options);
}

/** A copy of a database that {@link createDatabase} made. */
export async function copyDatabase(template: string): Promise<TestDatabase> {
  return openCopy(template, {});
}

/** A database without any table, for tests of the migrations themselves. */
export async function emptyDatabase(options: DatabaseOptions = {}): Promise<TestDatabase> {
  return openCopy('template0', options);
}

async function openCopy(template: string, options: DatabaseOptions): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await createDatabase(name, template);
  const database = await openNamed(name, options);
  const close = async () => {
    await database.close();
    const { coordinator } = inject('testServer');
    if (coordinator) await dropFresh(coordinator, name);
    else await onServer((client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { ...database, close, [Symbol.asyncDispose]: close };
}

/** A database of the run's server by its name; closing it leaves it there. */
export async function openNamed(
  name: string,
  options: DatabaseOptions = {},
): Promise<Database & { readonly appUrl: string }> {
  const address = addressOf(name);
  const database = await openDatabase(address, options);
  return { ...database, appUrl: address.appUrl };
}

function addressOf(name: string): { readonly url: string; readonly appUrl: string } {
  const server = inject('testServer');
  return { url: named(server.url, name), appUrl: named(server.appUrl, name) };
}

/** A copy of another database of the run's server, which nobody may be connected to. */
export async function createDatabase(name: string, template: string): Promise<void> {
  const { coordinator } = inject('testServer');
  if (coordinator && template === 'karkhaneh') {
    return makeFresh(coordinator, name, addressOf(name));
  }
  // What lies on other machines does not come along in a copy.
  if (coordinator?.kind === 'citus' && template !== 'template0') {
    throw new Error(`${template} is a coordinator's.`);
  }
  const sql = `create database ${name} template ${template} owner karkhaneh strategy ${strategy}`;
  await onServer((client) => client.query(sql));
}

/** 20 ms for this template, against 130 ms for wal_log: nothing here waits for the disk. */
const strategy = 'file_copy';

function named(url: string, database: string): string {
  return url.replace('/karkhaneh?', `/${database}?`);
}

/** Does something on the run's server as its superuser. */
export async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: inject('testServer').superuserUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

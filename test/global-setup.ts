import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { loadReference } from '../src/accounts/load-reference.ts';
import { openDatabase } from '../src/platform/database.ts';
import { type EmbeddedPostgres, openEmbedded } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { type Coordinator, findCoordinator } from './coordinator/fresh-database.ts';

/** What the tests need to know of the one server they share. */
export interface TestServer {
  readonly url: string;
  readonly appUrl: string;
  readonly superuserUrl: string;
  /** Where databases are made anew instead of copied; absent on a plain server. */
  readonly coordinator?: Coordinator;
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
    /** A folder where the statements that were read and found good are noted for a run. */
    statementsRead: string;
  }
}

const disposable = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
};

/** The addresses of a coordinator that the environment names, as {@link TestServer} has them. */
function serverAt(coordinator: Coordinator): TestServer {
  const at = (user: Partial<{ username: string; password: string }>, name: string) =>
    `${Object.assign(new URL(coordinator.url), { pathname: `/${name}`, search: '', ...user }).href}?application_name=tests`;
  return {
    url: at({}, 'karkhaneh'),
    appUrl: at({ username: 'karkhaneh_app', password: '' }, 'karkhaneh'),
    superuserUrl: at({}, 'postgres'),
    coordinator,
  };
}

/**
 * Starts one throwaway PostgreSQL for the whole run, whose database is the template that
 * `testDatabase()` copies: migrated, with the reference data. Nothing in it is kept, so it does
 * not wait for the disk.
 *
 * Where DATABASE_URL names a Citus coordinator, the tests run there, each on a database made anew. With
 * KARKHANEH_COORDINATOR=double the same is done on the throwaway server, with a double of Citus.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const coordinator = await findCoordinator();
  if (coordinator) {
    const read = await mkdtemp(join(tmpdir(), 'karkhaneh-read-'));
    project.provide('testServer', serverAt(coordinator));
    project.provide('statementsRead', read);
    return () => rm(read, { recursive: true, force: true });
  }
  const folder = await mkdtemp(join(tmpdir(), 'karkhaneh-test-'));
  let server: EmbeddedPostgres | undefined;
  const teardown = async () => {
    await server?.release();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    server = await openEmbedded(folder, { settings: disposable });
    const database = await openDatabase(server);
    await migrate(database);
    await loadReference(database);
    await database.close();
    const { url, appUrl, superuserUrl } = server;
    const double = { kind: 'double', url: superuserUrl } as const;
    const doubled = process.env.KARKHANEH_COORDINATOR === 'double' ? { coordinator: double } : {};
    project.provide('testServer', { url, appUrl, superuserUrl, ...doubled });
    project.provide('statementsRead', folder);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

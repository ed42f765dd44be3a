import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { loadReference } from '../src/accounts/load-reference.ts';
import { openDatabase } from '../src/platform/database.ts';
import { type EmbeddedPostgres, openEmbedded } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';

/** What the tests need to know of the one server they share. */
export interface TestServer {
  readonly url: string;
  readonly appUrl: string;
  readonly superuserUrl: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

const disposable = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
};

/**
 * Starts one throwaway PostgreSQL for the whole run, whose database is the template that
 * `testDatabase()` copies: migrated, with the reference data. Nothing in it is kept, so it does
 * not wait for the disk.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
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
    project.provide('testServer', { url, appUrl, superuserUrl });
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { migrate } from '../../src/platform/migrate.ts';

/** A coordinator's databases are not copied: each is made anew, on every node. */
export type Coordinator = {
  /** 'citus' for a real one; 'double' for a plain server with test/coordinator/double.sql in each database. */
  readonly kind: 'citus' | 'double';
  /** As a superuser, the database that the coordinator was named by. */
  readonly url: string;
};

type Place = { readonly nodename: string; readonly nodeport: number };

/** What the environment names for the tests to run against, if it is a coordinator. */
export async function findCoordinator(): Promise<Coordinator | undefined> {
  const url = process.env.DATABASE_URL;
  if (!url) return undefined;
  const found = await at(url, (client) =>
    client.query("select 1 from pg_extension where extname = 'citus'"),
  );
  return found.rowCount === 0 ? undefined : { kind: 'citus', url };
}

/** Makes a database of that name with all tables, spread, and the reference data. */
export async function makeFresh(
  coordinator: Coordinator,
  name: string,
  address: { readonly url: string; readonly appUrl: string },
): Promise<void> {
  const here = urlOf(coordinator.url, name);
  if (coordinator.kind === 'double') {
    await at(coordinator.url, (client) => client.query(`create database ${name} owner karkhaneh`));
    const double = await readFile(join(import.meta.dirname, 'double.sql'), 'utf8');
    await at(here, (client) => client.query(double));
  } else {
    await makeOnNodes(coordinator, name);
  }
  const database = await openDatabase(address);
  await migrate(database);
  await loadReference(database);
  await database.close();
}

async function makeOnNodes(coordinator: Coordinator, name: string): Promise<void> {
  const workers = await workersOf(coordinator);
  for (const url of [
    coordinator.url,
    ...workers.map((node) => urlOf(coordinator.url, undefined, node)),
  ]) {
    await at(url, async (client) => {
      // Each node is told by itself: a coordinator would pass the word on to some and not to others.
      await client.query('set citus.enable_create_database_propagation = off');
      await client.query(`create database ${name} template template0 encoding 'UTF8'`);
    });
    await at(urlOf(url, name), (client) => client.query('create extension citus'));
  }
  const { hostname, port } = new URL(coordinator.url);
  await at(urlOf(coordinator.url, name), async (client) => {
    await client.query('select citus_set_coordinator_host($1, $2)', [
      hostname,
      Number(port || 5432),
    ]);
    for (const { nodename, nodeport } of workers) {
      await client.query('select citus_add_node($1, $2)', [nodename, nodeport]);
    }
  });
}

/** Removes it from every node. */
export async function dropFresh(coordinator: Coordinator, name: string): Promise<void> {
  const workers = coordinator.kind === 'double' ? [] : await workersOf(coordinator);
  for (const url of [
    coordinator.url,
    ...workers.map((node) => urlOf(coordinator.url, undefined, node)),
  ]) {
    await at(url, (client) => client.query(`drop database if exists ${name} with (force)`));
  }
}

async function workersOf({ url }: Coordinator): Promise<Place[]> {
  const { rows } = await at(url, (client) =>
    client.query(
      'select nodename, nodeport from pg_dist_node where groupid > 0 and isactive order by groupid',
    ),
  );
  return rows as Place[];
}

function urlOf(url: string, name?: string, node?: Place): string {
  // The throwaway server is reached by a socket, whose address is no URL.
  if (url.includes('@/')) return url.replace(/\/\w+\?/, `/${name}?`);
  const found = new URL(url);
  if (name !== undefined) found.pathname = `/${name}`;
  if (node) Object.assign(found, { hostname: node.nodename, port: String(node.nodeport) });
  return found.href;
}

async function at<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

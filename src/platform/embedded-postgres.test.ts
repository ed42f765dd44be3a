import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { type EmbeddedFolder, embeddedFolder, killServer } from '../../test/embedded-folder.ts';
import { openDataFolder } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { openEmbedded } from './embedded-postgres.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function running(folder: EmbeddedFolder): ProcessIdentity {
  const server = folder.server();
  if (!server) throw new Error('No server runs on the folder.');
  return server;
}

describe('one process', () => {
  test('creates, starts, keeps and stops', async () => {
    await using folder = await embeddedFolder('empty');
    const first = await openEmbedded(folder.path);
    await query(first.url, 'create table kept as select 7 as n');
    const server = running(folder);
    await first.release();
    expect(isAlive(server)).toBe(false);
    const again = await openEmbedded(folder.path);
    expect(await query(again.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await again.release();
    expect(folder.server()).toBeUndefined();
  });

  test('has Persian order, UTF-8 and nothing but a local socket', async () => {
    await using folder = await embeddedFolder('created');
    const embedded = await openEmbedded(folder.path);
    const letters = `select string_agg(x, '' order by x collate "fa-x-icu") as x
      from unnest(array['ی','پ','ا','گ','ک','ب']) x`;
    expect(await query(embedded.url, letters)).toEqual([{ x: 'ابپکگی' }]);
    const settings = `select current_setting('server_encoding') as encoding,
      current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync`;
    expect(await query(embedded.url, settings)).toEqual([
      { encoding: 'UTF8', addresses: '', fsync: 'on' },
    ]);
    const owner = 'select rolsuper from pg_roles where rolname = current_user';
    expect(await query(embedded.url, owner)).toEqual([{ rolsuper: false }]);
    await embedded.release();
  });

  test('finishes what a killed initdb began', async () => {
    await using folder = await embeddedFolder('empty');
    const unfinished = join(openDataFolder(folder.path).server, 'cluster.unfinished');
    mkdirSync(unfinished);
    writeFileSync(join(unfinished, 'PG_VERSION'), '18\n');
    const embedded = await openEmbedded(folder.path);
    expect(await query(embedded.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await embedded.release();
  });

  test('starts although the pid in postmaster.pid now belongs to somebody else', async () => {
    await using folder = await embeddedFolder('created');
    const first = await openEmbedded(folder.path);
    const pidFile = join(folder.path, 'postgres', 'cluster', 'postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    await first.release();
    writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join('\n'));
    const again = await openEmbedded(folder.path);
    expect(await query(again.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await again.release();
  });
});

describe('several processes', () => {
  test('four at once make one server; the last one out stops it', async () => {
    await using folder = await embeddedFolder('empty');
    const processes = [1, 2, 3, 4].map(() => folder.start('hold'));
    const ready = await Promise.all(processes.map((one) => one.said('ready')));
    expect(new Set(ready).size).toBe(1);
    const server = running(folder);
    for (const one of processes.slice(0, 3)) await one.leave();
    expect(isAlive(server)).toBe(true);
    await processes[3]?.leave();
    expect(isAlive(server)).toBe(false);
  });

  test('an orphan of kill -9 is adopted, and the dead are not counted', async () => {
    await using folder = await embeddedFolder('created');
    const killed = folder.start('hold');
    await killed.said('ready');
    const server = running(folder);
    await killed.kill();
    expect(isAlive(server)).toBe(true);
    const embedded = await openEmbedded(folder.path);
    expect(running(folder)).toEqual(server);
    await embedded.release();
    expect(isAlive(server)).toBe(false);
    expect(readdirSync(join(folder.path, 'processes'))).toEqual([]);
  });

  test('a pid that was given to another process does not count as alive', async () => {
    await using folder = await embeddedFolder('created');
    const embedded = await openEmbedded(folder.path);
    const stale = { pid: process.pid, started: 'another-boot:1' };
    writeFileSync(join(folder.path, 'processes', 'stale.json'), JSON.stringify(stale));
    await embedded.release();
    expect(folder.server()).toBeUndefined();
  });
});

describe('kill -9', () => {
  test('of everything under eight writers loses no acknowledged write', async () => {
    await using folder = await embeddedFolder('created');
    const acknowledged: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const writers = folder.start('write');
      await writers.said('done');
      while (writers.lines.length < 300) await new Promise((resolve) => setTimeout(resolve, 10));
      await killServer(running(folder));
      await writers.kill();
      acknowledged.push(...writers.lines.filter((line) => line.startsWith('done ')));
    }
    const embedded = await openEmbedded(folder.path);
    const rows = await query(embedded.url, 'select n from acknowledged');
    const stored = new Set(rows.map((row) => `done ${(row as { n: string }).n}`));
    expect(acknowledged.length).toBeGreaterThan(400);
    expect(acknowledged.filter((line) => !stored.has(line))).toEqual([]);
    await embedded.release();
  });

  test('of the server alone: it comes back and the work is done again', async () => {
    await using folder = await embeddedFolder('created');
    const database = await openDatabase({
      dataFolder: folder.path,
      databaseUrl: undefined,
      appDatabaseUrl: undefined,
    });
    await database.migratorTransaction(async () => {});
    const before = running(folder);
    await killServer(before);
    // A session of the killed server may answer for a moment more, before it notices.
    await vi.waitFor(async () => {
      expect(await database.migratorTransaction(async () => 'done')).toBe('done');
      expect(running(folder).pid).not.toBe(before.pid);
    }, 10_000);
    await database.close();
    expect(folder.server()).toBeUndefined();
  });
});

describe('serving', () => {
  test('a second serve on the folder is refused by name, and a dead one is not in the way', async () => {
    await using folder = await embeddedFolder('created');
    const first = folder.start('serve');
    await first.said('claimed');
    const second = await folder.start('serve').said('failed');
    expect(second).toContain('already_serving');
    expect(second).toContain(`Process ${first.pid} already serves ${folder.path}`);
    await first.kill();
    const third = folder.start('serve');
    await third.said('claimed');
    await third.leave();
    expect(existsSync(join(folder.path, 'serve.pid'))).toBe(false);
  });
});

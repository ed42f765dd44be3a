import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadReference } from '../src/accounts/load-reference.ts';
import { type Database, openDatabase } from '../src/platform/database.ts';
import { type EmbeddedPostgres, openEmbedded } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';

const node = promisify(execFile);

/** Works that take turns, each in a process of its own on a new copy of one database. */
export type Turns<Work extends string> = {
  /** The bench's own folder, which is gone afterwards. */
  readonly folder: string;
  readonly works: readonly Work[];
  /** Rounds that count, after one that does not. */
  readonly rounds: number;
  /** Called with `WORK FILE URL APP_URL`; prints one JSON document. */
  readonly script: string;
  /** Writes the file that the works are given, into the folder; its path. */
  readonly write: (folder: string) => Promise<string>;
  /** What the database holds besides the reference data. */
  readonly fill?: (database: Database) => Promise<void>;
};

/** What the works printed, by work, round after round. */
export async function takeTurns<Work extends string, Once>(
  it: Turns<Work>,
): Promise<Record<Work, Once[]>> {
  await rm(it.folder, { recursive: true, force: true });
  await mkdir(it.folder, { recursive: true });
  const file = await it.write(it.folder);
  const server = await openFilled(it);
  const found = Object.fromEntries(it.works.map((work) => [work, [] as Once[]]));
  try {
    for (let round = 0; round <= it.rounds; round += 1) {
      for (const work of it.works) {
        const once = await onCopy<Once>(server, `${work}_${round}`, [it.script, work, file]);
        if (round > 0) found[work]?.push(once);
      }
    }
    return found as Record<Work, Once[]>;
  } finally {
    await server.release();
    await rm(it.folder, { recursive: true, force: true });
  }
}

async function openFilled<Work extends string>({ folder, fill }: Turns<Work>) {
  const server = await openEmbedded(join(folder, 'data'));
  const database = await openDatabase(server);
  await migrate(database);
  await loadReference(database);
  await fill?.(database);
  await database.close();
  return server;
}

async function onCopy<Once>(server: EmbeddedPostgres, name: string, words: readonly string[]) {
  const superuser = await openDatabase({ url: server.superuserUrl });
  const named = (url: string) => url.replace('/karkhaneh?', `/${name}?`);
  try {
    const made = `create database ${name} template karkhaneh owner karkhaneh`;
    await superuser.pools.migrator.query(made);
    await superuser.pools.migrator.query('checkpoint');
    const urls = [named(server.url), named(server.appUrl)];
    const { stdout } = await node(process.execPath, [...words, ...urls]);
    await superuser.pools.migrator.query(`drop database ${name} with (force)`);
    process.stderr.write(`${name} ${stdout}`);
    return JSON.parse(stdout) as Once;
  } finally {
    await superuser.close();
  }
}

import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isoToday } from '../src/kit/jalali.ts';
import { type EmbeddedPostgres, openEmbedded } from '../src/platform/embedded-postgres.ts';
import { migrationsFolder } from '../src/platform/migrate.ts';
import { readMigrations } from '../src/platform/migration-files.ts';

/** What a bench fills once and keeps in its folder. */
export type Filling = {
  readonly folder: string;
  readonly rows: number;
  /** The files, by path, that decide what is filled in. */
  readonly files: readonly string[];
  readonly fill: (server: EmbeddedPostgres) => Promise<void>;
};

/** What the filled database depends on: it is made anew when this changes, and kept while it does not. */
async function keyOf({ rows, files }: Filling): Promise<string> {
  const digest = createHash('sha256').update(`${rows} ${isoToday(Date.now()).slice(0, 7)}`);
  for (const { sql } of await readMigrations(migrationsFolder)) digest.update(sql);
  for (const file of files) digest.update(await readFile(file));
  return digest.digest('hex');
}

/** The server of a filled database; filled first where it is not, or was otherwise. */
export async function openFilled(filling: Filling): Promise<EmbeddedPostgres> {
  const { folder, fill } = filling;
  const mark = join(folder, 'filled');
  const key = await keyOf(filling);
  const kept = await readFile(mark, 'utf8').catch(() => '');
  if (kept === key) return openEmbedded(join(folder, 'data'));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const server = await openEmbedded(join(folder, 'data'));
  try {
    await fill(server);
    await writeFile(mark, key);
    return server;
  } catch (error) {
    await server.release();
    throw error;
  }
}

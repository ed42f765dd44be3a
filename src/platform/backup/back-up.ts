import { Readable, type Writable } from 'node:stream';
import { promisify } from 'node:util';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Pack, pack } from 'tar-stream';
import type { Database } from '../database.ts';
import type { Files } from '../files.ts';
import type { KeptKeys } from '../keyring.ts';
import { keysName, type Manifest, manifestName, type Tally, tallyName } from './manifest.ts';
import { type Sealing, seal } from './seal.ts';
import { copyOut, keptTables } from './tables.ts';

/** What a backup holds: a database, the files that its rows name, and the keys that its secrets are sealed with. */
export type Backed = {
  readonly database: Database;
  readonly files: Files;
  readonly keys?: KeptKeys;
};

/** Rows go into the archive in pieces of about so many bytes: its format wants to know each piece's size. */
const pieceBytes = 4 * 1024 * 1024;

/**
 * Writes a sealed backup of everything into `target` while the product runs: all rows as they stood at one
 * moment (one snapshot of the database), then every kept file. A file is kept before the row that names it
 * is committed, so none that the snapshot names is missing.
 * @throws BackupError for keys that do not seal; errors of the database, the files or `target` as they come
 */
export async function backUp(
  backed: Backed,
  target: Writable,
  { sealing, now, version }: { sealing: Sealing; now: Date; version: string },
): Promise<Tally> {
  const archive = pack();
  // The queue of the archive is drained by the sealing, which waits for the disk.
  const written = seal(Readable.from(archive), target, sealing);
  const filled = fill(archive, backed, now, version);
  filled.catch((error) => archive.destroy(error));
  const [tally] = await Promise.all([filled, written]);
  return tally;
}

async function fill(
  archive: Pack,
  { database, files, keys }: Backed,
  now: Date,
  version: string,
): Promise<Tally> {
  const put = entryWriter(archive);
  const rows = await dumpTables(database, put, { version, madeAt: now.toISOString() });
  if (keys) await put(keysName, Buffer.from(await keys.read()));
  let kept = 0;
  for await (const key of files.keys()) {
    await put(`files/${key}`, Buffer.from(await files.getBytes(key)));
    kept += 1;
  }
  const tally: Tally = { rows, files: kept };
  await put(tallyName, Buffer.from(JSON.stringify(tally)));
  archive.finalize();
  return tally;
}

type Put = (name: string, bytes: Buffer) => Promise<void>;

function entryWriter(archive: Pack): Put {
  const write = promisify((name: string, bytes: Buffer, done: (error?: Error | null) => void) =>
    archive.entry({ name, size: bytes.length }, bytes, done),
  );
  return async (name, bytes) => {
    await write(name, bytes);
  };
}

async function dumpTables(
  database: Database,
  put: Put,
  about: Pick<Manifest, 'version' | 'madeAt'>,
): Promise<Record<string, number>> {
  const client = await database.pools.migrator.connect();
  let finished = false;
  try {
    await client.query('begin isolation level repeatable read, read only');
    // Whoever may not see a row gets an error here, not a backup without it.
    await client.query('set local row_security = off');
    const tables = await keptTables(client);
    const { rows: migrations } = await client.query(
      'select name, checksum from schema_migrations order by name',
    );
    const manifest: Manifest = { format: 1, ...about, migrations, tables };
    await put(manifestName, Buffer.from(JSON.stringify(manifest)));
    const counts: Record<string, number> = {};
    for (const table of tables) {
      counts[table.name] = await dumpTable(client, copyOut(table), (piece, bytes) =>
        put(`tables/${table.name}/${piece}`, bytes),
      );
    }
    await client.query('commit');
    finished = true;
    return counts;
  } finally {
    client.release(!finished);
  }
}

/** Sends one table's rows out in pieces that end with a whole row. @returns how many rows */
async function dumpTable(
  client: pg.PoolClient,
  sql: string,
  put: (piece: number, bytes: Buffer) => Promise<void>,
): Promise<number> {
  const stream = client.query(copyTo(sql));
  let held: Buffer[] = [];
  let size = 0;
  let pieces = 0;
  const flush = async () => {
    if (size === 0) return;
    await put(pieces, Buffer.concat(held));
    pieces += 1;
    held = [];
    size = 0;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    held.push(chunk);
    size += chunk.length;
    if (size >= pieceBytes) await flush();
  }
  await flush();
  return stream.rowCount;
}

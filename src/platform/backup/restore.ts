import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { extract, type Header } from 'tar-stream';
import Value from 'typebox/value';
import type { Database } from '../database.ts';
import { migrate, migrationsFolder } from '../migrate.ts';
import { readMigrations } from '../migration-files.ts';
import type { Backed } from './back-up.ts';
import { keysName, Manifest, manifestName, Tally, tallyName } from './manifest.ts';
import { BackupError, type Opening, unseal } from './seal.ts';
import { copyIn, type KeptTable, keptTables, openTables } from './tables.ts';

/** What was found in a backup. */
export type Restored = { readonly manifest: Manifest; readonly tally: Tally };

/**
 * Puts a backup into an empty database and an empty store of files, all of it or nothing: rows come in one
 * transaction, after the migrations that the backup knows and before those that are newer. Whoever calls
 * has made sure that nothing is there.
 * @param folder the migrations; the product's own unless a test says otherwise
 * @throws BackupError for a wrong key, a damaged or cut-off file, or a backup newer than this code
 */
export async function restore(
  { database, files, keys }: Backed,
  sealed: Readable,
  opening: Opening,
  folder: string = migrationsFolder,
): Promise<Restored> {
  const put: string[] = [];
  let brought: string | undefined;
  try {
    const restored = await readArchive(await unseal(sealed, opening), {
      begin: (manifest) => beginRows(database, manifest, folder),
      keys: (text) => {
        keys?.check(text);
        brought = text;
      },
      file: async (key, bytes) => {
        await files.putAt(key, bytes);
        put.push(key);
      },
    });
    if (brought !== undefined) await keys?.adopt(brought);
    await migrate(database, folder);
    return restored;
  } catch (error) {
    await Promise.all(put.map((key) => files.delete(key).catch(() => {})));
    throw error;
  }
}

/** Reads a backup to its end and keeps nothing: whether it is whole, and what is in it. @throws BackupError */
export async function verifyBackup(sealed: Readable, opening: Opening): Promise<Restored> {
  return readArchive(await unseal(sealed, opening), {
    begin: async () => {
      const rows: Record<string, number> = {};
      return {
        row: async (table, bytes) => {
          // COPY's text form ends each row with the only plain line feed there is.
          for (const byte of bytes) if (byte === 0x0a) rows[table] = (rows[table] ?? 0) + 1;
        },
        end: async () => rows,
        undo: async () => {},
      };
    },
    keys: () => {},
    file: async () => {},
  });
}

/** What takes the rows: pieces of one table follow one another. */
type Rows = {
  readonly row: (table: string, bytes: Buffer) => Promise<void>;
  /** All rows came: how many each table took. Nothing is committed before. */
  readonly end: (tally: Tally) => Promise<Record<string, number>>;
  readonly undo: () => Promise<void>;
};
type Takers = {
  readonly begin: (manifest: Manifest) => Promise<Rows>;
  /** What the secrets among the rows are sealed with; throws when it cannot be kept here. */
  readonly keys: (text: string) => void;
  readonly file: (key: string, bytes: Buffer) => Promise<void>;
};

async function readArchive(plain: Readable, takers: Takers): Promise<Restored> {
  const reading = new ArchiveReading(takers);
  const entries = plain.pipe(extract());
  plain.on('error', (error) => entries.destroy(error));
  try {
    for await (const entry of entries) await reading.take(entry.header, await buffer(entry));
    return await reading.end();
  } catch (error) {
    await reading.undo();
    if (error instanceof BackupError) throw error;
    throw new BackupError(`The backup could not be put in: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

class ArchiveReading {
  readonly #takers: Takers;
  #manifest: Manifest | undefined;
  #rows: Rows | undefined;
  #tally: Tally | undefined;
  #files = 0;

  constructor(takers: Takers) {
    this.#takers = takers;
  }

  async take({ name }: Header, bytes: Buffer): Promise<void> {
    if (name === manifestName) {
      this.#manifest = Value.Parse(Manifest, JSON.parse(bytes.toString()));
      this.#rows = await this.#takers.begin(this.#manifest);
      return;
    }
    const [kind, of = ''] = name.split('/');
    if (name === tallyName) this.#tally = Value.Parse(Tally, JSON.parse(bytes.toString()));
    else if (name === keysName) this.#takers.keys(bytes.toString());
    else if (kind === 'tables' && this.#rows) await this.#rows.row(of, bytes);
    else if (kind === 'files') {
      await this.#takers.file(of, bytes);
      this.#files += 1;
    }
  }

  /** Everything came, and as much as the backup said. @throws BackupError */
  async end(): Promise<Restored> {
    if (!this.#manifest || !this.#rows || !this.#tally) {
      throw new BackupError('The backup was cut off: its last part is missing.');
    }
    const tally = this.#tally;
    if (tally.files !== this.#files) {
      throw new BackupError(`The backup says ${tally.files} files and holds ${this.#files}.`);
    }
    const rows = await this.#rows.end(tally);
    for (const [table, said] of Object.entries(tally.rows)) {
      if ((rows[table] ?? 0) !== said) {
        throw new BackupError(`${table}: the backup says ${said} rows and holds ${rows[table]}.`);
      }
    }
    return { manifest: this.#manifest, tally };
  }

  async undo(): Promise<void> {
    await this.#rows?.undo();
  }
}

/** Runs the migrations that the backup knows, and takes its rows in one transaction. */
async function beginRows(database: Database, manifest: Manifest, folder: string): Promise<Rows> {
  await refuseNewer(manifest, folder);
  await migrate(database, folder, manifest.migrations.at(-1)?.name);
  const client = await database.pools.migrator.connect();
  await client.query('begin');
  // Where the tables are spread already, keys and rows of one transaction go to the nodes one after the other.
  await client.query("set local citus.multi_shard_modify_mode = 'sequential'");
  const tables = await keptTables(client);
  refuseOtherTables(manifest, tables);
  return new RowTaking(client, manifest, await openTables(client, tables));
}

/** @throws BackupError when this code lacks, or has changed, a migration that the backup had run */
async function refuseNewer({ migrations, version }: Manifest, folder: string): Promise<void> {
  const own = new Map((await readMigrations(folder)).map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of migrations) {
    if (own.get(name) === checksum) continue;
    throw new BackupError(
      `The backup was made by version ${version} with ${name}.sql, which this version ` +
        `${own.has(name) ? 'has otherwise' : 'does not have'}. Restore it with that version or a newer one.`,
    );
  }
}

function refuseOtherTables(manifest: Manifest, tables: readonly KeptTable[]): void {
  const known = new Map(tables.map(({ name, columns }) => [name, new Set(columns)]));
  for (const { name, columns } of manifest.tables) {
    const own = known.get(name);
    if (own && columns.every((column) => own.has(column))) continue;
    throw new BackupError(`${name} of the backup does not fit the table that is here.`);
  }
}

class RowTaking implements Rows {
  readonly #client: pg.PoolClient;
  readonly #tables: ReadonlyMap<string, KeptTable>;
  readonly #closeTables: () => Promise<void>;
  readonly #counts: Record<string, number> = {};
  #now: { readonly table: string; readonly stream: Writable & { rowCount: number } } | undefined;
  #open = true;

  constructor(client: pg.PoolClient, { tables }: Manifest, closeTables: () => Promise<void>) {
    this.#client = client;
    this.#tables = new Map(tables.map((table) => [table.name, table]));
    this.#closeTables = closeTables;
  }

  async row(table: string, bytes: Buffer): Promise<void> {
    if (this.#now?.table !== table) {
      await this.#endTable();
      const kept = this.#tables.get(table);
      if (!kept) throw new BackupError(`${table} is not one of the backup's tables.`);
      const stream = this.#client.query(copyFrom(copyIn(kept)));
      stream.on('error', () => {}); // whoever writes or ends it hears of it
      this.#now = { table, stream };
    }
    const { stream } = this.#now;
    if (stream.errored) throw stream.errored;
    if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), finished(stream)]);
  }

  async end(): Promise<Record<string, number>> {
    await this.#endTable();
    await this.#closeTables();
    await this.#client.query('commit');
    this.#open = false;
    this.#client.release();
    return this.#counts;
  }

  async undo(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#now?.stream.destroy();
    // Closing the session rolls everything back, whatever state its COPY is in.
    this.#client.release(true);
  }

  async #endTable(): Promise<void> {
    if (!this.#now) return;
    const { table, stream } = this.#now;
    stream.end();
    await finished(stream);
    this.#counts[table] = stream.rowCount;
    this.#now = undefined;
  }
}

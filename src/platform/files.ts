import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, Readable, type Transform } from 'node:stream';
import { Disk, type DriveDirectory, type DriveFile } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import type { Config } from './config.ts';
import { openKeyring } from './keyring.ts';
import { bytesOf, isSealedNewly, openStream, sealStream } from './sealed-file.ts';

/**
 * Kept files: bytes by key. The file's own name, type and owner are rows of the database; the key
 * is a UUID, so no name from outside ever becomes a path.
 */
export interface Files {
  /** Keeps the bytes and returns their new key. */
  put(contents: Uint8Array | Readable): Promise<string>;
  /** Keeps the bytes under a key that {@link Files.keys} of another store gave: a restore. */
  putAt(key: string, contents: Uint8Array): Promise<void>;
  /** The keys of everything that is kept, in no order. */
  keys(): AsyncIterable<string>;
  /** The bytes as a stream; rejects when there is no such file. */
  getStream(key: string): Promise<Readable>;
  /** The bytes at once. */
  getBytes(key: string): Promise<Uint8Array>;
  exists(key: string): Promise<boolean>;
  /** Whether the newest of the house's keys sealed it. */
  isSealedNewly(key: string): Promise<boolean>;
  /** Removes the file; removing one that is not there is fine. */
  delete(key: string): Promise<void>;
}

/** Where files are kept and what they are sealed with. */
type FilesConfig = Pick<Config, 'dataFolder' | 's3'> & Partial<Pick<Config, 'encryptionKeys'>>;

/**
 * Opens the local folder `<data>/files`, or the S3-compatible storage that is configured. Every file is sealed
 * as it goes in and opened as it comes out; files of before that are read as they are.
 */
export async function openFiles(config: FilesConfig): Promise<Files> {
  const { dataFolder, encryptionKeys } = config;
  const disk = config.s3 ? await s3Disk(config.s3) : await folderDisk(dataFolder);
  const keyring = await openKeyring({ dataFolder, encryptionKeys });
  const write = (key: string, contents: Readable) =>
    disk.putStream(path(key), piped(contents, sealStream(keyring, key)));
  const read = async (key: string) =>
    piped(await disk.getStream(path(key)), openStream(keyring, key));
  return {
    async put(contents) {
      const key = randomUUID();
      await write(key, contents instanceof Uint8Array ? Readable.from([contents]) : contents);
      return key;
    },
    putAt: (key, contents) => write(key, Readable.from([contents])),
    keys: () => keysOf(disk),
    getStream: read,
    getBytes: async (key) => bytesOf(await read(key)),
    isSealedNewly: async (key) =>
      isSealedNewly(keyring, await headOf(await disk.getStream(path(key)))),
    exists: async (key) => disk.exists(path(key)),
    delete: async (key) => disk.delete(path(key)),
  };
}

/** What goes wrong at either end is heard of at the other. */
function piped(from: Readable, through: Transform): Transform {
  return pipeline(from, through, () => {});
}

/** The first bytes of a stream, which is then let go. */
async function headOf(stream: Readable): Promise<Buffer> {
  for await (const part of stream) return part as Buffer;
  return Buffer.alloc(0);
}

/** Two levels of folders, so that none of them holds a million entries. */
function path(key: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)) {
    throw new RangeError('A file is kept under a UUID.');
  }
  return `${key.slice(0, 2)}/${key}`;
}

/** One folder of the first level after another, so that no list is longer than a 256th of all. */
async function* keysOf(disk: Disk): AsyncGenerator<string> {
  for (const folder of await listed(disk, '')) {
    if (folder.isFile) continue;
    for (const file of await listed(disk, folder.prefix)) if (file.isFile) yield file.name;
  }
}

async function listed(disk: Disk, prefix: string) {
  const found: (DriveFile | DriveDirectory)[] = [];
  let paginationToken: string | undefined;
  do {
    const page = await disk.listAll(prefix, paginationToken ? { paginationToken } : {});
    found.push(...page.objects);
    paginationToken = page.paginationToken;
  } while (paginationToken);
  return found;
}

async function folderDisk(dataFolder: string): Promise<Disk> {
  const location = join(dataFolder, 'files');
  await mkdir(location, { recursive: true, mode: 0o700 });
  return new Disk(new FSDriver({ location, visibility: 'private' }));
}

/** The S3 client is large: loaded only where it is used. */
async function s3Disk(s3: NonNullable<Config['s3']>): Promise<Disk> {
  const { S3Driver } = await import('flydrive/drivers/s3');
  return new Disk(
    new S3Driver({
      bucket: s3.bucket,
      region: s3.region,
      credentials: { accessKeyId: s3.accessKeyId, secretAccessKey: s3.secretAccessKey },
      ...(s3.endpoint ? { endpoint: s3.endpoint, forcePathStyle: true } : {}),
      visibility: 'private',
      supportsACL: false,
    }),
  );
}

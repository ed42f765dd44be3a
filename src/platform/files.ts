import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Disk, type DriveDirectory, type DriveFile } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import type { Config } from './config.ts';

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
  /** Removes the file; removing one that is not there is fine. */
  delete(key: string): Promise<void>;
}

/** Opens the local folder `<data>/files`, or the S3-compatible storage that is configured. */
export async function openFiles(config: Pick<Config, 'dataFolder' | 's3'>): Promise<Files> {
  const disk = config.s3 ? await s3Disk(config.s3) : await folderDisk(config.dataFolder);
  return {
    async put(contents) {
      const key = randomUUID();
      if (contents instanceof Uint8Array) await disk.put(path(key), contents);
      else await disk.putStream(path(key), contents);
      return key;
    },
    putAt: async (key, contents) => disk.put(path(key), contents),
    keys: () => keysOf(disk),
    getStream: async (key) => disk.getStream(path(key)),
    getBytes: async (key) => disk.getBytes(path(key)),
    exists: async (key) => disk.exists(path(key)),
    delete: async (key) => disk.delete(path(key)),
  };
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

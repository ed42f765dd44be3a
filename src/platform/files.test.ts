import { copyFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Files, openFiles } from './files.ts';
import { addKey } from './keyring.ts';

let dataFolder: string;
let files: Files;
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'karkhaneh-files-'));
  files = await openFiles({ dataFolder, s3: undefined });
});
afterAll(() => rm(dataFolder, { recursive: true }));

test('bytes and streams come back as they went in', async () => {
  const bytes = Buffer.from('مشاغل خانگی');
  const key = await files.put(bytes);
  expect(Buffer.from(await files.getBytes(key))).toEqual(bytes);
  const streamed = await files.put(Readable.from([bytes, bytes]));
  expect(await buffer(await files.getStream(streamed))).toEqual(Buffer.concat([bytes, bytes]));
});

test('a deleted file is gone, and deleting it again is fine', async () => {
  const key = await files.put(Buffer.from('x'));
  expect(await files.exists(key)).toBe(true);
  await files.delete(key);
  await files.delete(key);
  expect(await files.exists(key)).toBe(false);
  await expect(files.getBytes(key)).rejects.toThrow();
});

test.each(['../password', 'a.xlsx', '', '/etc/passwd'])('«%s» is no key', async (key) => {
  await expect(files.getBytes(key)).rejects.toThrow(RangeError);
});

test("the folder is for the product's own user alone", async () => {
  expect((await stat(join(dataFolder, 'files'))).mode & 0o777).toBe(0o700);
});

const onDisk = (key: string) => join(dataFolder, 'files', key.slice(0, 2), key);

test('nothing of a file can be read from the disk, and each lies there under its own name only', async () => {
  const text = 'نام و کد ملی کسی '.repeat(20_000);
  const key = await files.put(Readable.from([Buffer.from(text)]));
  const bytes = await readFile(onDisk(key));
  expect(bytes.includes('کد ملی')).toBe(false);
  expect(await buffer(await files.getStream(key))).toEqual(Buffer.from(text));
  const other = await files.put(Buffer.from('x'));
  await copyFile(onDisk(key), onDisk(other));
  await expect(files.getBytes(other)).rejects.toThrow();
});

test.each([
  ['changed', async (path: string, bytes: Buffer) => writeFile(path, bytes.fill(1, 200, 201))],
  ['cut short', async (path: string, bytes: Buffer) => truncate(path, bytes.length - 1)],
  ['cut to its head', async (path: string) => truncate(path, 40)],
])('a file that was %s is not given out as whole', async (_how, harm) => {
  const key = await files.put(Buffer.alloc(100_000, 7));
  await harm(onDisk(key), await readFile(onDisk(key)));
  await expect(files.getBytes(key)).rejects.toThrow();
});

test('files of before are read as they are, an empty and a tiny one too', async () => {
  for (const text of ['from before', '', 'KH']) {
    const key = await files.put(Buffer.from('x'));
    await writeFile(onDisk(key), text);
    expect(String(await files.getBytes(key))).toBe(text);
    expect(await files.isSealedNewly(key)).toBe(false);
    await files.putAt(key, await files.getBytes(key));
    expect(await files.isSealedNewly(key)).toBe(true);
    expect(String(await files.getBytes(key))).toBe(text);
  }
});

test('after a new key, older files still open, and are sealed anew', async () => {
  const key = await files.put(Buffer.from('x'));
  await addKey({ dataFolder, encryptionKeys: undefined });
  const later = await openFiles({ dataFolder, s3: undefined });
  expect([await later.isSealedNewly(key), String(await later.getBytes(key))]).toEqual([false, 'x']);
  await later.putAt(key, await later.getBytes(key));
  expect([await later.isSealedNewly(key), String(await later.getBytes(key))]).toEqual([true, 'x']);
});

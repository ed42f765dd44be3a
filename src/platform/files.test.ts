import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Files, openFiles } from './files.ts';

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

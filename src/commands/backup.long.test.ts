import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { demonstrationDatabase } from '../../test/demonstration.ts';
import { embeddedFolder } from '../../test/embedded-folder.ts';
import { repositoryFolder } from '../platform/config.ts';
import { openFiles } from '../platform/files.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Runs the product's command; gives its status, its document and what it said. */
async function run(env: Env, ...words: string[]) {
  const child = spawn(join(repositoryFolder, 'bin/karkhaneh'), [...words, '--json'], {
    env: { ...process.env, DATABASE_URL: undefined, LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, said, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { status, said, body: status === 0 ? JSON.parse(out) : null };
}

const period = ['--province', '04', '--from', '1400-01-01', '--to', '1401-03-31'];
const asOf = ['--as-of', '2022-06-22T00:00:00Z'];
const figures = async (env: Env) => [
  (await run(env, 'figures', ...period, ...asOf, '--by', 'agency')).body,
  (await run(env, 'figures', ...period, ...asOf, '--by', 'county')).body,
];

test('the demonstration, backed up and restored on an empty machine, is the same to the last figure and file', async () => {
  await using database = await demonstrationDatabase();
  await using there = await embeddedFolder('created');
  await using here = await embeddedFolder('created');
  const files = await openFiles({ dataFolder: here.path, s3: undefined });
  const kept = await files.put(Buffer.from('a document'));
  const from = { DATABASE_URL: database.url, KARKHANEH_DATA: here.path };
  const to = { KARKHANEH_DATA: there.path };
  const [key, backup] = [join(here.path, 'key'), join(here.path, 'karkhaneh.backup')];
  const { recipient } = (await run(from, 'backup', key, '--new-key')).body;
  const made = await run(from, 'backup', backup, '--recipient', recipient);
  expect(made).toMatchObject({ status: 0, body: { files: 1 } });
  const verified = await run(to, 'restore', backup, '--key-file', key, '--verify');
  expect(verified.body).toMatchObject({ rows: made.body.rows, files: 1, differences: null });
  const restored = await run(to, 'restore', backup, '--key-file', key);
  expect(restored.said).toBe('');
  expect(restored.body).toMatchObject({ rows: made.body.rows, files: 1, differences: 0 });
  expect(await figures(to)).toEqual(await figures(from));
  const come = await openFiles({ dataFolder: there.path, s3: undefined });
  expect(Buffer.from(await come.getBytes(kept)).toString()).toBe('a document');
  const again = await run(to, 'restore', backup, '--key-file', key);
  expect([again.status, again.said]).toEqual([2, expect.stringContaining('not empty')]);
}, 300_000);

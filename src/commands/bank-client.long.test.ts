import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askToken } from '../../test/bank-client.ts';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { repositoryFolder } from '../platform/config.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** Runs the command as an administrator would; gives its status, and what it printed. */
async function run(...words: string[]) {
  const command = join(repositoryFolder, 'bin/karkhaneh');
  const child = spawn(command, ['bank-client', ...words, '--json'], {
    env: { ...process.env, DATABASE_URL: house.database.url, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, said, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { status, said, body: status === 0 ? JSON.parse(out) : null };
}

test('a client that the command makes gets a token until the command ends it', async () => {
  const made = await run('create', '--bank', 'MELLAT', '--scope', 'referrals.read');
  expect(made).toMatchObject({ status: 0, body: { scopes: ['referrals.read'] } });
  const { clientId, secret } = made.body;
  const ask = () => askToken(house, clientId, secret);
  expect(await ask()).toMatchObject({ status: 200, body: { scope: 'referrals.read' } });
  const [known] = (await run('list')).body.clients;
  expect(known).toMatchObject({ clientId, bankId: 'MELLAT', revokedAt: null });
  expect(JSON.stringify(known)).not.toContain(secret);
  expect((await run('revoke', clientId)).body).toEqual({ clientId, revoked: true });
  expect((await ask()).status).toBe(401);
}, 180_000);

test('what is missing or unknown is said, with the status of wrong usage', async () => {
  const all = ['create', '--bank', 'MELLAT', '--scope', 'all'];
  const wrong = [['create'], all, ['create', '--bank', 'NOBODY'], ['revoke'], ['tell']];
  const answers = await Promise.all(wrong.map((words) => run(...words)));
  expect(answers.map(({ status }) => status)).toEqual([2, 2, 2, 2, 2]);
  expect(answers.map(({ said }) => said).join()).toContain('--bank is needed');
}, 180_000);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { generate } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUp, restore } from '../src/platform/backup/index.ts';
import type { Config } from '../src/platform/config.ts';
import { type Files, openFiles } from '../src/platform/files.ts';
import { keptKeys, openKeyring } from '../src/platform/keyring.ts';
import { emptyDatabase, type TestDatabase } from './database.ts';
import { type Reply, type TestHouse, testHouse } from './house.ts';
import { holding, openStaff, ownPassword } from './staff-account.ts';

/** A machine of its own: a data folder, with keys that no other has. */
type Machine = {
  readonly config: Pick<Config, 'dataFolder' | 's3' | 'encryptionKeys'>;
  readonly files: Files;
};

const folders: string[] = [];
const open: { close(): Promise<unknown> }[] = [];
const noon = '2022-06-22T08:00:00Z';

async function makeMachine(encryptionKeys?: string): Promise<Machine> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'karkhaneh-moved-'));
  folders.push(dataFolder);
  const config = { dataFolder, s3: undefined, encryptionKeys };
  return { config, files: await openFiles(config) };
}

async function houseOn({ config }: Machine, database?: TestDatabase): Promise<TestHouse> {
  const keyring = await openKeyring(config);
  const house = await testHouse(noon, true, { keyring, ...(database ? { database } : {}) });
  open.push(house);
  return house;
}

let from: Machine;
let house: TestHouse;
let secret: string;
let recovery: string;
let kept: string;
let backup: Buffer;
const identity = await generateIdentity();

const signIn = (it: TestHouse): Promise<Reply> =>
  it.nobody.post('/api/session', { username: 'o.yek', password: ownPassword });
const codeAt = (seconds: number) =>
  generate({ secret, epoch: Math.floor(Date.parse(noon) / 1000) + seconds });

beforeAll(async () => {
  from = await makeMachine();
  house = await houseOn(from);
  await openStaff(house, 'o.yek', 'officer');
  const half = holding(house, await signIn(house));
  const begun = (await half.post('/api/my/factors/totp', {})).body;
  secret = begun.secret;
  const shown = { factor: begun.factor, code: await codeAt(0) };
  recovery = (await half.post('/api/my/factors/totp/confirm', shown)).body.recoveryCodes[0];
  kept = await from.files.put(Buffer.from('شناسنامه'));
  backup = await sealed();
});
afterAll(async () => {
  for (const one of open) await one.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function sealed(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const target = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  const sealing = { recipients: [await identityToRecipient(identity)] };
  const backed = { database: house.database, files: from.files, keys: keptKeys(from.config) };
  await backUp(backed, target, { sealing, now: new Date(noon), version: '0.1.0' });
  return Buffer.concat(pieces);
}

async function moveTo({ config, files }: Machine): Promise<TestDatabase> {
  const database = await emptyDatabase();
  open.push(database);
  const there = { database, files, keys: keptKeys(config) };
  await restore(there, Readable.from([backup]), { identity });
  return database;
}

test('on another machine files open, authenticator apps and recovery codes go on', async () => {
  const there = await makeMachine();
  const own = await keptKeys(there.config).read();
  const database = await moveTo(there);
  expect(Buffer.from(await there.files.getBytes(kept)).toString()).toBe('شناسنامه');

  const keys = await keptKeys(there.config).read();
  // The new machine's own key seals; the old ones only open.
  expect(keys).toBe(`${own}${await keptKeys(from.config).read()}`);
  const moved = await houseOn(there, database);
  moved.clock.moveTo(new Date(Date.parse(noon) + 60_000));
  const half = holding(moved, await signIn(moved));
  const second = await half.post('/api/session/second', { code: await codeAt(60) });
  expect(second.status, JSON.stringify(second.body)).toBe(200);
  expect((await holding(moved, second).get('/api/cases')).status).toBe(200);
  const other = holding(moved, await signIn(moved));
  expect((await other.post('/api/session/second', { code: recovery })).status).toBe(200);
});

test('where the environment holds the keys, those of the backup have to be among them', async () => {
  const own = await keptKeys((await makeMachine()).config).read();
  const [id = ''] = (await keptKeys(from.config).read()).split(':');
  await expect(moveTo(await makeMachine(own))).rejects.toThrow(id);
  const both = `${own}${await keptKeys(from.config).read()}`;
  const there = await makeMachine(both);
  await moveTo(there);
  expect(await keptKeys(there.config).read()).toBe(both);
});

test('the keys of a backup are sealed as the rest of it', async () => {
  const keys = await keptKeys(from.config).read();
  const [, key = ''] = keys.trim().split(':');
  expect(backup.includes(key)).toBe(false);
  expect(backup.includes(Buffer.from(key, 'base64'))).toBe(false);
});

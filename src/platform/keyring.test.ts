import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addKey, keyringOf, makeKey, openKeyring } from './keyring.ts';

const secret = Buffer.from('کد ملی');

test('what is sealed opens again, for its purpose and unchanged only', () => {
  const keyring = keyringOf([makeKey()]);
  const sealed = keyring.seal('a', secret);
  expect(sealed.includes(secret)).toBe(false);
  expect(keyring.open('a', sealed)).toEqual(secret);
  expect(() => keyring.open('b', sealed)).toThrow();
  for (const at of [0, 9, 21, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => keyring.open('a', changed), `byte ${at}`).toThrow();
  }
  expect(() => keyringOf([makeKey()]).open('a', sealed)).toThrow(/key that this house/);
});

test('a new key in front seals; the old one still opens and finds', () => {
  const old = makeKey();
  const before = keyringOf([old]);
  const sealed = before.seal('a', secret);
  const after = keyringOf([makeKey(), old]);
  expect(after.open('a', sealed)).toEqual(secret);
  expect([before.isCurrent(sealed), after.isCurrent(sealed)]).toEqual([true, false]);
  expect(after.isCurrent(after.seal('a', secret))).toBe(true);
  expect(after.digests('a', 'x')).toContainEqual(before.digests('a', 'x')[0]);
  expect(after.digests('a', 'x')).not.toContainEqual(before.digests('b', 'x')[0]);
});

test('the data folder keeps its keys to itself, and a new one is put in front', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'keys-'));
  const config = { dataFolder, encryptionKeys: undefined };
  try {
    const [one, two] = await Promise.all([openKeyring(config), openKeyring(config)]);
    const sealed = one.seal('a', secret);
    expect(two.open('a', sealed)).toEqual(secret);
    expect((await stat(join(dataFolder, 'keys'))).mode & 0o777).toBe(0o600);
    const added = await addKey(config);
    expect([added.isCurrent(sealed), added.open('a', sealed).equals(secret)]).toEqual([
      false,
      true,
    ]);
    expect((await readFile(join(dataFolder, 'keys'), 'utf8')).trim().split('\n')).toHaveLength(2);
  } finally {
    await rm(dataFolder, { recursive: true });
  }
});

test('keys of the environment are read, refused when they are none, and not changed here', async () => {
  const key = `0a1b2c3d:${Buffer.alloc(32, 7).toString('base64')}`;
  const config = { dataFolder: '/nowhere', encryptionKeys: key };
  const keyring = await openKeyring(config);
  expect(keyring.open('a', keyring.seal('a', secret))).toEqual(secret);
  await expect(addKey(config)).rejects.toThrow('ENCRYPTION_KEYS');
  for (const encryptionKeys of ['x', '0a1b2c3d:short', '']) {
    await expect(openKeyring({ ...config, encryptionKeys })).rejects.toThrow('ENCRYPTION_KEYS');
  }
});

import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdtempSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { embeddedFolder } from '../../test/embedded-folder.ts';
import { openDataFolder, sharedPlace } from './data-folder.ts';
import { openEmbedded } from './embedded-postgres.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { canReach, serverAccount } from './server-account.ts';

const isRoot = process.geteuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };
const account = { ...nobody, switches: true, ownsData: false };

function uidOf(pid: number): number {
  return statSync(`/proc/${pid}`).uid;
}

if (isRoot) {
  test("root's server runs as an unprivileged user", async () => {
    await using folder = await embeddedFolder('created');
    const embedded = await openEmbedded(folder.path);
    expect(uidOf(folder.server()?.pid ?? 0)).toBe(serverAccount(folder.path).uid);
    expect(uidOf(folder.server()?.pid ?? 0)).not.toBe(0);
    expect(statSync(join(folder.path, 'password')).mode & 0o777).toBe(0o600);
    await embedded.release();
  });

  test('an ordinary user can do all of it, in a folder of their own', async () => {
    await using folder = await embeddedFolder('empty', nobody);
    const user = folder.start('hold', nobody);
    await user.said('ready');
    expect(uidOf(folder.server()?.pid ?? 0)).toBe(nobody.uid);
    await user.leave();
    expect(folder.server()).toBeUndefined();
  });

  test("root in somebody's folder leaves it theirs", async () => {
    await using folder = await embeddedFolder('empty', nobody);
    const embedded = await openEmbedded(folder.path);
    const user = folder.start('hold', nobody);
    await user.said('ready');
    await embedded.release();
    expect(folder.server()).toBeDefined();
    await user.leave();
    expect(folder.server()).toBeUndefined();
  });

  test("an ordinary user is told that root's folder is not theirs", async () => {
    await using folder = await embeddedFolder('created');
    const refused = await folder.start('hold', nobody).said('failed');
    expect(refused).toContain('data_folder_denied');
    expect(refused).toContain('KARKHANEH_DATA');
  });

  test("in root's home the server's folder is made where its user can go", async () => {
    const home = mkdtempSync(join(tmpdir(), 'karkhaneh-home-'));
    chmodSync(home, 0o700);
    const data = join(home, 'clone', '.data');
    const embedded = await openEmbedded(data);
    const link = join(data, 'postgres');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    const target = readlinkSync(link);
    expect(dirname(target)).toBe(sharedPlace);
    await embedded.release();
    const again = await openEmbedded(data);
    expect(readlinkSync(link)).toBe(target);
    await again.release();
    rmSync(target, { recursive: true });
    expect(() => openDataFolder(data)).toThrow(/which is gone/);
    rmSync(home, { recursive: true });
  });
} else {
  test('the server runs as the user who started it', async () => {
    await using folder = await embeddedFolder('created');
    const embedded = await openEmbedded(folder.path);
    expect(uidOf(folder.server()?.pid ?? 0)).toBe(process.geteuid?.());
    await embedded.release();
  });

  test('a folder that cannot be written is named, with what to do', () => {
    const sealed = mkdtempSync(join(tmpdir(), 'karkhaneh-sealed-'));
    chmodSync(sealed, 0o500);
    expect(() => openDataFolder(join(sealed, 'data'))).toThrow(EmbeddedPostgresError);
    rmSync(sealed, { recursive: true });
  });
}

test('reaching a path takes passing through every folder above it', () => {
  const home = mkdtempSync(join(tmpdir(), 'karkhaneh-reach-'));
  execFileSync('mkdir', ['-p', join(home, 'a/b')]);
  chmodSync(home, 0o711);
  expect(canReach(join(home, 'a/b'), account)).toBe(true);
  chmodSync(home, 0o700);
  expect(canReach(join(home, 'a/b'), { ...account, uid: 12345, gid: 12345 })).toBe(false);
  expect(canReach(join(home, 'a/b'), { ...account, switches: false })).toBe(true);
  rmSync(home, { recursive: true });
});

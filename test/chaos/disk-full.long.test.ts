import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { buildPages } from '../e2e/pages.ts';
import { type Desk, type Heard, oneCase, signInDesk } from './clerks.ts';
import { furnish, openHouse } from './furnish.ts';
import { expectEachOnce } from './kept.ts';
import { openMachine } from './machine.ts';

const run = promisify(execFile);

/** Takes every byte that is left. */
async function fill(file: string): Promise<void> {
  const piece = Buffer.alloc(1 << 20);
  for (let size = piece.length; size >= 4096; size /= 4) {
    const full = await append(file, piece.subarray(0, size));
    expect(full).toBe('ENOSPC');
  }
}

async function append(file: string, piece: Buffer): Promise<string | undefined> {
  for (let turn = 0; turn < 4096; turn += 1) {
    try {
      await writeFile(file, piece, { flag: 'a' });
    } catch (error) {
      return (error as { code?: string }).code;
    }
  }
  return undefined;
}

/** Does something on a disk of 320 MB that is its own. */
async function onDisk(work: (disk: string, log: string) => Promise<void>): Promise<void> {
  const around = await mkdtemp(join(tmpdir(), 'karkhaneh-full-'));
  const disk = join(around, 'disk');
  await run('mkdir', ['-m', '755', disk]);
  await run('chmod', ['755', around]);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=320m,mode=755', 'tmpfs', disk]);
  try {
    await work(disk, join(around, 'log'));
  } finally {
    await run('umount', ['-l', disk]);
    await rm(around, { recursive: true, force: true });
  }
}

/** Four desks work while the disk fills up, until enough was refused; then there is room again. */
async function workThrough(base: string, disk: string, who: Desk, heard: Heard): Promise<void> {
  const filler = join(disk, 'filler');
  await fill(filler);
  let refused = 0;
  const working = [1, 2, 3, 4].map(async () => {
    while (refused < 12) await oneCase(base, who, heard, () => (refused += 1));
  });
  while (refused < 12) await sleep(50);
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  await rm(filler);
  await Promise.all(working);
}

async function onFullDisk(disk: string, log: string): Promise<void> {
  const folder = join(disk, 'data');
  await furnish(folder);
  const machine = await openMachine(folder, log, {});
  try {
    await machine.start();
    const heard: Heard = { acknowledged: [], failures: [] };
    const who = await signInDesk(machine.base);
    await oneCase(machine.base, who, heard);
    expect(heard.acknowledged).toHaveLength(4);
    await workThrough(machine.base, disk, who, heard);
    const before = heard.acknowledged.length;
    await oneCase(machine.base, who, heard);
    expect(heard.acknowledged).toHaveLength(before + 4);
    expect(heard.failures).toEqual([]);
    const database = await openHouse(folder);
    await expectEachOnce(database, heard).finally(() => database.close());
    const checked = await machine.command('check', '--json');
    expect(JSON.parse(checked.text)).toMatchObject({ differences: 0 });
    expect(await readFile(log, 'utf8')).not.toMatch(/uncaught|unhandled/i);
  } finally {
    await machine.stop();
  }
}

// Only root may mount a disk of a size of its own.
test.runIf(process.getuid?.() === 0)(
  'a full disk refuses, loses nothing that was acknowledged, and is over when there is room',
  async () => {
    await buildPages();
    await onDisk(onFullDisk);
  },
  300_000,
);

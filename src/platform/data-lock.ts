import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './database-errors.ts';

/** A held lock; the kernel frees it when the process dies, however it dies. */
export interface DataLock {
  release(): Promise<void>;
}

/**
 * Takes the named lock of a data folder, or returns undefined when another process holds it.
 *
 * The lock is a socket in Linux's abstract namespace, named by the folder's device and inode. A
 * lock file would outlive `kill -9` and need guessing about the pid in it; this cannot be stale.
 */
export async function tryDataLock(dataFolder: string, name: string): Promise<DataLock | undefined> {
  const { dev, ino } = await stat(dataFolder);
  const server = net.createServer((socket) => socket.destroy());
  server.listen({ path: `\0karkhaneh:${name}:${dev}:${ino}` });
  try {
    await once(server, 'listening');
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') return undefined;
    throw error;
  }
  server.unref();
  return {
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Runs `work` while holding the named lock; waits up to `waitMs` for whoever has it. */
export async function withDataLock<T>(
  dataFolder: string,
  name: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const lock = await tryDataLock(dataFolder, name);
    if (lock) {
      try {
        return await work();
      } finally {
        await lock.release();
      }
    }
    if (performance.now() > deadline) {
      throw new Error(`Another process has kept the lock «${name}» of ${dataFolder} too long.`);
    }
    await sleep(10 + Math.random() * 30);
  }
}

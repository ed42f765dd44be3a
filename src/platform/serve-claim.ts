import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder } from './data-folder.ts';
import { type DataLock, tryDataLock } from './data-lock.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/**
 * Makes this process the only `serve` on the data folder, until released or dead. Throws
 * {@link EmbeddedPostgresError} 'already_serving', naming the process that has it.
 */
export async function claimServe(dataFolder: string): Promise<DataLock> {
  openDataFolder(dataFolder);
  const note = join(dataFolder, 'serve.pid');
  const lock = await tryDataLock(dataFolder, 'serve');
  if (!lock) {
    throw new EmbeddedPostgresError(
      'already_serving',
      `Process ${readNote(note)} already serves ${dataFolder}. ` +
        'Stop it first, or name another folder in KARKHANEH_DATA.',
    );
  }
  writeFileSync(note, `${process.pid}\n`);
  return {
    async release() {
      rmSync(note, { force: true });
      await lock.release();
    },
  };
}

function readNote(note: string): string {
  try {
    return readFileSync(note, 'utf8').trim();
  } catch {
    return '(unknown)';
  }
}

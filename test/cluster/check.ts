import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryFolder } from '../../src/platform/config.ts';

/** Runs a command of the product to its end; what it prints. */
export async function runProduct(
  env: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<string> {
  const command = join(repositoryFolder, 'bin/karkhaneh');
  const { stdout } = await promisify(execFile)(command, words, {
    env: { ...process.env, ...env },
  });
  return stdout;
}

import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { repositoryFolder } from '../../src/platform/config.ts';

const run = promisify(execFile);

/** A version that went before, whose newest migration is 0062_read_repayments. */
const olderCommit = '9e05955030e947d9a45f9a5e1cde2ca2bfefa0e4';

/**
 * Lays out the product as it was at {@link olderCommit}, with the packages of today.
 * @throws Error where the history does not reach so far: a shallow clone, or sources without one
 */
export async function layOutOlder(root: string): Promise<void> {
  const git = (...words: string[]) => run('git', ['-C', repositoryFolder, ...words]);
  try {
    await git('cat-file', '-e', `${olderCommit}^{commit}`);
  } catch (cause) {
    throw new Error(
      `An upgrade is tried from commit ${olderCommit.slice(0, 7)}, which is not in this copy of the repository. ` +
        'It takes the whole history: git fetch --unshallow',
      { cause },
    );
  }
  await mkdir(root, { recursive: true });
  const archive = `${root}.tar`;
  await git('archive', '--output', archive, olderCommit);
  await run('tar', ['-xf', archive, '-C', root]);
  await symlink(join(repositoryFolder, 'node_modules'), join(root, 'node_modules'));
}

/** What of the repository is no part of the product, or is linked. */
const apart = /^(?:node_modules|\.git|\.data|\.bench|coverage|docs|build\/web-)/;

/**
 * Lays out the version after the present one: the same code, a migration on top that only adds, and another value of
 * the setting `financing.webhook_tries`.
 * @param migration its file's name, and its text
 */
export async function layOutNewer(
  root: string,
  migration: { readonly file: string; readonly sql: string },
  tries: number,
): Promise<void> {
  await cp(repositoryFolder, root, {
    ...{ recursive: true, preserveTimestamps: true, verbatimSymlinks: true },
    filter: (path) => !apart.test(relative(repositoryFolder, path)),
  });
  await symlink(join(repositoryFolder, 'node_modules'), join(root, 'node_modules'));
  await writeFile(join(root, 'migrations', migration.file), migration.sql);
  const settings = join(root, 'src/accounts/data/settings.csv');
  const text = await readFile(settings, 'utf8');
  await writeFile(settings, text.replace(/^(financing\.webhook_tries,.*?),\d+,/m, `$1,${tries},`));
  // Data is read where it lies: the program need not be built again for it.
  await utimes(settings, 0, 0);
}

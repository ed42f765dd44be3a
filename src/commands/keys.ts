import type { Command } from 'commander';
import { resealSecrets } from '../accounts/index.ts';
import { resealWebhooks } from '../financing/index.ts';
import type { Config } from '../platform/config.ts';
import { openFiles } from '../platform/files.ts';
import { addKey, openKeyring } from '../platform/keyring.ts';
import { resealPhones } from '../supervision/index.ts';
import { CommandError, openOutput } from './output.ts';
import { withDatabase } from './surroundings.ts';

/** `karkhaneh keys`: what documents and secrets are sealed with. */
export function addKeys(program: Command): void {
  program
    .command('keys')
    .description('Seal kept files and secrets with the newest key, or with a new one')
    .argument(
      '<act>',
      'rotate (a new key, then all anew) or seal (what is not under the newest key yet)',
    )
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(act: string, options: { json?: boolean }): Promise<void> {
  if (act !== 'rotate' && act !== 'seal') {
    throw new CommandError(`keys takes rotate or seal, not «${act}»`, 2);
  }
  const output = openOutput(options.json ?? false);
  const done = await withDatabase(async (database, config) => {
    if (act === 'rotate') await addKey(config);
    const keyring = await openKeyring(config);
    const secrets =
      (await resealSecrets(database, keyring)) +
      (await resealWebhooks(database, keyring)) +
      (await resealPhones(database, keyring));
    return { secrets, ...(await resealFiles(config)) };
  });
  output.document({ act, ...done });
  output.line(`${done.sealed} files of ${done.files} sealed anew, ${done.secrets} secrets`);
  if (act === 'rotate') {
    output.note('The older keys stay: recovery codes and older backups of files need them.');
    output.note('Restart the server, which still seals with the key it began with.');
  }
}

/** May be stopped anywhere and run again: a file is under one key or the other, never neither. */
async function resealFiles(config: Config): Promise<{ files: number; sealed: number }> {
  const files = await openFiles(config);
  let all = 0;
  let sealed = 0;
  for await (const key of files.keys()) {
    all += 1;
    if (await files.isSealedNewly(key)) continue;
    await files.putAt(key, await files.getBytes(key));
    sealed += 1;
  }
  return { files: all, sealed };
}

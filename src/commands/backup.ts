import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { backUp, type Sealing } from '../platform/backup/index.ts';
import { systemClock } from '../platform/clock.ts';
import { productVersion } from '../platform/config.ts';
import { openFiles } from '../platform/files.ts';
import { keptKeys } from '../platform/keyring.ts';
import { CommandError, type Output, openOutput } from './output.ts';
import { withDatabase } from './surroundings.ts';

type Options = {
  readonly recipient: string[];
  readonly passphraseFile?: string;
  readonly newKey?: boolean;
  readonly json?: boolean;
};

/** `karkhaneh backup`: one sealed file with every row and every kept file, while the product runs. */
export function addBackup(program: Command): void {
  program
    .command('backup <file>')
    .description('Write everything into one sealed file while the product runs')
    .option('--recipient <age1…>', 'whose secret key opens it; may be given again', collect, [])
    .option('--passphrase-file <file>', 'a file with the passphrase that opens it')
    .option('--new-key', 'write a new secret key to <file> instead, and print its recipient')
    .option('--json', 'print one JSON document')
    .action(run);
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

async function run(file: string, options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  if (existsSync(file)) throw new CommandError(`${file} is there already; name another.`, 2);
  if (options.newKey) return writeKey(file, output);
  const sealing = sealingOf(options);
  const tally = await writeBackup(file, sealing);
  const rows = Object.values(tally.rows).reduce((sum, count) => sum + count, 0);
  output.document({ file, rows, files: tally.files });
  output.line(
    `${file}: ${rows} rows, ${tally.files} files. Try it: bin/karkhaneh restore --verify`,
  );
}

function sealingOf({ recipient, passphraseFile }: Options): Sealing {
  if (recipient.length > 0 && passphraseFile === undefined) return { recipients: recipient };
  if (recipient.length === 0 && passphraseFile !== undefined) {
    return { passphrase: passphraseIn(passphraseFile) };
  }
  throw new CommandError('Say who opens the backup: --recipient, or --passphrase-file.', 2);
}

/** The passphrase that a file holds, without the line's end. @throws CommandError when it is too short */
export function passphraseIn(file: string): string {
  const text = textOf(file).trim();
  if (text.length < 12) {
    throw new CommandError(`The passphrase in ${file} is shorter than twelve characters.`, 2);
  }
  return text;
}

/** A small file as text. @throws CommandError when it cannot be read */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`, 2);
  }
}

async function writeKey(file: string, output: Output): Promise<void> {
  const { generateIdentity, identityToRecipient } = await import('age-encryption');
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  writeFileSync(file, `${identity}\n`, { mode: 0o600, flag: 'wx' });
  output.document({ file, recipient });
  output.line(recipient);
  output.note(`Keep ${file} away from this machine: whoever has it opens every backup.`);
}

/** Under another name until all of it is on the disk: a file with the right name is a whole backup. */
async function writeBackup(file: string, sealing: Sealing) {
  const part = `${file}.part`;
  try {
    const tally = await withDatabase(async (database, config) => {
      const handle = await open(part, 'w', 0o600);
      const target = handle.createWriteStream({ flush: true });
      const backed = { database, files: await openFiles(config), keys: keptKeys(config) };
      return backUp(backed, target, { sealing, now: systemClock.now(), version: productVersion() });
    });
    await rename(part, file);
    return tally;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { loadReference } from '../accounts/index.ts';
import { checkProvince } from '../figures/index.ts';
import { type Opening, restore, verifyBackup } from '../platform/backup/index.ts';
import { readConfig } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/database.ts';
import { openFiles } from '../platform/files.ts';
import { keptKeys } from '../platform/keyring.ts';
import { takeStock } from '../platform/marks/index.ts';
import { openSigningKey } from '../platform/signing-key.ts';
import { passphraseIn, textOf } from './backup.ts';
import { provincesToCheck } from './check.ts';
import { CommandError, openOutput } from './output.ts';

type Options = {
  readonly keyFile?: string;
  readonly passphraseFile?: string;
  readonly verify?: boolean;
  readonly check: boolean;
  readonly json?: boolean;
};

/** `karkhaneh restore`: puts a backup into an empty database and checks what came. */
export function addRestore(program: Command): void {
  program
    .command('restore <file>')
    .description('Put a backup into an empty database, all or nothing, and check the figures')
    .option('--key-file <file>', 'the secret key that opens it')
    .option('--passphrase-file <file>', 'a file with the passphrase that opens it')
    .option('--verify', 'read the whole backup and put it nowhere')
    .option('--no-check', 'leave out the check at the end')
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  const opening = openingOf(options);
  const sealed = createReadStream(file);
  await new Promise((resolve, reject) => sealed.once('open', resolve).once('error', reject));
  const { manifest, tally, differences } = options.verify
    ? { ...(await verifyBackup(sealed, opening)), differences: undefined }
    : await putIn(sealed, opening, options.check);
  const rows = Object.values(tally.rows).reduce((sum, count) => sum + count, 0);
  const { madeAt, version } = manifest;
  output.document({ madeAt, version, rows, files: tally.files, differences: differences ?? null });
  output.line(`Made ${madeAt} by version ${version}: ${rows} rows, ${tally.files} files.`);
  if (options.verify) output.line('It is whole.');
  if (differences !== undefined) output.line(`${differences} differences`);
  if (differences) throw new CommandError('What was restored differs from its own record.', 1);
}

function openingOf({ keyFile, passphraseFile }: Options): Opening {
  if (keyFile !== undefined && passphraseFile === undefined) return { identity: textOf(keyFile) };
  if (keyFile === undefined && passphraseFile !== undefined) {
    return { passphrase: passphraseIn(passphraseFile) };
  }
  throw new CommandError('Say what opens the backup: --key-file, or --passphrase-file.', 2);
}

async function putIn(
  sealed: ReturnType<typeof createReadStream>,
  opening: Opening,
  check: boolean,
) {
  const config = readConfig();
  const sealer = await openSigningKey(config);
  const database = await openDatabase(config, { sealer });
  try {
    await refuseFull(database);
    const backed = { database, files: await openFiles(config), keys: keptKeys(config) };
    const restored = await restore(backed, sealed, opening);
    // What was put in bears no mark of this house: from here on its rows are held against marks.
    const why = `restored from a backup made at ${restored.manifest.madeAt}`;
    await takeStock(database, sealer, { why, asFound: true });
    await loadReference(database);
    return { ...restored, differences: check ? await countDifferences(database) : undefined };
  } finally {
    await database.close();
  }
}

/** A backup goes into a database without anybody in it: nothing is ever overwritten. */
async function refuseFull(database: Database): Promise<void> {
  const { rows } = await database.pools.migrator.query("select to_regclass('accounts') as found");
  if ((rows[0] as { found: string | null }).found === null) return;
  const { rowCount } = await database.pools.migrator.query(
    'select 1 from accounts union all select 1 from history limit 1',
  );
  if (rowCount) {
    throw new CommandError(
      'The database is not empty. Name an empty one in DATABASE_URL, or another KARKHANEH_DATA.',
      2,
    );
  }
}

async function countDifferences(database: Database): Promise<number> {
  let differences = 0;
  for (const province of await provincesToCheck(database, undefined)) {
    differences += (await checkProvince(database, province)).differences;
  }
  return differences;
}

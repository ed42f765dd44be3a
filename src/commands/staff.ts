import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import {
  changeByCommand,
  findStaffAccount,
  listStaff,
  referenceOf,
  staffRoles,
  staffTexts,
} from '../accounts/index.ts';
import { homeProvince, sayers } from '../app.ts';
import { encodeCode } from '../kit/code.ts';
import { isoToday } from '../kit/jalali.ts';
import type { Config } from '../platform/config.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { provinceContext } from '../platform/policy.ts';
import { CommandError, openOutput } from './output.ts';
import { clockOf, withDatabase } from './surroundings.ts';

type Options = {
  province: string;
  role?: string;
  organisation?: string;
  name?: string;
  nameEn?: string;
  mobile?: string;
  external?: string;
  reason?: string;
  json?: boolean;
};

const verbs = {
  open: 'accounts.open',
  change: 'accounts.change',
  reset: 'accounts.reset',
  close: 'accounts.close',
} as const;

/** `karkhaneh staff`: accounts of staff from the machine itself; an empty house begins with it. */
export function addStaff(program: Command): void {
  program
    .command('staff')
    .description('Accounts of staff: open, change, reset, close or list')
    .argument('<act>', 'open, change, reset, close or list')
    .argument('[username]', 'sign-in name of the account')
    .option(
      '--province <code>',
      'two-digit code of the province',
      String(homeProvince).padStart(2, '0'),
    )
    .option('--role <role>', `one of ${Object.keys(staffRoles).join(', ')}`)
    .option('--organisation <id>', 'DIRECTORATE, SMT, MELLAT, …; DIRECTORATE when absent')
    .option('--name <name>', 'name in Persian')
    .option('--name-en <name>', 'name in English; the Persian one when absent')
    .option('--mobile <number>', 'the code to begin with goes there instead of onto this screen')
    .option('--external <name>', 'their name at the ministry’s identity server')
    .option('--reason <text>', 'why; it stands in the record')
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(act: string, username: string | undefined, options: Options): Promise<void> {
  if (act === 'list') return list(options);
  if (!Object.hasOwn(verbs, act)) {
    throw new CommandError(`staff takes open, change, reset, close or list, not «${act}»`, 2);
  }
  if (username === undefined) throw new CommandError(`staff ${act} takes a sign-in name`, 2);
  if (act === 'open' && (options.role === undefined || options.name === undefined)) {
    throw new CommandError('--role and --name are needed to open an account', 2);
  }
  await change(act as keyof typeof verbs, username.toLowerCase(), options);
}

async function change(act: keyof typeof verbs, username: string, options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  const outcome = await inProvince(options, async ({ database, config }, tx, doing) => {
    const input = await inputOf(tx, doing.provinceId, act, username, options);
    const texts = staffTexts(sayers.fa, config.publicUrl);
    return changeByCommand(tx, doing, await referenceOf(database), input, texts);
  });
  output.document({ username, act, openingCode: outcome.openingCode });
  output.line(`${act}  ${username}  done`);
  if (outcome.openingCode === null) return;
  output.line(`opening code  ${outcome.openingCode}`);
  output.note('The code is shown here once and works for seven days: hand it to its owner, who');
  output.note('chooses a password with it at /sign-in/open.');
}

async function inputOf(
  tx: Tx,
  provinceId: number,
  act: keyof typeof verbs,
  username: string,
  options: Options,
) {
  const { role, organisation, name: nameFa, nameEn, mobile, external: externalName } = options;
  const reason = options.reason ?? 'bin/karkhaneh staff';
  const given = { verb: verbs[act], role, nameFa, nameEn, mobile, externalName, reason };
  if (act === 'open') return { ...given, username, organisationId: organisation ?? 'DIRECTORATE' };
  const found = await findStaffAccount(tx, provinceId, username);
  if (!found) throw new CommandError(`There is no open account «${username}» in this province`, 2);
  const account = encodeCode(provinceId, found.id);
  return { ...given, account, organisationId: organisation };
}

async function list(options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  const rows = await inProvince(options, (_around, tx, { provinceId }) =>
    listStaff(tx, provinceId),
  );
  const accounts = rows.map((row) => ({
    username: row.username,
    role: row.role,
    organisation: row.organisation_id,
    name: row.name_fa,
    closedAt: row.closed_at?.toISOString() ?? null,
  }));
  output.document({ accounts });
  for (const { username, role, organisation, closedAt } of accounts) {
    const state = closedAt === null ? 'open' : `closed ${closedAt}`;
    output.line(`${username.padEnd(20)} ${role.padEnd(10)} ${organisation ?? ''}  ${state}`);
  }
  if (accounts.length === 0) output.note('There is no account of staff yet.');
}

type Around = { readonly database: Database; readonly config: Config };

async function inProvince<T>(
  { province }: Options,
  work: (around: Around, tx: Tx, act: Act) => Promise<T>,
): Promise<T> {
  if (!/^\d{2}$/.test(province)) {
    throw new CommandError(`--province takes two digits, not «${province}»`, 2);
  }
  const provinceId = Number(province);
  return withDatabase(async (database, config) => {
    const now = (await clockOf(database)).now();
    const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
    const act = { provinceId, ...nobody, now, today: isoToday(now.getTime()) };
    return database.transaction(provinceContext(provinceId), (tx) =>
      work({ database, config }, tx, act),
    );
  });
}

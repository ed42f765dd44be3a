import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { createClient, listClients, referenceOf, revokeClient } from '../accounts/index.ts';
import { homeProvince } from '../app.ts';
import { isoToday } from '../kit/jalali.ts';
import { clientScopes, isClientScope } from '../platform/client-token.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { provinceContext } from '../platform/policy.ts';
import { CommandError, openOutput } from './output.ts';
import { clockOf, withDatabase } from './surroundings.ts';

type Options = {
  province: string;
  bank?: string;
  name?: string;
  scope?: string[];
  certificate?: string;
  json?: boolean;
};

const allScopes = Object.keys(clientScopes);

/** `karkhaneh bank-client`: lets banks' own systems use the API, as the administrator does on a page. */
export function addBankClient(program: Command): void {
  program
    .command('bank-client')
    .description('Let a bank’s own system use the API: create, list, or revoke a client')
    .argument('<act>', 'create, list or revoke')
    .argument('[client]', 'id of the client to revoke')
    .option(
      '--province <code>',
      'two-digit code of the province',
      String(homeProvince).padStart(2, '0'),
    )
    .option('--bank <id>', 'the bank it belongs to, as MELLAT')
    .option('--name <name>', 'what people call it; the bank’s id when absent')
    .option('--scope <scopes...>', `what it may do; all when absent: ${allScopes.join(', ')}`)
    .option('--certificate <thumbprint>', 'SHA-256 of its TLS certificate, base64url')
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(act: string, client: string | undefined, options: Options): Promise<void> {
  if (act === 'create') return create(options);
  if (act === 'list') return list(options);
  if (act === 'revoke') return revoke(client, options);
  throw new CommandError(`bank-client takes create, list or revoke, not «${act}»`, 2);
}

async function create(options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  const { bank: bankId, certificate } = options;
  if (bankId === undefined) throw new CommandError('--bank is needed to create a client', 2);
  const scopes = (options.scope ?? allScopes).map((word) => {
    if (isClientScope(word)) return word;
    throw new CommandError(`--scope is one of ${allScopes.join(', ')}, not «${word}»`, 2);
  });
  if (certificate !== undefined && !/^[A-Za-z0-9_-]{43}$/.test(certificate)) {
    throw new CommandError('--certificate takes a SHA-256 in base64url, 43 characters', 2);
  }
  const made = await inProvince(options, async (database, tx, act) => {
    const client = { bankId, name: options.name ?? bankId, scopes, certificate };
    return createClient(tx, act, await referenceOf(database), client);
  });
  output.document({ ...made, scopes });
  output.line(`client_id      ${made.clientId}`);
  output.line(`client_secret  ${made.secret}`);
  output.line(`scopes         ${scopes.join(' ')}`);
  output.note('The secret is shown here once and kept nowhere: hand it over now.');
}

async function list(options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  const clients = await inProvince(options, (_database, tx, { provinceId }) =>
    listClients(tx, provinceId),
  );
  output.document({ clients });
  for (const { clientId, bankId, name, scopes, revokedAt } of clients) {
    const state = revokedAt === null ? 'in use' : `revoked ${revokedAt}`;
    output.line(`${clientId}  ${bankId.padEnd(12)} ${state}  ${scopes.join(' ')}  ${name}`);
  }
  if (clients.length === 0) output.note('No bank’s system uses the API yet.');
}

async function revoke(clientId: string | undefined, options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  if (clientId === undefined) throw new CommandError('revoke takes the id of a client', 2);
  await inProvince(options, (_database, tx, act) => revokeClient(tx, act, clientId));
  output.document({ clientId, revoked: true });
  output.line(`Revoked ${clientId}: its secret and its tokens are worth nothing any more`);
}

async function inProvince<T>(
  { province }: Options,
  work: (database: Database, tx: Tx, act: Act) => Promise<T>,
): Promise<T> {
  if (!/^\d{2}$/.test(province)) {
    throw new CommandError(`--province takes two digits, not «${province}»`, 2);
  }
  const provinceId = Number(province);
  return withDatabase(async (database) => {
    const now = (await clockOf(database)).now();
    const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
    const act = { provinceId, ...nobody, now, today: isoToday(now.getTime()) };
    return database.transaction(provinceContext(provinceId), (tx) => work(database, tx, act));
  });
}

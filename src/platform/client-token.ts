import { createHash, X509Certificate } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Database, Tx } from './database.ts';
import type { Principal } from './policy.ts';
import { makeToken, parseToken, tokenHash } from './session.ts';

/** What a bank's own system may be let do, each with its words for the API's description. */
export const clientScopes = {
  'referrals.read': 'Read the plans that were referred to the bank',
  'plans.write': 'Open a file, sign a contract, return or refuse a plan',
  'payments.write': 'Report payments and repayments',
  'webhooks.write': 'Say where events are sent to',
} as const;
export type ClientScope = keyof typeof clientScopes;

/** Whether a word is a scope. */
export function isClientScope(word: string): word is ClientScope {
  return word in clientScopes;
}

/** The scheme's name in the API's description. */
export const clientSecurity = 'bankClient';

/** OAuth 2.0 client credentials (RFC 6749, 4.4), for the API's description. */
export const clientSecuritySchemes = {
  [clientSecurity]: {
    type: 'oauth2' as const,
    description: 'RFC 6749, section 4.4; see /developers/bank',
    flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: { ...clientScopes } } },
  },
};

/** How long a token lives, in minutes. */
export const tokenMinutes = 15;

/** Makes a token for a client and forgets those that ended long ago. @returns the token itself, kept nowhere */
export async function openClientToken(
  tx: Tx,
  client: {
    readonly provinceId: number;
    readonly clientId: string;
    readonly scopes: readonly string[];
    readonly certificate: string | null;
  },
  now: Date,
): Promise<string> {
  const token = makeToken(client.provinceId);
  const ended = new Date(now.getTime() - 24 * 3_600_000);
  await tx
    .deleteFrom('client_tokens')
    .where('province_id', '=', client.provinceId)
    .where('client_id', '=', client.clientId)
    .where('expires_at', '<', ended)
    .execute();
  await tx
    .insertInto('client_tokens')
    .values({
      province_id: client.provinceId,
      id: uuid7(now.getTime()),
      client_id: client.clientId,
      token_hash: tokenHash(token),
      scopes: [...client.scopes],
      certificate: client.certificate,
      recorded_at: now,
      expires_at: new Date(now.getTime() + tokenMinutes * 60_000),
    })
    .execute();
  return token;
}

/** What is met of the house: where tokens are, and which header a proxy hands certificates over in. */
type Surroundings = {
  readonly database: Database;
  readonly certificateHeader?: string | undefined;
};

/**
 * The bank's system that a request's token belongs to, as a principal of its bank.
 * @throws Problem `platform.invalid_token` (401) for no token, a wrong one, one that ended, and one that came
 * without the certificate it is bound to (RFC 8705, 3)
 */
export async function findClient(
  { database, certificateHeader }: Surroundings,
  request: FastifyRequest,
  now: Date,
): Promise<Principal> {
  const given = bearerOf(request);
  const token = parseToken(given);
  if (!token) return refuse(given);
  const { rows } = await database.pools.casework.query<{
    token_id: string;
    account_id: string;
    organisation_id: string;
    scopes: string[];
    certificate: string | null;
  }>({
    name: 'find_client_token',
    text: 'select * from find_client_token($1, $2, $3)',
    values: [token.provinceId, token.hash, now],
  });
  const row = rows[0];
  const bound = row?.certificate ?? null;
  if (!row || (bound !== null && bound !== certificateOf(request, certificateHeader))) {
    return refuse(given);
  }
  return {
    accountId: row.account_id,
    sessionId: row.token_id,
    role: 'bank',
    provinceId: token.provinceId,
    organisationId: row.organisation_id,
    personId: null,
    scopes: row.scopes,
  };
}

function refuse(given: string | undefined): never {
  throw new Problem('platform.invalid_token', { given: given !== undefined });
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** @throws Problem `platform.insufficient_scope` (403) */
export function demandScope(client: Principal, scope: ClientScope): void {
  if (!client.scopes?.includes(scope)) throw new Problem('platform.insufficient_scope', { scope });
}

/**
 * The thumbprint (SHA-256 of the DER form, base64url) of the certificate that the client showed to the proxy
 * in front: from the configured header, and only when the request itself came from this machine, as from a
 * proxy it does. The header holds a PEM, escaped as nginx writes it, or RFC 9440's `:base64:`.
 */
export function certificateOf(
  request: Pick<FastifyRequest, 'headers' | 'socket'>,
  header: string | undefined,
): string | undefined {
  if (header === undefined || !isLoopback(request.socket.remoteAddress)) return undefined;
  const text = request.headers[header.toLowerCase()];
  if (typeof text !== 'string') return undefined;
  try {
    const inner = /^:([A-Za-z0-9+/=]+):$/.exec(text)?.[1];
    const source = inner ? Buffer.from(inner, 'base64') : decodeURIComponent(text);
    return createHash('sha256').update(new X509Certificate(source).raw).digest('base64url');
  } catch {
    return undefined;
  }
}

function isLoopback(address: string | undefined): boolean {
  return /^(?:127\.|::1$|::ffff:127\.)/.test(address ?? '');
}

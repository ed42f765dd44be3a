import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Problem } from '../kit/problem.ts';
import { certificateOf, clientScopes, tokenMinutes } from '../platform/client-token.ts';
import { type AnyEndpoint, endpoint, type Refusal } from '../platform/endpoint.ts';
import { createClient, issueToken, listClients, revokeClient, type TokenAsk } from './clients.ts';
import {
  ClientParams,
  ClientsAnswer,
  NewClientAnswer,
  NewClientBody,
  TokenAnswer,
  TokenBody,
} from './contract.ts';
import { organisationLabel } from './label.ts';
import { accountPermissions as table } from './policy.ts';
import { referenceOf } from './reference.ts';

/** Requests for tokens a minute from one address: a bank's machines need one in a quarter of an hour. */
const tokensPerMinute = 60;

export const clientRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'accounts.listClients',
    method: 'GET',
    url: '/api/bank-clients',
    summary: 'The systems of banks that may use the API, without their secrets',
    access: { table, permission: 'accounts.listClients' },
    response: ClientsAnswer,
    handle: async ({ tx, act, house }) => {
      const reference = await referenceOf(house.database);
      const rows = await listClients(tx, act.provinceId);
      const clients = rows.map(({ bankId, ...row }) => ({
        ...row,
        bank: organisationLabel(reference, bankId),
      }));
      return { clients, scopes: Object.keys(clientScopes) };
    },
  }),
  endpoint({
    id: 'accounts.createClient',
    method: 'POST',
    url: '/api/bank-clients',
    summary: 'Let a bank’s system use the API; its secret is told once, in this answer',
    access: { table, permission: 'accounts.createClient' },
    body: NewClientBody,
    response: NewClientAnswer,
    status: 201,
    notIdempotent: 'Its answer holds a secret and is kept nowhere; a second client can be revoked.',
    problems: ['accounts.unknown_bank'],
    handle: async ({ tx, act, body, house }) =>
      createClient(tx, act, await referenceOf(house.database), body),
  }),
  endpoint({
    id: 'accounts.revokeClient',
    method: 'POST',
    url: '/api/bank-clients/:code/revoke',
    objectFrom: 'province',
    summary: 'End a bank’s system: its secret and its tokens are worth nothing any more',
    access: { table, permission: 'accounts.revokeClient' },
    params: ClientParams,
    response: Type.Object({ revoked: Type.Literal(true) }),
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params }) => {
      if (principal?.provinceId !== act.provinceId) throw new Problem('platform.not_found');
      await revokeClient(tx, act, params.code);
      return { revoked: true as const };
    },
  }),
  endpoint({
    id: 'accounts.issueToken',
    method: 'POST',
    url: '/oauth/token',
    summary: 'A token for a bank’s system, for its id and secret (RFC 6749, section 4.4)',
    access: { public: 'The client shows its secret in the request itself.' },
    form: true,
    body: TokenBody,
    response: TokenAnswer,
    notIdempotent: 'Each request is a new token; the old ones end by themselves.',
    rateLimit: { max: tokensPerMinute, windowMs: 60_000 },
    refusal: oauthRefusal,
    handle: async ({ act, body, request, reply, house }) => {
      const certificate = certificateOf(request, house.certificateHeader);
      const asked = { ...readAsk(request, body), certificate };
      const { token, scopes } = await issueToken(house.database, asked, act.now);
      reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
      const scope = scopes.join(' ');
      const life = { token_type: 'Bearer' as const, expires_in: tokenMinutes * 60 };
      return { access_token: token, ...life, scope };
    },
  }),
];

/** The client by its Authorization header or by the form; by both is one too many (RFC 6749, 2.3). */
function readAsk(request: FastifyRequest, form: Readonly<Record<string, string>>): TokenAsk {
  const { grant_type: grantType, client_id: named, client_secret: told, scope } = form;
  const basic = readBasic(request.headers.authorization);
  if (grantType === undefined || (basic && told !== undefined)) {
    throw new Problem('platform.bad_request');
  }
  if (basic && named !== undefined && named !== basic.clientId) {
    throw new Problem('platform.bad_request');
  }
  const { clientId, secret } = basic ?? { clientId: named ?? '', secret: told ?? '' };
  return { grantType, clientId, secret, scope };
}

/** Id and secret of a Basic header, each of them encoded as in a form (RFC 6749, 2.3.1). */
function readBasic(header: string | undefined): { clientId: string; secret: string } | undefined {
  if (header === undefined) return undefined;
  const encoded = /^Basic +(\S+)$/i.exec(header)?.[1];
  const [id, secret] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(/:(.*)/s);
  try {
    const plain = (text = '') => decodeURIComponent(text.replaceAll('+', ' '));
    return { clientId: plain(id), secret: plain(secret) };
  } catch {
    return { clientId: '', secret: '' };
  }
}

const ownErrors = ['invalid_client', 'unsupported_grant_type', 'invalid_scope'];

/** RFC 6749, 5.2: every error is one of its few words, and a refused client is told how to show itself. */
function oauthRefusal({ code }: Problem, status: number): Refusal {
  const headers = { 'cache-control': 'no-store', pragma: 'no-cache' };
  const own = ownErrors.find((word) => code === `accounts.${word}`);
  if (own === 'invalid_client') {
    const challenge = { 'www-authenticate': 'Basic realm="karkhaneh"' };
    return { status: 401, headers: { ...headers, ...challenge }, body: { error: own } };
  }
  if (own) return { status: 400, headers, body: { error: own } };
  if (status === 429 || status === 503) {
    return { status, headers, body: { error: 'temporarily_unavailable' } };
  }
  if (status >= 500) return { status, headers, body: { error: 'server_error' } };
  return { status: 400, headers, body: { error: 'invalid_request' } };
}

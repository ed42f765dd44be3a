import { randomUUID } from 'node:crypto';
import { createClient, referenceOf } from '../src/accounts/index.ts';
import { isoToday } from '../src/kit/jalali.ts';
import { type ClientScope, clientScopes } from '../src/platform/client-token.ts';
import { provinceContext } from '../src/platform/policy.ts';
import type { Reply, TestHouse } from './house.ts';

/** A bank's own system that has a token. */
export type BankClient = {
  readonly clientId: string;
  readonly secret: string;
  readonly token: string;
  readonly get: (url: string) => Promise<Reply>;
  /** An act; a fresh op_id unless one is given. */
  readonly post: (url: string, body?: object, opId?: string) => Promise<Reply>;
  readonly put: (url: string, body: object, opId?: string) => Promise<Reply>;
  readonly delete: (url: string) => Promise<Reply>;
};

export type NewBankClient = {
  readonly bankId: string;
  readonly provinceId?: number;
  readonly scopes?: readonly ClientScope[];
};

/** Makes a client known, and gets it a token. */
export async function openBankClient(house: TestHouse, given: NewBankClient): Promise<BankClient> {
  const { bankId, provinceId = 4, scopes = Object.keys(clientScopes) as ClientScope[] } = given;
  const reference = await referenceOf(house.database);
  const now = house.clock.now();
  const made = await house.database.transaction(provinceContext(provinceId), (tx) => {
    const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
    const act = { provinceId, ...nobody, now, today: isoToday(now.getTime()) };
    return createClient(tx, act, reference, { bankId, name: bankId, scopes });
  });
  const token = (await askToken(house, made.clientId, made.secret)).body.access_token;
  return { ...made, token, ...callerWith(house, token) };
}

/** Asks for a token as RFC 6749 recommends, with the client in a Basic header. */
export async function askToken(
  house: TestHouse,
  clientId: string,
  secret: string,
  form: Readonly<Record<string, string>> = { grant_type: 'client_credentials' },
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const reply = await house.app.inject({
    method: 'POST',
    url: '/oauth/token',
    payload: new URLSearchParams(form).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      ...headers,
    },
  });
  const { statusCode: status, headers: said, rawPayload: bytes } = reply;
  return { status, body: reply.json(), headers: said, bytes };
}

/** Whoever holds a token, or says so. */
export function callerWith(house: TestHouse, token: string, more: Record<string, string> = {}) {
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, ...more };
    const payload = body === undefined ? {} : { payload: body };
    const reply = await house.app.inject({ method, url, headers, ...payload });
    const { statusCode: status, headers: said, rawPayload: bytes } = reply;
    return { status, body: reply.json(), headers: said, bytes };
  };
  return {
    get: (url: string) => send('GET', url),
    post: (url: string, body: object = {}, opId: string = randomUUID()) =>
      send('POST', url, { op_id: opId, ...body }),
    put: (url: string, body: object, opId: string = randomUUID()) =>
      send('PUT', url, { op_id: opId, ...body }),
    delete: (url: string) => send('DELETE', url),
  };
}

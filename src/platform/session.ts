import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuid7 } from '../kit/uuid7.ts';
import type { Database, Tx } from './database.ts';
import type { Principal, Role } from './policy.ts';

/** A working day and the evening after it: no session lasts longer, whatever is done in it. */
export const sessionHours = 12;

/** A token: the province it belongs to, then 256 random bits. Only its hash is stored. */
type Token = { readonly provinceId: number; readonly hash: Buffer };

/** A fresh token of a province; what is stored of it is {@link tokenHash}. */
export function makeToken(provinceId: number): string {
  return `${String(provinceId).padStart(2, '0')}.${randomBytes(32).toString('base64url')}`;
}

/** Reads a token; undefined for what cannot be one. */
export function parseToken(text: string | undefined): Token | undefined {
  const match = /^(\d{2})\.([A-Za-z0-9_-]{43})$/.exec(text ?? '');
  if (!match) return undefined;
  return { provinceId: Number(match[1]), hash: tokenHash(text ?? '') };
}

/** What is stored of a token or of a secret of 256 random bits: nothing slower is needed against guessing. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Over TLS a cookie is bound to the host by its name; plain http, which can't, is for loopback only. */
export function hostCookie(request: FastifyRequest, name: string): string {
  return request.protocol === 'https' ? `__Host-${name}` : name;
}

const cookieName = (request: FastifyRequest) => hostCookie(request, 'karkhaneh');

/** Who is signed in, by the request's cookie; null for nobody, a foreign token or an ended session. */
export async function findPrincipal(
  database: Database,
  request: FastifyRequest,
  now: Date,
): Promise<Principal | null> {
  const token = parseToken(request.cookies[cookieName(request)]);
  if (!token) return null;
  // One statement on its own, before the transaction whose row security depends on the answer.
  const { rows } = await database.pools.casework.query<{
    session_id: string;
    account_id: string;
    role: Role;
    organisation_id: string | null;
    person_id: string | null;
    stage: Stage;
  }>({
    name: 'find_session',
    text: 'select * from find_session($1, $2, $3)',
    values: [token.provinceId, token.hash, now],
  });
  const row = rows[0];
  if (!row) return null;
  return {
    accountId: row.account_id,
    sessionId: row.session_id,
    role: row.role,
    provinceId: token.provinceId,
    organisationId: row.organisation_id,
    personId: row.person_id,
    ...(row.stage === 'whole' ? {} : { confinedTo: row.stage }),
  };
}

/** How far a session has come; see `confinedTo` of {@link Principal}. */
export type Stage = 'whole' | 'code' | 'enrol';

/** Whose session is opened, how far it has come, and what was shown for it: password, totp, passkey, … */
export type Opening = {
  readonly provinceId: number;
  readonly accountId: string;
  readonly stage?: Stage;
  readonly factors: readonly string[];
};

/** Opens a session for an account and returns the token that goes into the cookie. */
export async function openSession(
  tx: Tx,
  account: Opening,
  userAgent: string | undefined,
  now: Date,
): Promise<string> {
  const token = makeToken(account.provinceId);
  await tx
    .insertInto('sessions')
    .values({
      province_id: account.provinceId,
      id: uuid7(now.getTime()),
      token_hash: tokenHash(token),
      account_id: account.accountId,
      stage: account.stage ?? 'whole',
      factors: [...account.factors],
      user_agent: userAgent?.slice(0, 200) ?? null,
      recorded_at: now,
      expires_at: new Date(now.getTime() + sessionHours * 3_600_000),
    })
    .execute();
  return token;
}

/** Ends one session; the token is dead from the commit on, on every server. */
export async function endSession(tx: Tx, principal: Principal, now: Date): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('province_id', '=', principal.provinceId)
    .where('id', '=', principal.sessionId)
    .execute();
}

/** Puts the token into the answer's cookie, or takes it away when there is none. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string | null,
): void {
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax' as const,
    secure: request.protocol === 'https',
  };
  if (token === null) reply.clearCookie(cookieName(request), options);
  else reply.setCookie(cookieName(request), token, { ...options, maxAge: sessionHours * 3600 });
}

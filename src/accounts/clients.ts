import { timingSafeEqual } from 'node:crypto';
import { decodeCode, encodeCode } from '../kit/code.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { type ClientScope, isClientScope, openClientToken } from '../platform/client-token.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { provinceContext } from '../platform/policy.ts';
import { makeToken, tokenHash } from '../platform/session.ts';
import { insertAccount } from './queries.ts';
import type { Reference } from './reference.ts';

/** A bank's own system, as the administrator makes it known. */
export type NewClient = {
  readonly bankId: string;
  /** What people call it. */
  readonly name: string;
  readonly scopes: readonly ClientScope[];
  /** SHA-256 of its TLS certificate, base64url: it must show that certificate with its secret. */
  readonly certificate?: string | undefined;
};

/**
 * Makes a client of a bank with an account of its own, which its acts are recorded under and nobody can
 * sign in as. The secret is told here once; what is kept is its hash.
 * @throws Problem `accounts.unknown_bank` (422)
 */
export async function createClient(
  tx: Tx,
  act: Act,
  reference: Reference,
  input: NewClient,
): Promise<{ clientId: string; secret: string }> {
  const bank = reference.organisations.get(input.bankId);
  if (bank?.kind !== 'bank') throw new Problem('accounts.unknown_bank', { given: input.bankId });
  const id = uuid7(act.now.getTime());
  const clientId = encodeCode(act.provinceId, id);
  const name = normaliseText(input.name);
  const account = {
    username: `client:${clientId}`,
    nameFa: name,
    nameEn: name,
    role: 'bank',
  } as const;
  const none = { passwordHash: null, personId: null, demonstration: false };
  const place = { provinceId: act.provinceId, organisationId: input.bankId };
  const accountId = await insertAccount(tx, { ...account, ...none, ...place }, act.now);
  const secret = makeToken(act.provinceId);
  await tx
    .insertInto('bank_clients')
    .values({
      province_id: act.provinceId,
      id,
      account_id: accountId,
      bank_id: input.bankId,
      name,
      secret_hash: tokenHash(secret),
      scopes: [...new Set(input.scopes)],
      certificate: input.certificate ?? null,
      recorded_at: act.now,
    })
    .execute();
  return { clientId, secret };
}

/**
 * Ends a client: its secret and all its tokens are worth nothing from the commit on.
 * @throws Problem `platform.not_found` (404)
 */
export async function revokeClient(tx: Tx, act: Act, clientId: string): Promise<void> {
  const key = decodeCode(clientId);
  if (key?.provinceId !== act.provinceId) throw new Problem('platform.not_found');
  const row = await tx
    .selectFrom('bank_clients')
    .select(['account_id', 'revoked_at'])
    .where('province_id', '=', act.provinceId)
    .where('id', '=', key.id)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  if (row.revoked_at !== null) return;
  await tx
    .updateTable('bank_clients')
    .set({ revoked_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', key.id)
    .execute();
  await tx
    .updateTable('accounts')
    .set({ closed_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', row.account_id)
    .execute();
}

/** The clients of a province, the newest first. */
export async function listClients(tx: Tx, provinceId: number) {
  const rows = await tx
    .selectFrom('bank_clients')
    .select(['id', 'bank_id', 'name', 'scopes', 'certificate', 'recorded_at', 'revoked_at'])
    .where('province_id', '=', provinceId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    clientId: encodeCode(provinceId, row.id),
    bankId: row.bank_id,
    name: row.name,
    scopes: row.scopes,
    certificate: row.certificate,
    createdAt: row.recorded_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }));
}

/** What a client asks for at the token's door. */
export type TokenAsk = {
  readonly grantType: string;
  readonly clientId: string;
  readonly secret: string;
  /** Words between spaces; all that the client may when absent. */
  readonly scope?: string | undefined;
  /** Of the certificate that came with the request; see `certificateOf`. */
  readonly certificate?: string | undefined;
};

/**
 * Gives a token to a client that shows its secret, and its certificate where it has one (RFC 6749, 4.4;
 * RFC 8705, 3).
 * @throws Problem `accounts.invalid_client` (401), `accounts.unsupported_grant_type`,
 * `accounts.invalid_scope` (400)
 */
export async function issueToken(
  database: Database,
  asked: TokenAsk,
  now: Date,
): Promise<{ token: string; scopes: readonly string[] }> {
  const key = decodeCode(asked.clientId);
  const client = key && (await findActive(database, key));
  const right = timingSafeEqual(tokenHash(asked.secret), client?.secret_hash ?? noSecret);
  if (!key || !client || !right) throw new Problem('accounts.invalid_client');
  if (client.certificate !== null && client.certificate !== asked.certificate) {
    throw new Problem('accounts.invalid_client');
  }
  if (asked.grantType !== 'client_credentials') {
    throw new Problem('accounts.unsupported_grant_type');
  }
  const scopes = scopesOf(client.scopes, asked.scope);
  const { certificate } = client;
  const token = await database.transaction(provinceContext(key.provinceId), (tx) =>
    openClientToken(tx, { provinceId: key.provinceId, clientId: key.id, scopes, certificate }, now),
  );
  return { token, scopes };
}

/** Equal to the hash of nothing: an unknown client costs what a known one does. */
const noSecret = Buffer.alloc(32);

function findActive(database: Database, { provinceId, id }: { provinceId: number; id: string }) {
  return database.transaction(provinceContext(provinceId), (tx) =>
    tx
      .selectFrom('bank_clients')
      .select(['secret_hash', 'scopes', 'certificate'])
      .where('province_id', '=', provinceId)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst(),
  );
}

function scopesOf(held: readonly string[], asked: string | undefined): readonly string[] {
  if (asked === undefined) return held;
  const words = asked.split(' ');
  if (!words.every((word) => isClientScope(word) && held.includes(word))) {
    throw new Problem('accounts.invalid_scope', { scopes: held.join(' ') });
  }
  return [...new Set(words)];
}

import { createHash, randomBytes } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { findPasskeyForUpdate, insertFactor, listFactors, saveFactor } from './queries.ts';

/** Read when somebody first comes with a passkey: it takes as long as all the rest of a start. */
const library = () => import('@simplewebauthn/server');

/** The house as a browser's passkeys know it: bound to its name, so no other site can ask for one. */
export type Site = { readonly id: string; readonly origin: string };

/** @param publicUrl the address people reach the house at */
export function siteOf(publicUrl: string): Site {
  const { hostname, origin } = new URL(publicUrl);
  return { id: hostname, origin };
}

const challengeMinutes = 5;
/** A passkey's own count has 32 bits, the column 31. */
const mostCount = 2 ** 31 - 1;

const hashOf = (challenge: string) => createHash('sha256').update(challenge).digest();

async function makeChallenge(
  tx: Tx,
  act: Act,
  accountId: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(randomBytes(32));
  await tx
    .deleteFrom('passkey_challenges')
    .where('province_id', '=', act.provinceId)
    .where('expires_at', '<', act.now)
    .execute();
  await tx
    .insertInto('passkey_challenges')
    .values({
      province_id: act.provinceId,
      id: uuid7(act.now.getTime()),
      challenge_hash: hashOf(Buffer.from(bytes).toString('base64url')),
      account_id: accountId,
      expires_at: new Date(act.now.getTime() + challengeMinutes * 60_000),
    })
    .execute();
  return bytes;
}

/** Uses a challenge up. @returns false when it is not ours, too old, used, or somebody else's. */
export async function takeChallenge(
  tx: Tx,
  act: Act,
  challenge: string,
  accountId: string | null,
): Promise<boolean> {
  const row = await tx
    .deleteFrom('passkey_challenges')
    .where('province_id', '=', act.provinceId)
    .where('challenge_hash', '=', hashOf(challenge))
    .where('expires_at', '>', act.now)
    .where('account_id', accountId === null ? 'is' : '=', accountId)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

type Account = {
  readonly id: string;
  readonly province_id: number;
  readonly username: string;
  readonly name_fa: string;
};

/** What a browser needs to make a passkey: with a fingerprint, a face or a PIN, so it is two factors in one. */
export async function passkeyOptions(tx: Tx, act: Act, site: Site, account: Account) {
  const held = await listFactors(tx, account.province_id, account.id);
  const known = held.flatMap(({ credential_id, transports }) =>
    credential_id === null ? [] : [{ id: credential_id, transports }],
  );
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: 'Karkhaneh',
    rpID: site.id,
    userName: account.username,
    userDisplayName: account.name_fa,
    userID: new Uint8Array(Buffer.from(encodeCode(account.province_id, account.id))),
    challenge: await makeChallenge(tx, act, account.id),
    attestationType: 'none',
    excludeCredentials: known,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/**
 * Keeps a passkey that a browser has made.
 * @throws Problem `accounts.passkey_failed` (422)
 */
export async function keepPasskey(
  tx: Tx,
  act: Act,
  site: Site,
  accountId: string,
  { response, name }: { readonly response: unknown; readonly name: string },
): Promise<void> {
  const { verifyRegistrationResponse } = await library();
  const { registrationInfo } = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: (challenge) => takeChallenge(tx, act, challenge, accountId),
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
  }).catch((cause: unknown) => refuse(cause));
  if (!registrationInfo) throw new Problem('accounts.passkey_failed');
  const { credential } = registrationInfo;
  await insertFactor(tx, act, accountId, {
    ...{ kind: 'passkey', name, confirmed: true },
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    usedCount: Math.min(credential.counter, mostCount),
    transports: credential.transports ?? [],
  });
}

/** What a browser needs to show a passkey of this house, whosever it is. */
export async function passkeySignInOptions(tx: Tx, act: Act, site: Site) {
  const challenge = await makeChallenge(tx, act, null);
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    ...{ rpID: site.id, challenge, userVerification: 'required' },
  });
}

/**
 * Whose passkey a browser has shown.
 * @param challenged whether the challenge that was signed is one that was asked
 * @throws Problem `accounts.passkey_failed` (422)
 */
export async function takePasskey(
  tx: Tx,
  act: Act,
  site: Site,
  challenged: (challenge: string) => Promise<boolean>,
  response: unknown,
): Promise<{ accountId: string; factorId: string }> {
  const shown = response as AuthenticationResponseJSON;
  const row = await findPasskeyForUpdate(tx, act.provinceId, shown.id);
  if (!row?.public_key || row.credential_id === null) throw new Problem('accounts.passkey_failed');
  const { verifyAuthenticationResponse } = await library();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: shown,
    expectedChallenge: challenged,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    credential: {
      id: row.credential_id,
      publicKey: new Uint8Array(row.public_key),
      counter: row.used_count,
    },
  }).catch((cause: unknown) => refuse(cause));
  if (!verified || !authenticationInfo.userVerified) throw new Problem('accounts.passkey_failed');
  const used_count = Math.min(authenticationInfo.newCounter, mostCount);
  await saveFactor(tx, act.provinceId, row.id, { used_count, used_at: act.now });
  return { accountId: row.account_id, factorId: row.id };
}

/** Whatever the browser sent, it is its fault and not ours; a problem of ours goes on. */
function refuse(cause: unknown): never {
  if (cause instanceof Problem) throw cause;
  const problem = new Problem('accounts.passkey_failed');
  problem.cause = cause;
  throw problem;
}

import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { House } from '../../platform/endpoint.ts';
import type { Act } from '../../platform/history.ts';
import { type Principal, provinceContext } from '../../platform/policy.ts';
import { endSession, openSession } from '../../platform/session.ts';
import type { Asked, SignedIn } from '../actions.ts';
import { decoyHash, matchesSecret } from '../password.ts';
import { findAccount } from '../queries.ts';
import { countTries, forgetTries, type Tried } from '../tries.ts';
import { findFactorForUpdate, listFactors, saveFactor } from './queries.ts';
import {
  countRecoveryCodes,
  looksLikeRecovery,
  makeRecoveryCodes,
  takeRecoveryCode,
} from './recovery.ts';
import { takeTotp } from './totp.ts';

/** Wrong codes after which a session that waits for one is over. */
const mostWrong = 5;

/** The caller's own account. @throws Problem `platform.not_signed_in` (401) */
export async function ownAccount(tx: Tx, principal: Principal | null) {
  const account = principal && (await findAccount(tx, principal.provinceId, principal.accountId));
  if (!principal || !account) throw new Problem('platform.not_signed_in');
  return account;
}

/**
 * Whoever changes what an account signs in with shows the password again, unless they have just done so.
 * @throws Problem `accounts.password_needed` (401), `accounts.too_many_tries` (429)
 */
export async function demandPassword(
  house: House,
  principal: Principal,
  given: string | undefined,
  now: Date,
): Promise<void> {
  if (principal.confinedTo === 'enrol') return;
  const context = provinceContext(principal.provinceId);
  const account = await house.database.transaction(context, (tx) => ownAccount(tx, principal));
  if (account.password_hash === null) return;
  const tried: Tried[] = [{ kind: 'second', of: account.id }];
  await countTries(house.database, tried, now);
  const hash = given === undefined ? await decoyHash : account.password_hash;
  if (!(await matchesSecret(given ?? '', hash))) throw new Problem('accounts.password_needed');
  await forgetTries(house.database, tried);
}

/**
 * Shows the second factor of a session that waits for one: a code of the app, or a recovery code. A wrong one is
 * counted though the request fails; five end the session, ten close the account's second door for a while.
 * @throws Problem `accounts.wrong_second_factor` (401), `accounts.too_many_tries` (429)
 */
export async function showSecond(
  house: House,
  act: Act,
  principal: Principal,
  code: string,
  at: Date,
  asked: Asked,
): Promise<SignedIn> {
  const tried: Tried[] = [{ kind: 'second', of: principal.accountId }];
  await countTries(house.database, tried, act.now);
  const { provinceId } = principal;
  const done = await house.database.transaction(provinceContext(provinceId), async (tx) => {
    const shown = await whichFactor(tx, { ...act, provinceId }, house, principal, { code, at });
    if (shown) return wholeSession(tx, act, principal, [shown], asked.userAgent);
    await countWrong(tx, act, principal);
    return undefined;
  });
  if (!done) throw new Problem('accounts.wrong_second_factor');
  await forgetTries(house.database, tried);
  return done;
}

async function whichFactor(
  tx: Tx,
  act: Act,
  { keyring }: House,
  { accountId }: Principal,
  { code, at }: { code: string; at: Date },
): Promise<string | undefined> {
  if (looksLikeRecovery(code)) {
    const taken = await takeRecoveryCode(tx, act, keyring, accountId, code);
    return taken ? 'recovery' : undefined;
  }
  const apps = (await listFactors(tx, act.provinceId, accountId)).filter(
    ({ kind }) => kind === 'totp',
  );
  for (const app of apps) {
    if (await takeTotp(tx, act, keyring, app, { code, at })) return 'totp';
  }
  return undefined;
}

async function countWrong(tx: Tx, act: Act, principal: Principal): Promise<void> {
  const { wrong_codes } = await tx
    .updateTable('sessions')
    .set((row) => ({ wrong_codes: row('wrong_codes', '+', 1) }))
    .where('province_id', '=', principal.provinceId)
    .where('id', '=', principal.sessionId)
    .returning('wrong_codes')
    .executeTakeFirstOrThrow();
  if (wrong_codes >= mostWrong) await endSession(tx, principal, act.now);
}

/** A whole session in the place of the one that had come only so far: a new token, as ASVS 7.2.4 asks. */
async function wholeSession(
  tx: Tx,
  act: Act,
  principal: Principal,
  more: readonly string[],
  userAgent: string | undefined,
): Promise<SignedIn> {
  const { provinceId, accountId } = principal;
  const { factors } = await tx
    .selectFrom('sessions')
    .select('factors')
    .where('province_id', '=', provinceId)
    .where('id', '=', principal.sessionId)
    .executeTakeFirstOrThrow();
  await endSession(tx, principal, act.now);
  const opening = { provinceId, accountId, factors: [...factors, ...more] };
  const token = await openSession(tx, opening, userAgent, act.now);
  return { token, provinceId, accountId, stage: 'whole' };
}

/** What a new factor brings: recovery codes with the first one, a whole session to who had none yet. */
export async function factorAdded(
  tx: Tx,
  act: Act,
  house: House,
  principal: Principal,
  added: { readonly factor: string; readonly userAgent: string | undefined },
): Promise<{ recoveryCodes: string[] | null; session: SignedIn | null }> {
  const left = await countRecoveryCodes(tx, act.provinceId, principal.accountId);
  const recoveryCodes =
    left > 0 ? null : await makeRecoveryCodes(tx, act, house.keyring, principal.accountId);
  const session =
    principal.confinedTo === 'enrol'
      ? await wholeSession(tx, act, principal, [added.factor], added.userAgent)
      : null;
  return { recoveryCodes, session };
}

/**
 * Ends a factor.
 * @throws Problem `platform.not_found` (404), `accounts.last_factor` (409) where the role asks for one
 */
export async function removeFactor(
  tx: Tx,
  act: Act,
  accountId: string,
  id: string,
  needed: boolean,
): Promise<void> {
  const row = await findFactorForUpdate(tx, act.provinceId, accountId, id);
  if (!row) throw new Problem('platform.not_found');
  const others = (await listFactors(tx, act.provinceId, accountId)).filter((one) => one.id !== id);
  if (needed && others.length === 0) throw new Problem('accounts.last_factor');
  await saveFactor(tx, act.provinceId, id, { ended_at: act.now });
}

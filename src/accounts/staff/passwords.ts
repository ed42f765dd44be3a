import { Problem } from '../../kit/problem.ts';
import type { Database } from '../../platform/database.ts';
import { type Principal, provinceContext } from '../../platform/policy.ts';
import { knownPasswords } from '../known-passwords.ts';
import { decoyHash, hashSecret, matchesSecret } from '../password.ts';
import { findAccount } from '../queries.ts';
import { checkPassword } from '../staff-rules.ts';
import { countTries, forgetTries, type Tried } from '../tries.ts';
import { parseOpeningCode, takeOpeningCode } from './opening-codes.ts';
import { saveAccount } from './queries.ts';

/**
 * Chooses the first password of an account, or a new one after a reset, with the code that was handed over.
 * @returns the account, to be signed in
 * @throws Problem `accounts.wrong_opening_code` (401), `accounts.weak_password` (422)
 */
export async function redeemCode(
  database: Database,
  given: { readonly code: string; readonly password: string },
  now: Date,
): Promise<Awaited<ReturnType<typeof findAccount>> & object> {
  const key = parseOpeningCode(given.code);
  if (!key) throw new Problem('accounts.wrong_opening_code');
  const { provinceId } = key;
  const hash = await hashSecret(given.password);
  const known = await knownPasswords();
  return database.transaction(provinceContext(provinceId), async (tx) => {
    const accountId = await takeOpeningCode(tx, key, now);
    const account = accountId && (await findAccount(tx, provinceId, accountId));
    if (!account) throw new Problem('accounts.wrong_opening_code');
    // A code that met a weak password is not used up: the transaction is rolled back.
    checkPassword(given.password, account.username, known);
    await saveAccount(tx, provinceId, account.id, { password_hash: hash });
    return { ...account, password_hash: hash };
  });
}

/**
 * Changes one's own password and ends one's other sessions.
 * @throws Problem `accounts.wrong_sign_in` (401), `accounts.weak_password` (422), `accounts.too_many_tries` (429)
 */
export async function changePassword(
  database: Database,
  principal: Principal,
  given: { readonly old: string; readonly password: string },
  now: Date,
): Promise<void> {
  const context = provinceContext(principal.provinceId);
  const account = await database.transaction(context, (tx) =>
    findAccount(tx, principal.provinceId, principal.accountId),
  );
  const tried: Tried[] = [{ kind: 'second', of: principal.accountId }];
  await countTries(database, tried, now);
  const right = await matchesSecret(given.old, account?.password_hash ?? (await decoyHash));
  if (!account || !right) throw new Problem('accounts.wrong_sign_in');
  await forgetTries(database, tried);
  checkPassword(given.password, account.username, await knownPasswords());
  const hash = await hashSecret(given.password);
  await database.transaction(context, async (tx) => {
    await saveAccount(tx, principal.provinceId, account.id, { password_hash: hash });
    await tx
      .updateTable('sessions')
      .set({ ended_at: now })
      .where('province_id', '=', principal.provinceId)
      .where('account_id', '=', account.id)
      .where('id', '<>', principal.sessionId)
      .where('ended_at', 'is', null)
      .execute();
  });
}

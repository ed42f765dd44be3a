import { randomInt } from 'node:crypto';
import { normaliseMobile } from '../kit/identifiers.ts';
import { Problem } from '../kit/problem.ts';
import type { Database } from '../platform/database.ts';
import { provinceContext } from '../platform/policy.ts';
import { openSession } from '../platform/session.ts';
import { sendSms } from '../platform/sms.ts';
import { decoyHash, hashSecret, matchesSecret } from './password.ts';
import {
  countCodes,
  findAccount,
  findCodeForUpdate,
  findPersonByMobile,
  findSignInName,
  insertAccount,
  insertCode,
  markCode,
} from './queries.ts';

/** How long a one-time code can be used, in minutes. */
const codeMinutes = 3;
/** Codes a mobile may ask for in ten minutes, and in a day. */
const codesAllowed = [
  { minutes: 10, codes: 3 },
  { minutes: 24 * 60, codes: 10 },
];

type Asked = { readonly now: Date; readonly userAgent: string | undefined };

/**
 * Signs a member of staff in and returns the session's token.
 * @throws Problem `accounts.wrong_sign_in` (401): the same answer in the same time for every reason
 */
export async function signIn(
  database: Database,
  { username, password }: { username: string; password: string },
  asked: Asked,
): Promise<string> {
  const name = username.trim().toLowerCase();
  const found = await database.transaction(provinceContext(0), (tx) => findSignInName(tx, name));
  const account = found && (await accountOf(database, found));
  const right = await matchesSecret(password, account?.password_hash ?? (await decoyHash));
  if (!found || !account?.password_hash || !right) throw new Problem('accounts.wrong_sign_in');
  return database.transaction(provinceContext(found.province_id), (tx) =>
    openSession(
      tx,
      { provinceId: found.province_id, accountId: account.id },
      asked.userAgent,
      asked.now,
    ),
  );
}

function accountOf(database: Database, found: { province_id: number; account_id: string }) {
  return database.transaction(provinceContext(found.province_id), (tx) =>
    findAccount(tx, found.province_id, found.account_id),
  );
}

/**
 * Sends a one-time code to a mobile, known or not: the answer tells nobody who is registered.
 * @throws Problem `accounts.not_a_mobile` (422), `accounts.too_many_codes` (429)
 */
export async function requestCode(
  database: Database,
  provinceId: number,
  given: string,
  text: (code: string) => string,
  now: Date,
): Promise<{ mobile: string; expiresAt: Date }> {
  const mobile = getMobile(given);
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  const hash = await hashSecret(code);
  const expiresAt = new Date(now.getTime() + codeMinutes * 60_000);
  await database.transaction(provinceContext(provinceId), async (tx) => {
    for (const { minutes, codes } of codesAllowed) {
      const since = new Date(now.getTime() - minutes * 60_000);
      if ((await countCodes(tx, provinceId, mobile, since)) >= codes) {
        throw new Problem('accounts.too_many_codes', { minutes });
      }
    }
    await insertCode(tx, { provinceId, mobile, hash, now, expiresAt });
    await sendSms(tx, { provinceId, mobile, text: text(code), now });
  });
  return { mobile, expiresAt };
}

/**
 * Signs a citizen in by the code that came to their mobile; opens the account at the first sign-in.
 * A wrong try is counted even though the sign-in fails; five end the code.
 * @throws Problem `accounts.not_a_mobile` (422), `accounts.wrong_code` (401)
 */
export async function signInCitizen(
  database: Database,
  provinceId: number,
  given: { mobile: string; code: string },
  asked: Asked,
): Promise<string> {
  const mobile = getMobile(given.mobile);
  const account = await database.transaction(provinceContext(provinceId), async (tx) => {
    const code = await findCodeForUpdate(tx, provinceId, mobile, asked.now);
    const right = await matchesSecret(given.code.trim(), code?.code_hash ?? (await decoyHash));
    if (!code) return undefined;
    await markCode(tx, provinceId, code.id, right ? { usedAt: asked.now } : { wrong: true });
    if (!right) return undefined;
    const found = await findSignInName(tx, mobile);
    if (found) return { provinceId: found.province_id, accountId: found.account_id };
    return { provinceId, accountId: await openCitizen(tx, provinceId, mobile, asked.now) };
  });
  if (!account) throw new Problem('accounts.wrong_code');
  // The account may live in another province than the one the code was asked in.
  return database.transaction(provinceContext(account.provinceId), (tx) =>
    openSession(tx, account, asked.userAgent, asked.now),
  );
}

async function openCitizen(
  tx: Parameters<typeof insertAccount>[0],
  provinceId: number,
  mobile: string,
  now: Date,
): Promise<string> {
  const person = await findPersonByMobile(tx, provinceId, mobile);
  const name = person ? `${person.first_name} ${person.last_name}` : mobile;
  return insertAccount(
    tx,
    {
      provinceId,
      username: mobile,
      passwordHash: null,
      personId: person?.id ?? null,
      nameFa: name,
      nameEn: name,
      role: 'citizen',
      organisationId: null,
      demonstration: false,
    },
    now,
  );
}

function getMobile(given: string): string {
  const mobile = normaliseMobile(given);
  if (!mobile) throw new Problem('accounts.not_a_mobile');
  return mobile;
}

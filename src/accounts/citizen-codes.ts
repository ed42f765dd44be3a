import { randomInt } from 'node:crypto';
import { normaliseMobile } from '../kit/identifiers.ts';
import { Problem } from '../kit/problem.ts';
import type { Database, Tx } from '../platform/database.ts';
import { provinceContext } from '../platform/policy.ts';
import { openSession } from '../platform/session.ts';
import { sendSms } from '../platform/sms.ts';
import type { Asked, SignedIn } from './actions.ts';
import { decoyHash, hashSecret, matchesSecret } from './password.ts';
import {
  findCodeForUpdate,
  findPersonByMobile,
  findSignInName,
  insertAccount,
  insertCode,
  markCode,
} from './queries.ts';
import { countTries, type Tried } from './tries.ts';

/** How long a one-time code can be used, in minutes. */
const codeMinutes = 3;

/**
 * Sends a one-time code to a mobile, known or not: the answer tells nobody who is registered. The code is good
 * in the browser that asked for it, and nowhere else. A browser that the number has signed in from is counted by
 * itself, all others together: a stranger uses up nothing of the owner's.
 * @throws Problem `accounts.not_a_mobile` (422), `accounts.too_many_codes`, `accounts.too_many_tries` (429)
 */
export async function requestCode(
  database: Database,
  provinceId: number,
  given: string,
  text: (code: string) => string,
  asked: Asked,
): Promise<{ mobile: string; expiresAt: Date }> {
  const mobile = getMobile(given);
  const { now, device } = asked;
  await countTries(database, await codesCounted(database, mobile, asked), now);
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  const hash = await hashSecret(code);
  const expiresAt = new Date(now.getTime() + codeMinutes * 60_000);
  await database.transaction(provinceContext(provinceId), async (tx) => {
    await insertCode(tx, { provinceId, mobile, deviceId: device.id, hash, now, expiresAt });
    await sendSms(tx, { provinceId, mobile, text: text(code), now });
  });
  return { mobile, expiresAt };
}

/** Whether the number has signed in from this browser: nobody else can make the cookie that says so. */
async function isOwn(database: Database, mobile: string, { device }: Asked): Promise<boolean> {
  const found = await database.transaction(provinceContext(0), (tx) => findSignInName(tx, mobile));
  return found !== undefined && device.accounts.includes(found.account_id);
}

/** What a request for a code counts under. */
async function codesCounted(database: Database, mobile: string, asked: Asked): Promise<Tried[]> {
  const { device, network } = asked;
  const byDevice: Tried = { kind: 'codesByDevice', of: device.id };
  if (await isOwn(database, mobile, asked)) {
    const of = `${device.id} ${mobile}`;
    return [byDevice, { kind: 'codesOfOwn', of }, { kind: 'codesOfOwnToday', of }];
  }
  const byAddress: Tried[] = network === undefined ? [] : [{ kind: 'codesByAddress', of: network }];
  const near = `${network ?? ''} ${mobile}`;
  return [
    ...[byDevice, ...byAddress],
    ...[
      { kind: 'codesOfNear', of: near } as const,
      { kind: 'codesOfNearToday', of: near } as const,
    ],
    ...[
      { kind: 'codesOfNew', of: mobile } as const,
      { kind: 'codesOfNewToday', of: mobile } as const,
    ],
  ];
}

/**
 * Signs a citizen in by the code that came to their mobile for this browser; opens the account at the first
 * sign-in. A wrong try is counted even though the sign-in fails; five end the code, and touch no other browser's.
 * @throws Problem `accounts.not_a_mobile` (422), `accounts.wrong_code` (401), `accounts.too_many_tries` (429)
 */
export async function signInCitizen(
  database: Database,
  provinceId: number,
  given: { mobile: string; code: string },
  asked: Asked,
): Promise<SignedIn> {
  const mobile = getMobile(given.mobile);
  // Whoever shares an address with a guesser still gets in from a browser of their own.
  if (asked.network !== undefined && !(await isOwn(database, mobile, asked))) {
    await countTries(database, [{ kind: 'address', of: asked.network }], asked.now);
  }
  const account = await database.transaction(provinceContext(provinceId), async (tx) => {
    const right = await useCode(tx, provinceId, { mobile, code: given.code.trim() }, asked);
    if (!right) return undefined;
    const found = await findSignInName(tx, mobile);
    if (found) return { provinceId: found.province_id, accountId: found.account_id };
    return { provinceId, accountId: await openCitizen(tx, provinceId, mobile, asked.now) };
  });
  if (!account) throw new Problem('accounts.wrong_code');
  // The account may live in another province than the one the code was asked in.
  const opening = { ...account, factors: ['code'] };
  const token = await database.transaction(provinceContext(account.provinceId), (tx) =>
    openSession(tx, opening, asked.userAgent, asked.now),
  );
  return { token, ...account, stage: 'whole' };
}

/** Whether a code is the one this browser asked for; it is used up, or has one more wrong try. */
async function useCode(
  tx: Tx,
  provinceId: number,
  given: { mobile: string; code: string },
  { device, now }: Asked,
): Promise<boolean> {
  const of = { mobile: given.mobile, deviceId: device.id };
  const code = await findCodeForUpdate(tx, provinceId, of, now);
  const right = await matchesSecret(given.code, code?.code_hash ?? (await decoyHash));
  if (!code) return false;
  await markCode(tx, provinceId, code.id, right ? { usedAt: now } : { wrong: true });
  return right;
}

async function openCitizen(tx: Tx, provinceId: number, mobile: string, now: Date): Promise<string> {
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

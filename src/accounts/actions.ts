import { randomInt, randomUUID } from 'node:crypto';
import { normaliseMobile } from '../kit/identifiers.ts';
import { Problem } from '../kit/problem.ts';
import type { Database } from '../platform/database.ts';
import { provinceContext } from '../platform/policy.ts';
import { openSession, type Stage } from '../platform/session.ts';
import { sendSms } from '../platform/sms.ts';
import type { Device } from './device.ts';
import { needsSecondFactor, stageOf } from './factors/stage.ts';
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
import type { Reference } from './reference.ts';
import { raiseAlarm } from './staff/alarms.ts';
import { countTries, forgetTries, hasJustReached, type Tried } from './tries.ts';

/** How long a one-time code can be used, in minutes. */
const codeMinutes = 3;
/** Codes a mobile may ask for in ten minutes, and in a day. */
const codesAllowed = [
  { minutes: 10, codes: 3 },
  { minutes: 24 * 60, codes: 10 },
];

/** How somebody comes: when, from which browser, and from which address where addresses are counted. */
export type Asked = {
  readonly now: Date;
  readonly today: string;
  readonly userAgent: string | undefined;
  readonly device: Device;
  /** Undefined where nothing is counted by address. */
  readonly network: string | undefined;
};

/** A session that was opened, and whose. */
export type SignedIn = {
  readonly token: string;
  readonly provinceId: number;
  readonly accountId: string;
  readonly stage: Stage;
};

/**
 * Signs a member of staff in by password, as far as a password goes.
 * @throws Problem `accounts.wrong_sign_in` (401): the same answer in the same time for every reason;
 *   `accounts.too_many_tries` (429): for a name that is nobody's too
 */
export async function signIn(
  database: Database,
  reference: Reference,
  { username, password }: { username: string; password: string },
  asked: Asked,
  alarm: string,
): Promise<SignedIn> {
  const name = username.trim().toLowerCase();
  const found = await database.transaction(provinceContext(0), (tx) => findSignInName(tx, name));
  const account = found && (await accountOf(database, found));
  const tried = triesOf(name, account?.id, asked);
  const counts = await countTries(database, tried, asked.now);
  const right = await matchesSecret(password, account?.password_hash ?? (await decoyHash));
  if (!account?.password_hash || !right) {
    if (account && hasJustReached(counts, 'name'))
      await tellOfGuessing(database, account, asked, alarm);
    throw new Problem('accounts.wrong_sign_in');
  }
  await forgetTries(database, tried);
  return openFor(database, reference, account, ['password'], asked);
}

/** What a sign-in counts under: the name, by whether this browser has signed in with it; and the address. */
function triesOf(name: string, accountId: string | undefined, asked: Asked): Tried[] {
  const known = accountId !== undefined && asked.device.accounts.includes(accountId);
  const own: Tried = known
    ? { kind: 'device', of: `${asked.device.id} ${accountId}` }
    : { kind: 'name', of: name };
  return asked.network === undefined ? [own] : [own, { kind: 'address', of: asked.network }];
}

type AccountRow = NonNullable<Awaited<ReturnType<typeof findAccount>>>;

function tellOfGuessing(database: Database, account: AccountRow, asked: Asked, alarm: string) {
  const { province_id: provinceId } = account;
  const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
  const act = { provinceId, ...nobody, now: asked.now, today: asked.today };
  return database.transaction(provinceContext(provinceId), (tx) =>
    raiseAlarm(tx, act, { kind: 'guessing', accountId: account.id, changeId: null }, alarm),
  );
}

/** Opens a session for somebody who has shown `factors`, whole or as far as those go. */
export async function openFor(
  database: Database,
  reference: Reference,
  account: AccountRow,
  factors: readonly string[],
  asked: Pick<Asked, 'now' | 'today' | 'userAgent'>,
): Promise<SignedIn> {
  const provinceId = account.province_id;
  const { exempt } = needsSecondFactor(reference, account, asked.today);
  return database.transaction(provinceContext(provinceId), async (tx) => {
    const stage = await stageOf(tx, asked, reference, account);
    const shown = exempt && stage === 'whole' ? [...factors, 'exempt'] : factors;
    const opening = { provinceId, accountId: account.id, stage, factors: shown };
    const token = await openSession(tx, opening, asked.userAgent, asked.now);
    return { token, provinceId, accountId: account.id, stage };
  });
}

function accountOf(database: Database, found: { province_id: number; account_id: string }) {
  return database.transaction(provinceContext(found.province_id), (tx) =>
    findAccount(tx, found.province_id, found.account_id),
  );
}

/**
 * Sends a one-time code to a mobile, known or not: the answer tells nobody who is registered. How many is
 * limited by the mobile, by the browser and by the address.
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
  const { now, network, device } = asked;
  const byDevice: Tried = { kind: 'codesByDevice', of: device.id };
  const byAddress: Tried[] = network === undefined ? [] : [{ kind: 'codesByAddress', of: network }];
  await countTries(database, [byDevice, ...byAddress], now);
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
): Promise<SignedIn> {
  const mobile = getMobile(given.mobile);
  if (asked.network !== undefined) {
    await countTries(database, [{ kind: 'address', of: asked.network }], asked.now);
  }
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
  const opening = { ...account, factors: ['code'] };
  const token = await database.transaction(provinceContext(account.provinceId), (tx) =>
    openSession(tx, opening, asked.userAgent, asked.now),
  );
  return { token, ...account, stage: 'whole' };
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

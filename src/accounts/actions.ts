import { randomUUID } from 'node:crypto';
import { Problem } from '../kit/problem.ts';
import type { Database } from '../platform/database.ts';
import { provinceContext } from '../platform/policy.ts';
import { openSession, type Stage } from '../platform/session.ts';
import type { Device } from './device.ts';
import { needsSecondFactor, stageOf } from './factors/stage.ts';
import { decoyHash, matchesSecret } from './password.ts';
import { findAccount, findSignInName } from './queries.ts';
import type { Reference } from './reference.ts';
import { raiseAlarm } from './staff/alarms.ts';
import { countTries, forgetTries, hasJustReached, type Tried } from './tries.ts';

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

import { sql } from 'kysely';
import { type Reference, settingOn } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';

/** Until when a claim made or renewed now lasts if nothing more is done. */
function endOfClaim(reference: Reference, act: Act): Date {
  const minutes = settingOn(reference, 'permits.claim_minutes', act.provinceId, act.today);
  return new Date(act.now.getTime() + Number(minutes) * 60_000);
}

/**
 * Claims a case for an account. The row's key decides between two who ask at once.
 * @param own whether a claim that the account has already is renewed, or counts as taken
 * @returns until when; undefined when it is taken
 */
export async function tryClaim(
  tx: Tx,
  act: Act,
  reference: Reference,
  accountId: string,
  caseId: string,
  own: 'renewed' | 'taken' = 'renewed',
): Promise<Date | undefined> {
  const until = endOfClaim(reference, act);
  const { rows } = await sql`
    insert into case_claims as k (province_id, case_id, account_id, claimed_at, expires_at)
    values (${act.provinceId}::integer, ${caseId}::uuid, ${accountId}::uuid,
      ${act.now}::timestamptz, ${until}::timestamptz)
    on conflict (province_id, case_id) do update
    set account_id = excluded.account_id, expires_at = excluded.expires_at,
      claimed_at = excluded.claimed_at
    where k.expires_at <= excluded.claimed_at
      or (${own}::text = 'renewed' and k.account_id = excluded.account_id)
    returning case_id`.execute(tx);
  return rows.length > 0 ? until : undefined;
}

/** Gives a case back; somebody else's claim stays. */
export async function release(tx: Tx, act: Act, accountId: string, caseId: string): Promise<void> {
  await tx
    .deleteFrom('case_claims')
    .where('province_id', '=', act.provinceId)
    .where('case_id', '=', caseId)
    .where('account_id', '=', accountId)
    .execute();
}

/** Those of the cases that somebody else is working on now. */
export async function claimedByOthers(
  tx: Tx,
  act: Act,
  principal: Principal,
  caseIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('case_claims')
    .select('case_id')
    .where('province_id', '=', act.provinceId)
    .where(sql<boolean>`case_id = any(${caseIds}::uuid[])`)
    .where('expires_at', '>', act.now)
    .where('account_id', '<>', principal.accountId)
    .execute();
  return new Set(rows.map((row) => row.case_id));
}

/** Whose acts a claim holds back: those who share a queue. The applicant is never held back by one. */
const sharing: readonly string[] = ['expert', 'officer', 'director'];

/**
 * Lets an officer act on a case only if no colleague is working on it.
 * @throws Problem `permits.claimed` (409)
 */
export async function demandUnclaimed(
  tx: Tx,
  act: Act,
  principal: Principal,
  caseId: string,
): Promise<void> {
  if (!sharing.includes(principal.role)) return;
  const taken = await claimedByOthers(tx, act, principal, [caseId]);
  if (taken.size > 0) throw new Problem('permits.claimed');
}

import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import { caseKey, signedIn } from './case-key.ts';
import { demandUnclaimed } from './claims.ts';
import { mayAct, visibleTo } from './policy.ts';

/**
 * Lets a principal act on a case only if it is theirs to see (else 404: its existence is not
 * theirs to know) and theirs to act on (else 403).
 * @throws Problem `platform.not_found` (404), `platform.forbidden` (403)
 */
export async function allowAct(
  tx: Tx,
  principal: Principal,
  verb: string,
  key: { provinceId: number; id: string },
): Promise<void> {
  const row = await tx
    .selectFrom('cases')
    .select(['agency_id', 'bank_id', 'clearing_ids', 'person_id'])
    .where('province_id', '=', key.provinceId)
    .where('id', '=', key.id)
    .where(visibleTo(principal))
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  const it = {
    provinceId: key.provinceId,
    agencyId: row.agency_id,
    bankId: row.bank_id,
    clearingIds: row.clearing_ids,
    personId: row.person_id,
  };
  if (!mayAct(principal, verb, it)) throw new Problem('platform.forbidden', { permission: verb });
}

/**
 * Lets a principal take a step on a case: theirs to see, theirs to act on, and no colleague at work on it.
 * @throws Problem as {@link allowAct}, and `permits.claimed` (409)
 */
export async function allowStep(
  tx: Tx,
  act: Act,
  principal: Principal,
  verb: string,
  caseId: string,
): Promise<void> {
  await Promise.all([
    allowAct(tx, principal, verb, { provinceId: act.provinceId, id: caseId }),
    demandUnclaimed(tx, act, principal, caseId),
  ]);
}

/**
 * The case that a code in the address names, if it is the caller's to see.
 * @throws Problem `platform.not_found` (404)
 */
export async function visibleCase(tx: Tx, principal: Principal | null, code: string) {
  const key = caseKey(code);
  await demandVisible(tx, signedIn(principal), key);
  return key;
}

/**
 * Lets a principal read what hangs on a case only if the case is theirs to see.
 * @throws Problem `platform.not_found` (404)
 */
export async function demandVisible(
  tx: Tx,
  principal: Principal,
  key: { provinceId: number; id: string },
): Promise<void> {
  const row = await tx
    .selectFrom('cases')
    .select('id')
    .where('province_id', '=', key.provinceId)
    .where('id', '=', key.id)
    .where(visibleTo(principal))
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
}

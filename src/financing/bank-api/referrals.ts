import type { Reference } from '../../accounts/index.ts';
import { Problem } from '../../kit/problem.ts';
import {
  getCasesForUpdate,
  idIn,
  recordOpening,
  recordOpenings,
  signedIn,
} from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import {
  listReferrals,
  moneyOfPlan,
  newestPlan,
  type Place,
  type ReferralRow,
  referralOnWire,
} from './queries.ts';

/**
 * An act is dated by the moment it began, and is seen once it has been committed: what began within so many
 * minutes may still come, so a cursor never passes them by. What comes twice can be told by `changed_at`.
 */
const minutesOfOverlap = 15;

/** What a bank's system asks of the list. */
export type ListAsked = {
  readonly cursor?: string;
  readonly changed_since?: string;
  readonly state?: string;
  readonly limit?: number;
};

/** One page of a bank's referrals. @throws Problem `banks.wrong_cursor` (400) */
export async function pageOfReferrals(
  tx: Tx,
  act: Act,
  reference: Reference,
  principal: Principal | null,
  asked: ListAsked,
) {
  const { provinceId, now } = act;
  const bankId = bankOf(principal);
  const limit = asked.limit ?? 50;
  const after = startOf(asked);
  const rows = await listReferrals(tx, {
    ...{ provinceId, bankId, after, state: asked.state },
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const more = rows.length > limit;
  const last = shown.at(-1);
  recordOpenings(
    tx,
    act,
    signedIn(principal),
    shown.map((row) => row.case_id),
    'bank',
  );
  const reached = last ? { changedAt: last.changed_at, planId: last.id } : after;
  return {
    referrals: shown.map((row) => referralOnWire(reference, provinceId, row)),
    cursor: writeCursor(more ? reached : heldBack(reached, now)),
    more,
  };
}

function startOf({ cursor, changed_since: since }: ListAsked): Place | undefined {
  if (cursor !== undefined) return readCursor(cursor);
  return since === undefined ? undefined : { changedAt: new Date(since), planId: firstId };
}

const firstId = '00000000-0000-0000-0000-000000000000';

function heldBack(reached: Place | undefined, now: Date): Place {
  const safe = new Date(now.getTime() - minutesOfOverlap * 60_000);
  return reached && reached.changedAt < safe ? reached : { changedAt: safe, planId: firstId };
}

function writeCursor(place: Place | undefined): string {
  const { changedAt, planId } = place ?? { changedAt: new Date(0), planId: firstId };
  return `${changedAt.getTime()}.${planId}`;
}

function readCursor(text: string): Place {
  const [, time = '', planId = ''] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text) ?? [];
  if (planId === '') throw new Problem('banks.wrong_cursor');
  return { changedAt: new Date(Number(time)), planId };
}

/** The bank that a principal speaks for. */
export function bankOf(principal: Principal | null): string {
  return signedIn(principal).organisationId ?? '';
}

/** The bank's own plan that a code names. @throws Problem `platform.not_found` (404) */
async function ownReferral(
  tx: Tx,
  provinceId: number,
  principal: Principal | null,
  code: string,
): Promise<ReferralRow> {
  const planId = idIn(provinceId, code);
  const [row] = await listReferrals(tx, {
    provinceId,
    bankId: bankOf(principal),
    planId,
    limit: 1,
  });
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/** One plan with its money, as its bank's system sees it. @throws Problem `platform.not_found` (404) */
export async function showReferral(
  tx: Tx,
  act: Act,
  reference: Reference,
  principal: Principal | null,
  code: string,
) {
  const row = await ownReferral(tx, act.provinceId, principal, code);
  recordOpening(tx, act, signedIn(principal), row.case_id, 'bank');
  const money = await moneyOfPlan(tx, act.provinceId, row.id);
  return { referral: referralOnWire(reference, act.provinceId, row), ...money };
}

/**
 * Locks the case of the bank's own plan for an act on that plan, and on no later one of the same case.
 * @throws Problem `platform.not_found` (404), `banks.not_newest` (409)
 */
export async function holdReferral(
  tx: Tx,
  act: Act,
  principal: Principal | null,
  code: string,
): Promise<{ caseId: string; bankId: string }> {
  const row = await ownReferral(tx, act.provinceId, principal, code);
  await getCasesForUpdate(tx, act.provinceId, [row.case_id]);
  const newest = await newestPlan(tx, act.provinceId, row.case_id);
  if (newest !== row.id) throw new Problem('banks.not_newest');
  return { caseId: row.case_id, bankId: bankOf(principal) };
}

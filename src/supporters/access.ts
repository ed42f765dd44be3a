import { Problem } from '../kit/problem.ts';
import { caseKey, idIn, recordOpenings, signedIn } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import { mayStep, type PolicySupporter, type Side, sideOf } from './policy.ts';

/** What a code in an address names, and where the principal stands towards it. */
export type Access = {
  readonly provinceId: number;
  /** The supporter's case. */
  readonly caseId: string;
  /** The cover, where the code is one. */
  readonly coverId: string;
  /** The case of the covered person's own, where there is one. */
  readonly ownCaseId: string | null;
  readonly side: Exclude<Side, null>;
};

/**
 * The supporter that a case's code names, if it is the caller's to see; with a verb, theirs to act on.
 * @throws Problem `platform.not_found` (404), `platform.forbidden` (403)
 */
export async function supporterAccess(
  tx: Tx,
  principal: Principal | null,
  code: string,
  verb?: string,
): Promise<Access> {
  const { provinceId, id } = caseKey(code);
  const row = await tx
    .selectFrom('cases')
    .select(['agency_id', 'person_id'])
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .where('kind', '=', 'supporter')
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  const it = { provinceId, agencyId: row.agency_id, personId: row.person_id };
  return {
    provinceId,
    caseId: id,
    coverId: '',
    ownCaseId: null,
    side: demandSide(signedIn(principal), it, verb),
  };
}

/**
 * The cover that a code names, if it is the caller's to see; with a verb, theirs to act on.
 * @throws Problem `platform.not_found` (404), `platform.forbidden` (403)
 */
export async function coverAccess(
  tx: Tx,
  principal: Principal | null,
  code: string,
  verb?: string,
): Promise<Access> {
  const { provinceId, id } = caseKey(code);
  const row = await tx
    .selectFrom('covers as v')
    .innerJoin('supporters as s', (join) =>
      join.onRef('s.case_id', '=', 'v.case_id').on('s.province_id', '=', provinceId),
    )
    .select(['v.case_id', 'v.own_case_id', 'v.agency_id', 'v.person_id as covered', 's.person_id'])
    .where('v.province_id', '=', provinceId)
    .where('v.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  const people = { personId: row.person_id, coveredId: row.covered };
  const it = { provinceId, agencyId: row.agency_id, ...people };
  const side = demandSide(signedIn(principal), it, verb);
  return { provinceId, caseId: row.case_id, coverId: id, ownCaseId: row.own_case_id, side };
}

/**
 * What a code names in the principal's own province, and in no other.
 * @throws Problem `platform.not_found` (404)
 */
export function idAtHome(principal: Principal | null, code: string): string {
  return idIn(signedIn(principal).provinceId, code);
}

function demandSide(principal: Principal, it: PolicySupporter, verb: string | undefined) {
  const side = sideOf(principal, it);
  if (side === null) throw new Problem('platform.not_found');
  if (verb !== undefined && !mayStep(principal, verb, it)) {
    throw new Problem('platform.forbidden', { permission: verb });
  }
  return side;
}

/** Writes down that somebody of an office opened what is between a supporter and a covered person, for both. */
export function recordCoverOpening(
  tx: Tx,
  act: Act,
  principal: Principal | null,
  { caseId, ownCaseId }: Access,
  what: 'supporter' | 'paper',
): void {
  const cases = ownCaseId === null ? [caseId] : [caseId, ownCaseId];
  recordOpenings(tx, act, signedIn(principal), cases, what);
}

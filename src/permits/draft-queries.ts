import type { Selectable } from 'kysely';
import type { Static } from 'typebox';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { DB, Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import type { DraftAnswers } from './application-contract.ts';

export type Answered = Static<typeof DraftAnswers>;
export type Draft = Omit<Selectable<DB['drafts']>, 'answers'> & { readonly answers: Answered };

/** Drafts that are a principal's to go on with: a citizen's own, or those their office fills in. */
function mine(tx: Tx, principal: Principal) {
  const drafts = tx
    .selectFrom('drafts')
    .selectAll()
    .where('province_id', '=', principal.provinceId);
  if (principal.role === 'citizen') return drafts.where('account_id', '=', principal.accountId);
  const office = drafts.where('on_behalf', '=', true);
  return principal.organisationId === null
    ? office.where('organisation_id', 'is', null)
    : office.where('organisation_id', '=', principal.organisationId);
}

/**
 * A draft of the principal's, locked when it is about to change.
 * @throws Problem `platform.not_found` (404)
 */
export async function getDraft(
  tx: Tx,
  principal: Principal,
  id: string,
  lock = false,
): Promise<Draft> {
  const query = mine(tx, principal).where('id', '=', id);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row as unknown as Draft;
}

/** The open drafts, the last saved first. */
export async function openDrafts(tx: Tx, principal: Principal): Promise<Draft[]> {
  const rows = await mine(tx, principal)
    .where('state', '=', 'open')
    .orderBy('saved_at', 'desc')
    .limit(50)
    .execute();
  return rows as unknown as Draft[];
}

export async function insertDraft(
  tx: Tx,
  act: Act,
  principal: Principal,
  answers: Answered,
): Promise<string> {
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('drafts')
    .values({
      province_id: act.provinceId,
      id,
      account_id: principal.accountId,
      person_id: principal.personId,
      organisation_id: principal.organisationId,
      on_behalf: principal.role !== 'citizen',
      answers: JSON.stringify(answers),
      version: 1,
      state: 'open',
      recorded_at: act.now,
      saved_at: act.now,
    })
    .execute();
  return id;
}

/** Writes the next version of a draft that is locked. */
export async function saveDraft(
  tx: Tx,
  act: Act,
  draft: Draft,
  change: { answers?: Answered; state?: string; caseId?: string },
): Promise<void> {
  await tx
    .updateTable('drafts')
    .set({
      answers: JSON.stringify(change.answers ?? draft.answers),
      state: change.state ?? draft.state,
      case_id: change.caseId ?? draft.case_id,
      version: draft.version + 1,
      saved_at: act.now,
    })
    .where('province_id', '=', draft.province_id)
    .where('id', '=', draft.id)
    .execute();
}

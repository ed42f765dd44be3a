import type { Static } from 'typebox';
import {
  getCounty,
  identityState,
  occupationLabel,
  type PersonInput,
  personOf,
  type Reference,
} from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { type FieldFault, Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import { afterSubmission } from './after-submission.ts';
import type { DraftAnswer } from './application-contract.ts';
import { type DocumentRow, documentLine, documentsOf, giveToCase } from './document-queries.ts';
import {
  type Answered,
  type Draft,
  getDraft,
  insertDraft,
  openDrafts,
  saveDraft,
} from './draft-queries.ts';
import { submitCases } from './open-cases.ts';
import { describeOccupation, documentsFor, judgeEligibility } from './requirements.ts';

/** The pages of an application in their order. */
export const draftSteps = ['what', 'who', 'where', 'work', 'documents'] as const;
export type DraftStep = (typeof draftSteps)[number];

/**
 * Begins an application: a citizen's own, once they said who they are, or one that an office fills in.
 * @throws Problem `permits.identity_missing` (409)
 */
export async function startDraft(
  tx: Tx,
  act: Act,
  principal: Principal,
  answers: Answered,
): Promise<string> {
  if (principal.role === 'citizen' && principal.personId === null) {
    throw new Problem('permits.identity_missing');
  }
  return insertDraft(tx, act, principal, answers);
}

/**
 * Saves question groups over the version that the device last saw; groups that are not given stay.
 * @throws Problem `permits.draft_changed` (409) when another device saved meanwhile, `permits.draft_closed`
 */
export async function saveAnswers(
  tx: Tx,
  act: Act,
  reference: Reference,
  draft: Draft,
  given: { version: number; answers: Answered },
): Promise<void> {
  demandOpen(draft, given.version);
  if (given.answers.where)
    getCounty(reference, Number(given.answers.where.countyId), act.provinceId);
  await saveDraft(tx, act, draft, { answers: { ...draft.answers, ...given.answers } });
}

function demandOpen(draft: Draft, version: number): void {
  if (draft.state !== 'open') throw new Problem('permits.draft_closed');
  if (draft.version !== version) {
    throw new Problem('permits.draft_changed', { given: version, record: draft.version });
  }
}

/** Puts an open draft away for good; its documents stay with it. */
export async function discardDraft(tx: Tx, act: Act, draft: Draft, version: number): Promise<void> {
  demandOpen(draft, version);
  await saveDraft(tx, act, draft, { state: 'discarded' });
}

/**
 * Turns a complete draft into a case, in the name of whom it is about; who filled it in is in the facts.
 * Where the grade of the occupation lets it, the permit is issued at once.
 * Needs a transaction that sees the whole province.
 * @returns the case's id
 * @throws Problem `permits.draft_incomplete` with a fault for each page, `permits.identity_differs`,
 *   and what {@link submitCases} says
 */
export async function submitDraft(
  tx: Tx,
  act: Act,
  reference: Reference,
  principal: Principal,
  given: { id: string; version: number },
): Promise<string> {
  const draft = await getDraft(tx, principal, given.id, true);
  demandOpen(draft, given.version);
  const documents = await documentsOf(tx, act.provinceId, { draftId: draft.id });
  const person = await applicantOf(tx, draft);
  const lacking = lackingIn(reference, act.provinceId, act.today, draft, documents, person);
  const { what, where, work } = draft.answers;
  if (lacking.length > 0 || !what || !where || !person) {
    throw new Problem('permits.draft_incomplete', {}, lacking.map(missing));
  }
  await demandIdentity(tx, draft);
  const facts = {
    ...(draft.on_behalf ? { on_behalf_by: principal.accountId } : {}),
    self_checked: work?.conditions ?? {},
    ...(work?.plan ? { plan: work.plan } : {}),
  };
  const household = { ...where, countyId: Number(where.countyId) };
  const application = { ...what, person, household, happenedOn: act.today, facts };
  const [caseId = ''] = await submitCases(tx, act, reference, [application]);
  await saveDraft(tx, act, draft, { state: 'submitted', caseId });
  const personId = await personOfCase(tx, act.provinceId, caseId);
  await giveToCase(tx, act.provinceId, draft.id, { caseId, personId });
  // Nothing is issued by rule to somebody whom the civil registry has not confirmed.
  const confirmed = (await identityState(tx, act.provinceId, personId)) === 'confirmed';
  await afterSubmission(tx, act, reference, [caseId], confirmed);
  return caseId;
}

const missing = (step: DraftStep): FieldFault => ({ pointer: `/${step}`, code: 'missing' });

async function personOfCase(tx: Tx, provinceId: number, caseId: string): Promise<string> {
  const row = await tx
    .selectFrom('cases')
    .select('person_id')
    .where('province_id', '=', provinceId)
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return row.person_id;
}

/** What the registry denied waits for the applicant; what it has not answered goes on unconfirmed. */
async function demandIdentity(tx: Tx, draft: Draft): Promise<void> {
  if (draft.person_id === null) return;
  const state = await identityState(tx, draft.province_id, draft.person_id);
  if (state === 'differs') throw new Problem('permits.identity_differs');
}

/** Whom the application is about: the citizen themselves, or whom the office wrote down. */
async function applicantOf(tx: Tx, draft: Draft): Promise<PersonInput | undefined> {
  if (draft.on_behalf || draft.person_id === null) return draft.answers.who;
  return personOf(tx, draft.province_id, draft.person_id);
}

/** The pages that still lack something. */
function lackingIn(
  reference: Reference,
  provinceId: number,
  today: string,
  draft: Draft,
  documents: readonly DocumentRow[],
  person: PersonInput | undefined,
): DraftStep[] {
  const { what, where, work } = draft.answers;
  const applicant = what && { ...what, sex: person?.sex ?? null };
  const kept = new Set(
    documents.filter(({ state }) => state === 'kept').map((row) => row.condition_number),
  );
  const lacks: Record<DraftStep, boolean> = {
    what: !what,
    who: !person,
    where: !where,
    work:
      !applicant ||
      !judgeEligibility(reference, applicant, work?.conditions ?? {}, provinceId, today).eligible,
    documents:
      !applicant ||
      documentsFor(reference, applicant, provinceId, today).some(({ number }) => !kept.has(number)),
  };
  return draftSteps.filter((step) => lacks[step]);
}

/** The whole draft in wire form. */
export async function showDraft(
  tx: Tx,
  reference: Reference,
  today: string,
  draft: Draft,
): Promise<Static<typeof DraftAnswer>> {
  const provinceId = draft.province_id;
  const documents = await documentsOf(tx, provinceId, { draftId: draft.id });
  const person = await applicantOf(tx, draft);
  const { what } = draft.answers;
  const applicant = what && { ...what, sex: person?.sex ?? null };
  return {
    code: encodeCode(provinceId, draft.id),
    version: draft.version,
    state: draft.state,
    onBehalf: draft.on_behalf,
    caseCode: draft.case_id && encodeCode(provinceId, draft.case_id),
    answers: draft.answers,
    documents: documents.map((row) => documentLine(reference, row)),
    about: applicant ? describeOccupation(reference, applicant, provinceId, today) : null,
    lacking: lackingIn(reference, provinceId, today, draft, documents, person),
    savedAt: draft.saved_at.toISOString(),
  };
}

/** The principal's open drafts, one line each. */
export async function listDrafts(
  tx: Tx,
  reference: Reference,
  principal: Principal,
  today: string,
) {
  const drafts = await openDrafts(tx, principal);
  const lines = [];
  for (const draft of drafts) {
    const { what, who } = draft.answers;
    const documents = await documentsOf(tx, draft.province_id, { draftId: draft.id });
    const person = await applicantOf(tx, draft);
    lines.push({
      code: encodeCode(draft.province_id, draft.id),
      occupation: what ? occupationLabel(reference, what.occupationId) : null,
      name: who ? `${who.firstName} ${who.lastName}` : null,
      lacking: lackingIn(reference, draft.province_id, today, draft, documents, person),
      savedAt: draft.saved_at.toISOString(),
    });
  }
  return lines;
}

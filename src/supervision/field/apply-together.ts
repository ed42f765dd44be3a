import type { Reference } from '../../accounts/index.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Role } from '../../platform/policy.ts';
import type { Answers } from '../checklist-rules.ts';
import { checklistsById } from '../checklists.ts';
import { look, planVisits } from '../plan-visits.ts';
import { mayRecord } from '../policy.ts';
import { type OutcomeInput, recordVisits } from '../record-visits.ts';
import { outcomeVerbs, type Stage } from '../rules.ts';
import type { Looked } from '../steps.ts';
import { takeBackVisit } from '../take-back.ts';
import type { Device } from './devices.ts';
import type { RecordBook } from './order.ts';
import { agencyOf } from './pack.ts';
import { type FieldRecord, openVisitOf, type VisitNow, visitsNow } from './queries.ts';

/** Who applies records, on whose behalf. */
export type Applying = {
  readonly act: Act;
  readonly reference: Reference;
  readonly device: Device;
  readonly book: Pick<RecordBook, 'standingFor' | 'remember'>;
};

/**
 * Applies records of different cases together: what they correct is taken back, unplanned visits are planned,
 * and the outcomes are recorded. All or none.
 * @throws Problem whatever the rules of visits say, `supervision.not_assigned`, `supervision.base_moved`,
 *   `supervision.photo_missing`, `supervision.checklist_unknown`, `supervision.visit_unknown`
 */
export async function applyTogether(
  tx: Tx,
  { act, reference, device, book }: Applying,
  records: readonly FieldRecord[],
): Promise<void> {
  const caseIds = records.map(({ caseId }) => caseId ?? '');
  const looked = await look(tx, act.provinceId, caseIds);
  const visits = await visitsNow(tx, act.provinceId, visitIdsOf(records));
  for (const record of records) {
    demandPhotos(record);
    const visit = visits.get(record.visitId ?? '');
    const standing = book.standingFor(record);
    if (visit) checkVisit(device, record, visit, standing);
    if (visit && standing) await takeBack(tx, act, record, standing);
  }
  const unplanned = records.filter(({ visitId }) => visitId === null);
  await planUnplanned(tx, { act, reference, device }, unplanned, looked);
  await recordOutcomes(tx, act, reference, records);
}

function visitIdsOf(records: readonly FieldRecord[]): string[] {
  return records.flatMap(({ visitId }) => visitId ?? []);
}

/** Whether a visit is as the phone knew it, and still its owner's to make. */
function checkVisit(
  { role, accountId }: Device,
  record: FieldRecord,
  visit: VisitNow,
  standing: FieldRecord | undefined,
): void {
  if (!mayRecord({ role: role as Role, accountId }, visit)) {
    throw new Problem('supervision.not_assigned');
  }
  const known = standing ? standing.appliedRevision : (record.sent.base ?? visit.revision);
  if (known !== visit.revision) throw new Problem('supervision.base_moved');
}

async function takeBack(tx: Tx, act: Act, { sent, visitId }: FieldRecord, standing: FieldRecord) {
  const reason = sent.note?.trim() || standing.sent.note?.trim() || sent.id;
  await takeBackVisit(tx, act, { visitId: visitId ?? '', reason });
  Object.assign(standing, { state: 'replaced' });
}

/** Photos that answers name have to be photos of the record: evidence that never comes is none. */
function demandPhotos({ sent, photoDigests }: FieldRecord): void {
  const faults = Object.entries(sent.answers).flatMap(([question, answer]) =>
    digestsIn(answer).every((digest) => photoDigests.includes(digest))
      ? []
      : [{ pointer: `/answers/${question}`, code: 'missing' }],
  );
  if (faults.length > 0) throw new Problem('supervision.photo_missing', {}, faults);
}

function digestsIn(answer: unknown): string[] {
  if (!Array.isArray(answer)) return [];
  const named = answer.map((one: unknown) =>
    typeof one === 'string' ? one : (one as { sha256?: unknown } | null)?.sha256,
  );
  return named.filter((one) => typeof one === 'string');
}

/** Plans the visits that nobody had planned, as their owner's, with the checklist that was asked by. */
async function planUnplanned(
  tx: Tx,
  { act, reference, device }: Omit<Applying, 'book'>,
  records: readonly FieldRecord[],
  looked: ReadonlyMap<string, Looked>,
): Promise<void> {
  if (records.length === 0) return;
  const agency = agencyOf(reference, { ...device, role: device.role as Role });
  const lists = await checklistsById(tx, act.provinceId, [
    ...new Set(records.map(({ sent }) => sent.checklist)),
  ]);
  for (const { caseId, sent } of records) {
    const plan = looked.get(caseId ?? '')?.plan;
    if (agency !== null && plan?.agencyId !== agency)
      throw new Problem('supervision.visit_unknown');
    if (lists.get(sent.checklist)?.stage !== sent.stage) {
      throw new Problem('supervision.checklist_unknown');
    }
    const open = await openVisitOf(tx, act.provinceId, caseId ?? '', sent.stage ?? '');
    if (open) throw new Problem('supervision.visit_open');
  }
  const ids = await planVisits(tx, act, reference, planInputs(records, device.accountId));
  for (const [at, record] of records.entries()) record.visitId = ids[at] ?? null;
}

/** Unplanned visits as their owner's to make, on the day they were made. */
export function planInputs(records: readonly FieldRecord[], assigneeId: string) {
  return records.map(({ caseId, sent, happenedOn }) => ({
    ...{ caseId: caseId ?? '', stage: sent.stage as Stage, channel: 'field' as const },
    ...{ assigneeId, happenedOn, dueOn: happenedOn, checklistId: sent.checklist },
  }));
}

/** Records what the visits came to, those of one verb together, and where that left each visit. */
export async function recordOutcomes(
  tx: Tx,
  act: Act,
  reference: Reference,
  records: readonly FieldRecord[],
): Promise<void> {
  for (const verb of outcomeVerbs) {
    const of = records.filter(({ sent }) => sent.verb === verb);
    if (of.length > 0) await recordVisits(tx, act, reference, verb, of.map(outcomeOf));
  }
  const visits = await visitsNow(tx, act.provinceId, visitIdsOf(records));
  for (const record of records) {
    const appliedRevision = visits.get(record.visitId ?? '')?.revision ?? null;
    Object.assign(record, { state: 'applied', problem: null, faults: [], appliedRevision });
  }
}

function outcomeOf({ visitId, sent, happenedOn }: FieldRecord): OutcomeInput {
  const { note, correctUntil, deviation } = sent;
  const answers = sent.answers as Answers;
  return {
    visitId: visitId ?? '',
    ...{ answers, note, correctUntil, deviation },
    visitedOn: happenedOn,
  };
}

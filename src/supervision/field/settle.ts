import type { Static } from 'typebox';
import type { Reference } from '../../accounts/index.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { assignVisits, look, planVisits } from '../plan-visits.ts';
import { takeBackVisit } from '../take-back.ts';
import { applyDevice } from './apply-records.ts';
import { planInputs, recordOutcomes } from './apply-together.ts';
import type { RecordState, SettleBody } from './contract.ts';
import { type Device, findDevice } from './devices.ts';
import {
  type FieldRecord,
  findRecord,
  openVisitOf,
  saveRecords,
  type VisitNow,
  visitsNow,
} from './queries.ts';

const settleable: readonly RecordState[] = ['conflict', 'held', 'waits_photos'];

/**
 * A person decides about a record with both sides in view: the office's side stays, or what stands is taken
 * back and the phone's side recorded. A record that waits for what a lost phone will never send can be
 * settled, too. What waited for it is tried.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supervision.visit_unknown`, and whatever
 *   taking back and recording a visit say
 */
export async function settleRecord(
  tx: Tx,
  act: Act,
  reference: Reference,
  { id, take, reason }: Static<typeof SettleBody>,
): Promise<RecordState> {
  const { record, device } = await lockRecord(tx, act.provinceId, id);
  if (!settleable.includes(record.state)) {
    throw new Problem('platform.wrong_state', { verb: 'supervision.settle', state: record.state });
  }
  if (take === 'office') record.state = 'kept_office';
  else await takePhones(tx, act, reference, { record, device, reason: normaliseText(reason) });
  await saveRecords(tx, act, [record]);
  await tx
    .updateTable('field_records')
    .set({ settled_by: act.actorId, settled_at: act.now, settled_reason: normaliseText(reason) })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .execute();
  await applyDevice(tx, act, reference, device);
  return record.state;
}

async function lockRecord(tx: Tx, provinceId: number, id: string) {
  const found = await findRecord(tx, provinceId, id);
  const device = found && (await findDevice(tx, provinceId, found.deviceId, true));
  // As it stands once nobody else syncs its phone.
  const record = await findRecord(tx, provinceId, id);
  if (!device || !record) throw new Problem('platform.not_found');
  return { record, device };
}

type Settling = { readonly record: FieldRecord; readonly device: Device; readonly reason: string };

async function takePhones(tx: Tx, act: Act, reference: Reference, settling: Settling) {
  const { record, device } = settling;
  const { caseId, sent } = record;
  if (caseId === null) throw new Problem('supervision.visit_unknown');
  await look(tx, act.provinceId, [caseId]);
  const known = await visitsNow(tx, act.provinceId, record.visitId ? [record.visitId] : []);
  const open = () => openVisitOf(tx, act.provinceId, caseId, sent.stage ?? '');
  const visit = known.get(record.visitId ?? '') ?? (await open());
  if (visit) await makeRecordable(tx, act, visit, settling);
  const [planned = null] = visit
    ? [visit.id]
    : await planVisits(tx, act, reference, planInputs([record], device.accountId));
  record.visitId = planned;
  // A phone's clock that was ahead and then put right leaves a day that has not come.
  const happenedOn = [record.happenedOn, act.today].sort()[0] ?? act.today;
  const recorded = { ...record, happenedOn };
  await recordOutcomes(tx, act, reference, [recorded]);
  const { state, problem, faults, appliedRevision } = recorded;
  Object.assign(record, { state, problem, faults, appliedRevision });
}

/** Brings a visit to where its outcome can be recorded: what stands is taken back, and it is somebody's. */
async function makeRecordable(
  tx: Tx,
  act: Act,
  { id, state }: VisitNow,
  { device, reason }: Settling,
): Promise<void> {
  if (state === 'assigned') return;
  if (state !== 'planned') await takeBackVisit(tx, act, { visitId: id, reason });
  const now = (await visitsNow(tx, act.provinceId, [id])).get(id);
  if (now?.state === 'planned') {
    await assignVisits(tx, act, [{ visitId: id, assigneeId: device.accountId }]);
  }
}

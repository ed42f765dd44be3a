import { sql } from 'kysely';
import type { Reference } from '../../accounts/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { type Applying, applyTogether } from './apply-together.ts';
import type { Device } from './devices.ts';
import { RecordBook } from './order.ts';
import {
  countedTo,
  type FieldRecord,
  pendingRecords,
  photoStates,
  relatedRecords,
  saveRecords,
} from './queries.ts';
import { refusalOf } from './refusal.ts';

/**
 * Applies whatever of a phone's records can be applied now, in its own order and each once. What the rules
 * refuse becomes a conflict and the others go on. The phone has to be locked.
 * @param act when and where; who acts is the phone's owner
 */
export async function applyDevice(
  tx: Tx,
  act: Act,
  reference: Reference,
  device: Device,
): Promise<void> {
  const { provinceId } = act;
  const [pending, { whole }] = await Promise.all([
    pendingRecords(tx, provinceId, device.id),
    countedTo(tx, provinceId, device.id),
  ]);
  if (pending.length === 0) return;
  const [related, photos] = await Promise.all([
    relatedRecords(tx, provinceId, device.id, {
      ids: pending.flatMap(({ corrects }) => corrects ?? []),
      visitIds: pending.flatMap(({ visitId }) => visitId ?? []),
      caseIds: pending.flatMap(({ caseId }) => caseId ?? []),
    }),
    photoStates(tx, provinceId, device.id, [...new Set(pending.flatMap((r) => r.photoDigests))]),
  ]);
  const book = new RecordBook([...pending, ...related], whole);
  book.replaceCorrected();
  const by = { ...act, actorId: device.accountId, organisationId: device.organisationId };
  for (;;) {
    const due = book.next(photos);
    if (due.length === 0) break;
    await attempt(tx, { act: by, reference, device, book }, due);
  }
  await saveRecords(tx, act, book.moved);
}

/** All together first; one by one if that fails, so that a refused one undoes no other. */
async function attempt(tx: Tx, applying: Applying, records: readonly FieldRecord[]) {
  await sql`savepoint field_records`.execute(tx);
  const forget = applying.book.remember();
  try {
    await applyTogether(tx, applying, records);
    await sql`release savepoint field_records`.execute(tx);
  } catch (error) {
    const refusal = refusalOf(error);
    await sql`rollback to savepoint field_records`.execute(tx);
    await sql`release savepoint field_records`.execute(tx);
    forget();
    if (records.length > 1) {
      for (const record of records) await attempt(tx, applying, [record]);
      return;
    }
    for (const record of records) Object.assign(record, { state: 'conflict', ...refusal });
  }
}

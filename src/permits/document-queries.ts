import { type Selectable, sql } from 'kysely';
import type { Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { DB, Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';

export type DocumentRow = Selectable<DB['documents']>;
type Owner = { readonly draftId: string } | { readonly caseId: string };

export type NewDocument = {
  readonly draftId: string | null;
  readonly caseId: string | null;
  readonly personId: string | null;
  readonly accountId: string;
  readonly number: number;
  readonly type: string;
  readonly bytes: number;
};

export async function insertDocument(tx: Tx, act: Act, it: NewDocument): Promise<string> {
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('documents')
    .values({
      province_id: act.provinceId,
      id,
      draft_id: it.draftId,
      case_id: it.caseId,
      person_id: it.personId,
      account_id: it.accountId,
      condition_number: it.number,
      media_type: it.type,
      size_bytes: it.bytes,
      received_bytes: 0,
      state: 'receiving',
      recorded_at: act.now,
    })
    .execute();
  return id;
}

/** A document by its id; whose it is has to be asked of its draft or case. */
export async function findDocument(
  tx: Tx,
  provinceId: number,
  id: string,
  lock = false,
): Promise<DocumentRow | undefined> {
  const query = tx
    .selectFrom('documents')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** The documents of a draft or a case that nothing replaced, the newest of each number last. */
export async function documentsOf(
  tx: Tx,
  provinceId: number,
  owner: Owner,
): Promise<DocumentRow[]> {
  const query = tx
    .selectFrom('documents')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('replaced_at', 'is', null);
  const rows =
    'draftId' in owner
      ? query.where('draft_id', '=', owner.draftId)
      : query.where('case_id', '=', owner.caseId);
  return rows.orderBy('condition_number').orderBy('recorded_at').orderBy('id').execute();
}

export async function insertPiece(
  tx: Tx,
  document: DocumentRow,
  bytes: Uint8Array,
): Promise<number> {
  const received = document.received_bytes + bytes.length;
  await tx
    .insertInto('document_pieces')
    .values({
      province_id: document.province_id,
      document_id: document.id,
      at_byte: document.received_bytes,
      bytes: Buffer.from(bytes),
    })
    .execute();
  await setDocument(tx, document, { received_bytes: received });
  return received;
}

/** All pieces in their order, put together. */
export async function readPieces(tx: Tx, provinceId: number, id: string): Promise<Buffer> {
  const rows = await tx
    .selectFrom('document_pieces')
    .select('bytes')
    .where('province_id', '=', provinceId)
    .where('document_id', '=', id)
    .orderBy('at_byte')
    .execute();
  return Buffer.concat(rows.map(({ bytes }) => bytes));
}

export async function deletePieces(tx: Tx, provinceId: number, id: string): Promise<void> {
  await tx
    .deleteFrom('document_pieces')
    .where('province_id', '=', provinceId)
    .where('document_id', '=', id)
    .execute();
}

type Change = Partial<
  Pick<
    DocumentRow,
    'received_bytes' | 'state' | 'fault' | 'digest' | 'file_key' | 'kept_at' | 'media_type'
  >
>;

export async function setDocument(
  tx: Tx,
  document: Pick<DocumentRow, 'province_id' | 'id'>,
  change: Change,
): Promise<void> {
  await tx
    .updateTable('documents')
    .set(change)
    .where('province_id', '=', document.province_id)
    .where('id', '=', document.id)
    .execute();
}

/** One that is kept takes the place of earlier ones under the same number. */
export async function replaceOlder(tx: Tx, document: DocumentRow, now: Date): Promise<void> {
  await tx
    .updateTable('documents')
    .set({ replaced_at: now })
    .where('province_id', '=', document.province_id)
    .where('condition_number', '=', document.condition_number)
    .where('id', '<>', document.id)
    .where('state', 'in', ['kept', 'refused'])
    .where('replaced_at', 'is', null)
    .where(sql<boolean>`(draft_id = ${document.draft_id} or case_id = ${document.case_id})`)
    .execute();
}

/** Gives a draft's documents to the case that it became. */
export async function giveToCase(
  tx: Tx,
  provinceId: number,
  draftId: string,
  given: { caseId: string; personId: string },
): Promise<void> {
  await tx
    .updateTable('documents')
    .set({ case_id: given.caseId, person_id: given.personId })
    .where('province_id', '=', provinceId)
    .where('draft_id', '=', draftId)
    .execute();
}

/** A document in wire form. */
export function documentLine(reference: Reference, row: DocumentRow) {
  const condition = reference.refusalConditions.get(row.condition_number);
  return {
    code: encodeCode(row.province_id, row.id),
    number: row.condition_number,
    label: { fa: condition?.name_fa ?? '', en: condition?.name_en ?? '' },
    type: row.media_type,
    bytes: row.size_bytes,
    received: row.received_bytes,
    state: row.state,
    fault: row.fault,
    recordedAt: row.recorded_at.toISOString(),
  };
}

import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import type { Reference } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import type { Act } from '../platform/history.ts';
import { enqueue, type JobHandlers, jobHandler } from '../platform/jobs.ts';
import { type Principal, provinceContext } from '../platform/policy.ts';
import type { VirusScan } from '../platform/virus-scan.ts';
import { allowAct, demandVisible } from './allow-act.ts';
import { caseKey } from './case-key.ts';
import { inspectContent, mediaTypes } from './document-content.ts';
import {
  type DocumentRow,
  deletePieces,
  findDocument,
  insertDocument,
  insertPiece,
  readPieces,
  replaceOlder,
  setDocument,
} from './document-queries.ts';
import { getDraft } from './draft-queries.ts';

/** The largest document: a photo shrunk by the page is a tenth of it. */
const mostBytes = 5 * 1024 * 1024;

const keepJob = 'permits.keepDocument';

export type UploadInput = {
  readonly draft?: string;
  readonly case?: string;
  readonly number: number;
  readonly bytes: number;
  readonly type: string;
};

/**
 * Begins the upload of a document to a draft, or to a case that was returned for correction.
 * @throws Problem `permits.document_too_large`, `permits.document_type`, `permits.condition_missing`,
 *   `platform.not_found`, `platform.forbidden`, `platform.wrong_state`
 */
export async function beginUpload(
  tx: Tx,
  act: Act,
  reference: Reference,
  principal: Principal,
  input: UploadInput,
): Promise<string> {
  if (input.bytes > mostBytes) throw new Problem('permits.document_too_large');
  if (!mediaTypes.some((type) => type === input.type)) throw new Problem('permits.document_type');
  if (reference.refusalConditions.get(input.number)?.kind !== 'document') {
    throw new Problem('permits.condition_missing');
  }
  const owner = await ownerOf(tx, act, principal, input);
  return insertDocument(tx, act, { ...input, ...owner, accountId: principal.accountId });
}

async function ownerOf(tx: Tx, act: Act, principal: Principal, input: UploadInput) {
  if (input.draft !== undefined) {
    const draft = await getDraft(tx, principal, caseKey(input.draft).id);
    if (draft.state !== 'open') throw new Problem('permits.draft_closed');
    return { draftId: draft.id, caseId: null, personId: draft.person_id };
  }
  const { id } = caseKey(input.case ?? '');
  await allowAct(tx, principal, 'permits.correct', { provinceId: act.provinceId, id });
  const row = await tx
    .selectFrom('cases')
    .select(['state', 'person_id'])
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (row.state !== 'needs_correction') {
    throw new Problem('platform.wrong_state', { verb: 'permits.correct', state: row.state });
  }
  return { draftId: null, caseId: id, personId: row.person_id };
}

/**
 * A document that the principal began to upload.
 * @throws Problem `platform.not_found` (404)
 */
export async function getUpload(
  tx: Tx,
  principal: Principal,
  id: string,
  lock = false,
): Promise<DocumentRow> {
  const row = await findDocument(tx, principal.provinceId, id, lock);
  if (row?.account_id !== principal.accountId) throw new Problem('platform.not_found');
  return row;
}

/**
 * Takes the next piece. A piece that is there already changes nothing, so a broken line asks where it
 * was and goes on.
 * @throws Problem `permits.upload_gap` (409) with the offset wanted, `permits.document_too_large`
 */
export async function takePiece(
  tx: Tx,
  upload: DocumentRow,
  offset: number,
  bytes: unknown,
): Promise<number> {
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) {
    throw new Problem('platform.unsupported_media');
  }
  if (upload.state !== 'receiving') return upload.received_bytes;
  if (offset + bytes.length <= upload.received_bytes) return upload.received_bytes;
  if (offset !== upload.received_bytes) {
    throw new Problem('permits.upload_gap', { wanted: upload.received_bytes });
  }
  if (offset + bytes.length > upload.size_bytes) throw new Problem('permits.document_too_large');
  return insertPiece(tx, upload, bytes);
}

/**
 * Looks at a whole upload: its digest, and what it is by its content. What is wrong with it stays on
 * it; what is right goes to be kept.
 * @throws Problem `permits.upload_gap` (409) when pieces are missing
 */
export async function finishUpload(
  tx: Tx,
  act: Act,
  upload: DocumentRow,
  sha256: string,
): Promise<void> {
  if (upload.state !== 'receiving') return;
  if (upload.received_bytes !== upload.size_bytes) {
    throw new Problem('permits.upload_gap', { wanted: upload.received_bytes });
  }
  const bytes = await readPieces(tx, act.provinceId, upload.id);
  const digest = createHash('sha256').update(bytes).digest();
  const fault = digest.toString('hex') === sha256 ? await faultOf(upload, bytes) : 'digest';
  if (fault) {
    await refuse(tx, upload, fault);
    return;
  }
  await setDocument(tx, upload, { state: 'checking', digest });
  await enqueue(tx, keepJob, { provinceId: act.provinceId, id: upload.id });
}

async function faultOf(upload: DocumentRow, bytes: Uint8Array): Promise<string | undefined> {
  const found = await inspectContent(bytes);
  if ('fault' in found) return found.fault;
  return found.type === upload.media_type ? undefined : 'type';
}

async function refuse(tx: Tx, document: DocumentRow, fault: string): Promise<void> {
  await setDocument(tx, document, { state: 'refused', fault });
  await deletePieces(tx, document.province_id, document.id);
}

/**
 * A kept document, for whoever sees its case, or fills in its draft.
 * @throws Problem `platform.not_found` (404)
 */
export async function getKept(
  tx: Tx,
  principal: Principal,
  key: { provinceId: number; id: string },
): Promise<DocumentRow & { readonly file_key: string }> {
  const row = await findDocument(tx, key.provinceId, key.id);
  if (!row || row.file_key === null) throw new Problem('platform.not_found');
  if (row.case_id !== null) {
    await demandVisible(tx, principal, { provinceId: key.provinceId, id: row.case_id });
  } else await getDraft(tx, principal, row.draft_id ?? '');
  return { ...row, file_key: row.file_key };
}

const payload = Type.Object({ provinceId: Type.Integer(), id: Type.String() });

/** The job that has a document scanned, outside any transaction, and makes a file of its pieces. */
export function documentJobs(files: Files, scan: VirusScan | undefined): JobHandlers {
  return {
    [keepJob]: jobHandler(payload, async ({ provinceId, id }, { database, clock }) => {
      const context = provinceContext(provinceId);
      const bytes = await database.transaction(context, async (tx) => {
        const row = await findDocument(tx, provinceId, id);
        return row?.state === 'checking' ? readPieces(tx, provinceId, id) : undefined;
      });
      if (!bytes) return;
      const clean = scan ? await scan.isClean(bytes) : true;
      const key = clean ? await files.put(bytes) : undefined;
      await database.transaction(context, (tx) => settle(tx, provinceId, id, key, clock.now()));
    }),
  };
}

async function settle(
  tx: Tx,
  provinceId: number,
  id: string,
  key: string | undefined,
  now: Date,
): Promise<void> {
  const document = await findDocument(tx, provinceId, id, true);
  if (document?.state !== 'checking') return;
  if (key === undefined) {
    await refuse(tx, document, 'virus');
    return;
  }
  await setDocument(tx, document, { state: 'kept', file_key: key, kept_at: now });
  await deletePieces(tx, provinceId, id);
  await replaceOlder(tx, document, now);
}

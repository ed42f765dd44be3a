import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { demandVisible } from './allow-act.ts';
import {
  ApplicationAnswer,
  DraftParams,
  EligibilityAnswer,
  EligibilityBody,
  FinderAnswer,
  FinderQuery,
  FinishBody,
  OpeningsAnswer,
  PieceQuery,
  UploadAnswer,
  UploadBody,
} from './application-contract.ts';
import { searchOccupations, showApplication } from './applications.ts';
import { caseKey, signedIn } from './case-key.ts';
import { CodeParams } from './contract.ts';
import type { DocumentRow } from './document-queries.ts';
import { beginUpload, finishUpload, getKept, getUpload, takePiece } from './documents.ts';
import { draftRoutes } from './draft-routes.ts';
import { listOpenings, recordOpening } from './openings.ts';
import { permitPermissions as table } from './policy.ts';
import { judgeEligibility } from './requirements.ts';

const mayApply = { table, permission: 'permits.apply' };
const uploadProblems = ['platform.not_found', 'permits.upload_gap', 'permits.document_too_large'];

function uploadAnswer(row: DocumentRow) {
  const { province_id, id, received_bytes: offset, state, fault } = row;
  return { code: encodeCode(province_id, id), offset, state, fault };
}

const asking: readonly AnyEndpoint[] = [
  endpoint({
    id: 'permits.findOccupation',
    method: 'GET',
    url: '/api/occupations/search',
    summary: 'Occupations by plain words: who decides, what is needed, how long it takes',
    access: { public: 'What an occupation asks for is public, and no person is in it.' },
    query: FinderQuery,
    response: FinderAnswer,
    problems: ['accounts.unknown_occupation'],
    handle: async ({ house, act, query }) => {
      const reference = await referenceOf(house.database);
      return { items: searchOccupations(reference, query, act.provinceId, act.today) };
    },
  }),
  endpoint({
    id: 'permits.checkEligibility',
    method: 'POST',
    url: '/api/eligibility',
    summary: 'Whether one may apply: yes, or each unmet condition by its number',
    access: { public: 'It judges answers that name nobody, and keeps nothing.' },
    body: EligibilityBody,
    response: EligibilityAnswer,
    notIdempotent: 'It only answers; nothing is written.',
    problems: ['accounts.unknown_occupation'],
    handle: async ({ house, act, body }) => {
      const reference = await referenceOf(house.database);
      return judgeEligibility(reference, body, body.answers, act.provinceId, act.today);
    },
  }),
  endpoint({
    id: 'permits.showApplication',
    method: 'GET',
    url: '/api/cases/:code/application',
    summary: 'What hangs on a case from its application: documents, identity, who filled it in',
    access: { table, permission: 'permits.showApplication' },
    params: CodeParams,
    response: ApplicationAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const reference = await referenceOf(house.database);
      const [who, key] = [signedIn(principal), caseKey(params.code)];
      const found = await showApplication(tx, reference, who, act.today, key);
      recordOpening(tx, act, who, key.id, 'case');
      return found;
    },
  }),
];

const uploading: readonly AnyEndpoint[] = [
  endpoint({
    id: 'permits.beginUpload',
    method: 'POST',
    url: '/api/uploads',
    summary: 'Begin the upload of a document, by its number, to a draft or a case',
    access: mayApply,
    body: UploadBody,
    response: UploadAnswer,
    status: 201,
    problems: [
      'platform.not_found',
      'platform.wrong_state',
      'permits.draft_closed',
      'permits.document_too_large',
      'permits.document_type',
      'permits.condition_missing',
    ],
    handle: async ({ tx, act, principal, body, house }) => {
      const reference = await referenceOf(house.database);
      const who = signedIn(principal);
      const id = await beginUpload(tx, act, reference, who, body);
      return uploadAnswer(await getUpload(tx, who, id));
    },
  }),
  endpoint({
    id: 'permits.showUpload',
    method: 'GET',
    url: '/api/uploads/:code',
    summary: 'How far an upload has come, and what was found in it',
    access: mayApply,
    params: DraftParams,
    response: UploadAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, principal, params }) =>
      uploadAnswer(await getUpload(tx, signedIn(principal), caseKey(params.code).id)),
  }),
  endpoint({
    id: 'permits.takePiece',
    method: 'PUT',
    url: '/api/uploads/:code',
    summary: 'The next piece of an upload, its bytes as they are (application/octet-stream)',
    access: mayApply,
    params: DraftParams,
    query: PieceQuery,
    response: UploadAnswer,
    notIdempotent: 'A piece lies at its offset; the same piece again changes nothing.',
    problems: uploadProblems,
    handle: async ({ tx, principal, params, query, request }) => {
      const upload = await getUpload(tx, signedIn(principal), caseKey(params.code).id, true);
      await takePiece(tx, upload, query.offset, request.body);
      return uploadAnswer(await getUpload(tx, signedIn(principal), upload.id));
    },
  }),
  endpoint({
    id: 'permits.finishUpload',
    method: 'POST',
    url: '/api/uploads/:code/finish',
    summary: 'End an upload: its digest and its content are checked',
    access: mayApply,
    params: DraftParams,
    body: FinishBody,
    response: UploadAnswer,
    notIdempotent: 'A finished upload that is finished again stays as it is.',
    problems: uploadProblems,
    handle: async ({ tx, act, principal, params, body }) => {
      const upload = await getUpload(tx, signedIn(principal), caseKey(params.code).id, true);
      await finishUpload(tx, act, upload, body.sha256);
      return uploadAnswer(await getUpload(tx, signedIn(principal), upload.id));
    },
  }),
  endpoint({
    id: 'permits.showDocument',
    method: 'GET',
    url: '/api/documents/:code',
    summary: 'A kept document, for whoever sees its case or fills in its draft',
    access: { table, permission: 'permits.showApplication' },
    params: DraftParams,
    response: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }),
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house, reply }) => {
      const who = signedIn(principal);
      const row = await getKept(tx, who, caseKey(params.code));
      if (row.case_id !== null) recordOpening(tx, act, who, row.case_id, 'document');
      reply.type(row.media_type).header('cache-control', 'private, no-store');
      reply.header('content-security-policy', "default-src 'none'; sandbox");
      reply.header('content-disposition', `inline; filename="document-${row.condition_number}"`);
      return house.files.getStream(row.file_key);
    },
  }),
];

const asked: readonly AnyEndpoint[] = [
  endpoint({
    id: 'permits.listOpenings',
    method: 'GET',
    url: '/api/cases/:code/openings',
    summary: 'Who of an office opened the case or a document of it, and when',
    access: { table, permission: 'permits.listOpenings' },
    params: CodeParams,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: OpeningsAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, principal, params, house, say }) => {
      const key = caseKey(params.code);
      await demandVisible(tx, signedIn(principal), key);
      return listOpenings(tx, await referenceOf(house.database), say, key);
    },
  }),
];

/** Everything an applicant, or a counter for them, does before and beside the case. */
export const applicationRoutes: readonly AnyEndpoint[] = [
  ...asking,
  ...draftRoutes,
  ...uploading,
  ...asked,
];

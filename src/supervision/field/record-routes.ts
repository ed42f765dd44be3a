import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import { caseKey, recordOpening, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { supervisionPermissions as table } from '../policy.ts';
import {
  mostPieceBytes,
  PhotoParams,
  PhotoQuery,
  PieceAnswer,
  PieceQuery,
  RecordsAnswer,
  RecordsQuery,
  SettleAnswer,
  SettleBody,
  SyncAnswer,
  SyncBody,
} from './contract.ts';
import { listRecords } from './list.ts';
import { getPhoto, takePhotoPiece } from './photos.ts';
import { syncRecords } from './records.ts';
import { settleRecord } from './settle.ts';

const mayField = { table, permission: 'supervision.field' };
const wholeProvince =
  'a phone’s records touch cases of every agency; whose phone it is is asked first';
const deviceProblems = [
  ...['platform.not_found', 'supervision.device_foreign', 'supervision.device_revoked'],
];
/** Twenty records with long answers. */
const mostSyncBytes = 2 * 1024 * 1024;

/** Records go before photos: a thousand phones with their pictures do not hold up what was seen. */
const photoTurns = { atOnce: 4, waiting: 1000 };

const records: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.syncRecords',
    method: 'POST',
    url: '/api/field-records',
    summary:
      'Records of a phone, each applied once and in its order; what the rules refuse is kept',
    access: mayField,
    body: SyncBody,
    response: SyncAnswer,
    bodyLimit: mostSyncBytes,
    wholeProvince,
    notIdempotent:
      'Each record carries its own id; the same again is answered with where it stands.',
    problems: deviceProblems,
    handle: async ({ tx, act, principal, body, house }) => {
      const reference = await referenceOf(house.database);
      const { zone } = house.clock;
      return syncRecords(tx, act, { reference, principal: signedIn(principal), zone }, body);
    },
  }),
  endpoint({
    id: 'supervision.listRecords',
    method: 'GET',
    url: '/api/field-records',
    summary:
      'Records of phones with the office’s side beside them; all for those who assign visits',
    access: mayField,
    query: RecordsQuery,
    response: RecordsAnswer,
    wholeProvince,
    handle: async ({ tx, act, principal, query }) => {
      return { items: await listRecords(tx, act.provinceId, signedIn(principal), query) };
    },
  }),
  endpoint({
    id: 'supervision.settle',
    method: 'POST',
    url: '/api/field-records/settle',
    summary:
      'Decide about a record of a phone: the office’s side stays, or the phone’s is recorded',
    access: { table, permission: 'supervision.settle' },
    body: SettleBody,
    response: SettleAnswer,
    wholeProvince,
    problems: [
      ...['platform.not_found', 'platform.wrong_state', 'supervision.visit_unknown'],
      ...['supervision.answers_wrong', 'supervision.wrong_day', 'supervision.note_missing'],
      ...['financing.pass_used', 'supervision.revisit_stands', 'supervision.stage_not_due'],
      'supervision.party_unsigned',
    ],
    handle: async ({ tx, act, body, house }) => {
      const reference = await referenceOf(house.database);
      return { id: body.id, state: await settleRecord(tx, act, reference, body) };
    },
  }),
];

const photos: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.takePhotoPiece',
    method: 'PUT',
    url: '/api/field-photos/:sha256',
    summary: 'The next piece of a photo, its bytes as they are (application/octet-stream)',
    access: mayField,
    params: PhotoParams,
    query: PieceQuery,
    response: PieceAnswer,
    bodyLimit: mostPieceBytes,
    turns: photoTurns,
    wholeProvince,
    notIdempotent: 'A piece lies at its offset; the same piece again changes nothing.',
    problems: [...deviceProblems, 'supervision.photo_gap', 'platform.unsupported_media'],
    handle: async ({ tx, act, principal, params, query, request, house }) => {
      const reference = await referenceOf(house.database);
      const who = { reference, principal: signedIn(principal) };
      const piece = { ...params, ...query };
      return { received: await takePhotoPiece(tx, act, who, piece, request.body) };
    },
  }),
  endpoint({
    id: 'supervision.showPhoto',
    method: 'GET',
    url: '/api/field-photos/:sha256',
    summary: 'A photo of a visit, for whoever sees the visit',
    access: { table, permission: 'supervision.list' },
    params: PhotoParams,
    query: PhotoQuery,
    response: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }),
    wholeProvince,
    province: ({ query }) => caseKey(query.visit).provinceId,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, query, house, reply }) => {
      const visit = caseKey(query.visit);
      const photo = await getPhoto(tx, signedIn(principal), visit, params.sha256);
      recordOpening(tx, act, signedIn(principal), photo.caseId, 'visit');
      reply.type(photo.mediaType);
      reply.header('content-security-policy', "default-src 'none'; sandbox");
      return house.files.getStream(photo.fileKey);
    },
  }),
];

/** What phones send when there is signal again, and what people make of it. */
export const recordRoutes: readonly AnyEndpoint[] = [...records, ...photos];

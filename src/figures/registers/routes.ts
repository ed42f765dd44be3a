import { Type } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { idIn, signedIn } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type AnyEndpoint, DownloadAnswer, endpoint, type House } from '../../platform/endpoint.ts';
import type { Act } from '../../platform/history.ts';
import { enqueue } from '../../platform/jobs.ts';
import type { Language, Say } from '../../platform/language.ts';
import type { Principal } from '../../platform/policy.ts';
import { figurePermissions as table } from '../policy.ts';
import {
  AcceptBody,
  DismissBody,
  ImportAnswer,
  ImportBody,
  ImportCode,
  ImportList,
  ImportRows,
  ImportRowsQuery,
  MatchAnswer,
  MatchesQuery,
  MatchList,
  MatchParams,
} from './contract.ts';
import type { Speaker } from './fault-text.ts';
import type { RegisterKind } from './fields.ts';
import { importJob } from './import-job.ts';
import { insertImport, type NewImport } from './import-record.ts';
import { acceptMatch, dismissMatch, listMatches } from './matches.ts';
import { getImport, listImports, listRows, rejectedWorkbook, toAnswer } from './show-import.ts';
import type { AmountUnit } from './units.ts';

const access = { table, permission: 'figures.import' } as const;
const largestFile = 50 * 1024 * 1024;
const rowsPerPage = 100;
const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CodeOnly = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });
const LangQuery = Type.Object({ lang: Type.Optional(Type.String()) });

/** What a code in the address names, of the caller's own province. @throws Problem `platform.not_found` */
function ownKey(principal: Principal | null, code: string): { provinceId: number; id: string } {
  const { provinceId } = signedIn(principal);
  return { provinceId, id: idIn(provinceId, code) };
}

type Asking = { readonly house: House; readonly language: Language; readonly say: Say };

async function speakerOf({ house, language, say }: Asking): Promise<Speaker> {
  return { reference: await referenceOf(house.database), locale: language, say };
}

/** Lists an import and lets the job that carries it out run once this is committed. */
async function start(tx: Tx, act: Act, it: Omit<NewImport, 'id' | 'state'>): Promise<string> {
  const id = uuid7(act.now.getTime());
  await insertImport(tx, act, { ...it, id, state: 'waiting' });
  await enqueue(tx, importJob, { provinceId: act.provinceId, importId: id });
  return encodeCode(act.provinceId, id);
}

const startImport = endpoint({
  id: 'figures.import',
  method: 'POST',
  url: '/api/imports',
  summary: 'Send a register to be checked (dryRun) or recorded',
  access,
  upload: { maxBytes: largestFile },
  body: ImportBody,
  response: ImportCode,
  status: 202,
  handle: async ({ tx, act, body, upload }) => {
    const code = await start(tx, act, {
      kind: body.kind as RegisterKind,
      dryRun: body.dryRun === 'true',
      fileName: upload?.name ?? '',
      fileKey: upload?.key ?? null,
      unit: body.unit as AmountUnit | undefined,
    });
    return { code };
  },
});

const confirmImport = endpoint({
  id: 'figures.confirmImport',
  method: 'POST',
  url: '/api/imports/:code/confirm',
  objectFrom: 'province',
  summary: 'Record a register that was checked; answers with the code of the new run',
  access,
  params: CodeOnly,
  response: ImportCode,
  status: 202,
  problems: ['platform.not_found', 'figures.import_not_checked'],
  handle: async ({ tx, act, principal, params }) => {
    const it = await getImport(tx, ownKey(principal, params.code));
    if (!it.dry_run || it.state !== 'done') throw new Problem('figures.import_not_checked');
    const kind = it.kind as RegisterKind;
    const unit = (it.unit ?? undefined) as AmountUnit | undefined;
    const { file_name: fileName, file_key: fileKey } = it;
    return { code: await start(tx, act, { kind, unit, fileName, fileKey, dryRun: false }) };
  },
});

const reading: readonly AnyEndpoint[] = [
  endpoint({
    id: 'figures.listImports',
    method: 'GET',
    url: '/api/imports',
    summary: 'The latest imports of the province, newest first',
    access,
    query: LangQuery,
    response: ImportList,
    handle: async ({ tx, act, language: locale, say }) => {
      const rows = await listImports(tx, act.provinceId);
      return { items: rows.map((row) => toAnswer({ locale, say }, row)) };
    },
  }),
  endpoint({
    id: 'figures.showImport',
    method: 'GET',
    url: '/api/imports/:code',
    objectFrom: 'province',
    summary: 'How far an import is, what it did, or why it came to nothing',
    access,
    params: CodeOnly,
    query: LangQuery,
    response: ImportAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, principal, params, language: locale, say }) =>
      toAnswer({ locale, say }, await getImport(tx, ownKey(principal, params.code))),
  }),
  endpoint({
    id: 'figures.listImportRows',
    method: 'GET',
    url: '/api/imports/:code/rows',
    objectFrom: 'province',
    summary: 'The verdict of each row, with what is wrong in words',
    access,
    params: CodeOnly,
    query: ImportRowsQuery,
    response: ImportRows,
    problems: ['platform.not_found'],
    handle: async (call) => {
      const key = ownKey(call.principal, call.params.code);
      await getImport(call.tx, key);
      const { verdict, cursor, limit = rowsPerPage } = call.query;
      return listRows(call.tx, key, await speakerOf(call), { verdict, cursor, limit });
    },
  }),
  endpoint({
    id: 'figures.downloadRejected',
    method: 'GET',
    url: '/api/imports/:code/rejected.xlsx',
    objectFrom: 'province',
    summary: 'The rejected rows as a spreadsheet to put right and send again',
    access,
    params: CodeOnly,
    query: LangQuery,
    response: DownloadAnswer,
    download: workbook,
    problems: ['platform.not_found'],
    handle: async (call) => {
      const key = ownKey(call.principal, call.params.code);
      return rejectedWorkbook(call.tx, key, await speakerOf(call));
    },
  }),
];

const matching: readonly AnyEndpoint[] = [
  endpoint({
    id: 'figures.listMatches',
    method: 'GET',
    url: '/api/matches',
    summary: 'Rows whose case is not sure, with the cases they could mean',
    access,
    query: MatchesQuery,
    response: MatchList,
    handle: async (call) => {
      const { cursor, limit = rowsPerPage } = call.query;
      const speaker = await speakerOf(call);
      return listMatches(call.tx, call.act.provinceId, speaker, { cursor, limit });
    },
  }),
  endpoint({
    id: 'figures.acceptMatch',
    method: 'POST',
    url: '/api/matches/:id/accept',
    objectFrom: 'province',
    summary: 'Say which case a row means, and record it there',
    access,
    params: MatchParams,
    body: AcceptBody,
    response: MatchAnswer,
    problems: ['platform.not_found', 'figures.match_decided', 'figures.match_refused'],
    handle: async (call) => {
      const { tx, act, principal, params, body } = call;
      const speaker = await speakerOf(call);
      const desk = { tx, act, reference: speaker.reference };
      const key = ownKey(principal, params.id);
      const verdict = await acceptMatch(desk, key, body.caseCode, speaker);
      return { state: 'accepted', verdict };
    },
  }),
  endpoint({
    id: 'figures.dismissMatch',
    method: 'POST',
    url: '/api/matches/:id/dismiss',
    objectFrom: 'province',
    summary: 'Put a row aside: it stays out of the record and is not asked about again',
    access,
    params: MatchParams,
    body: DismissBody,
    response: MatchAnswer,
    problems: ['platform.not_found', 'figures.match_decided'],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const desk = { tx, act, reference: await referenceOf(house.database) };
      await dismissMatch(desk, ownKey(principal, params.id), body.reason ?? null);
      return { state: 'dismissed', verdict: null };
    },
  }),
];

/** The routes of registers coming in. */
export const importRoutes: readonly AnyEndpoint[] = [
  startImport,
  confirmImport,
  ...reading,
  ...matching,
];

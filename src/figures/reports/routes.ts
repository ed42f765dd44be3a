import type { Readable } from 'node:stream';
import { type Static, Type } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { idIn, signedIn } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import type { Act } from '../../platform/history.ts';
import { enqueue } from '../../platform/jobs.ts';
import type { Language, Say } from '../../platform/language.ts';
import { figurePermissions as table } from '../policy.ts';
import { readMeasure } from '../question.ts';
import {
  KeepReportBody,
  PreviewAnswer,
  PreviewBody,
  ReportCode,
  type ReportQuestion,
  ReportsAnswer,
  ReportsQuery,
  RunReportBody,
} from './contract.ts';
import { endReport, findRun, insertReport, insertRun, listReports, listRuns } from './queries.ts';
import { keyedRows, tableOf } from './rows.ts';
import { nextOn } from './rules.ts';
import { runJob } from './run.ts';

const access = { table, permission: 'figures.reports' } as const;
const problems = ['figures.unknown_measure'];
const shown = 50;

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** The question with its measures known and its name clean. @throws Problem `figures.unknown_measure` (422) */
function checked<Body extends { name: string; question: Static<typeof ReportQuestion> }>(
  body: Body,
): Body {
  for (const name of body.question.measures) readMeasure(name);
  return { ...body, name: normaliseText(body.name) };
}

async function ask(tx: Tx, act: Act, body: Static<typeof RunReportBody>, reportId: string | null) {
  const { name, question, format } = checked(body);
  const asking = { name, question, format, accountId: act.actorId ?? '', reportId };
  const runId = await insertRun(tx, act, asking);
  await enqueue(tx, runJob, { provinceId: act.provinceId, runId });
  return { code: encodeCode(act.provinceId, runId) };
}

function toAnswer(
  provinceId: number,
  kept: Awaited<ReturnType<typeof listReports>>,
  runs: Awaited<ReturnType<typeof listRuns>>,
): Static<typeof ReportsAnswer> {
  return {
    kept: kept.map((row) => ({
      code: encodeCode(provinceId, row.id),
      ...{ name: row.name, every: row.every, format: row.format as 'csv' | 'xlsx' },
      question: row.question as Static<typeof ReportQuestion>,
      nextOn: row.next_on === null ? null : String(row.next_on),
    })),
    runs: runs.map((row) => ({
      code: encodeCode(provinceId, row.id),
      ...{ name: row.name, format: row.format, state: row.state, rows: row.rows_written },
      askedAt: row.asked_at.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
    })),
  };
}

const kept: readonly AnyEndpoint[] = [
  endpoint({
    id: 'figures.reports',
    method: 'GET',
    url: '/api/reports',
    summary: 'The reports that the caller keeps, and what was made of them lately',
    access,
    query: ReportsQuery,
    response: ReportsAnswer,
    handle: async ({ tx, act, principal }) => {
      const { accountId } = signedIn(principal);
      const reports = await listReports(tx, act.provinceId, accountId);
      return toAnswer(act.provinceId, reports, await listRuns(tx, act.provinceId, accountId));
    },
  }),
  endpoint({
    id: 'figures.keepReport',
    method: 'POST',
    url: '/api/reports',
    summary: 'Keep a report, and let the clock ask it',
    access,
    body: KeepReportBody,
    response: ReportCode,
    status: 201,
    problems,
    handle: async ({ tx, act, body }) => {
      const next = nextOn(body.every, act.today as Parameters<typeof nextOn>[1]);
      const id = await insertReport(tx, act, { ...checked(body), nextOn: next });
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'figures.endReport',
    method: 'POST',
    url: '/api/reports/:code/end',
    objectFrom: 'account',
    summary: 'Keep a report no longer',
    access,
    params: ReportCode,
    response: ReportCode,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params }) => {
      const id = idIn(signedIn(principal).provinceId, params.code);
      if (!(await endReport(tx, act, id))) throw new Problem('platform.not_found');
      return { code: params.code };
    },
  }),
];

const runs: readonly AnyEndpoint[] = [
  endpoint({
    id: 'figures.runReport',
    method: 'POST',
    url: '/api/report-runs',
    summary: 'Write a report into a file in the background',
    access,
    body: RunReportBody,
    response: ReportCode,
    status: 202,
    problems,
    handle: async ({ tx, act, body }) => {
      const reportId = body.report === undefined ? null : idIn(act.provinceId, body.report);
      return ask(tx, act, body, reportId);
    },
  }),
  endpoint({
    id: 'figures.downloadReport',
    method: 'GET',
    url: '/api/report-runs/:code/file',
    objectFrom: 'account',
    summary: 'The file of a run, as it is kept',
    access,
    params: ReportCode,
    response: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }),
    problems: ['platform.not_found'],
    handle: async ({ tx, principal, params, house, reply }) => {
      const { provinceId, accountId } = signedIn(principal);
      const run = await findRun(tx, provinceId, accountId, idIn(provinceId, params.code));
      if (!run?.file_key) throw new Problem('platform.not_found');
      const name = encodeURIComponent(`${run.name}.${run.format}`);
      reply.header('cache-control', 'private, no-store');
      reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`);
      reply.type(types[run.format as keyof typeof types]);
      return house.files.getStream(run.file_key);
    },
  }),
];

async function previewOf(...[tx, reference, sayers, asked]: Parameters<typeof keyedRows>) {
  const { header } = tableOf(tx, reference, sayers, asked);
  const answer = { header: [...header], rows: [] as string[][], keys: [] as string[][] };
  for await (const { keys, cells } of keyedRows(tx, reference, sayers, asked)) {
    if (answer.rows.length === shown) return { ...answer, more: true };
    answer.rows.push(cells.map((cell) => String(cell ?? '')));
    answer.keys.push([...keys]);
  }
  return { ...answer, more: false };
}

function previewRoute(sayers: Readonly<Record<Language, Say>>): AnyEndpoint {
  return endpoint({
    id: 'figures.previewReport',
    method: 'POST',
    url: '/api/report-preview',
    summary: 'The first rows of a report',
    access,
    notIdempotent: 'Nothing is kept.',
    wholeProvince:
      'Totals are of the whole province; whose a step is is asked of each step that is listed.',
    pool: 'reports',
    body: PreviewBody,
    response: PreviewAnswer,
    problems,
    handle: async ({ tx, act, principal, body, house }) => {
      const { question } = checked({ ...body, name: '' });
      const caller = signedIn(principal);
      const asked = { provinceId: act.provinceId, principal: caller, today: act.today, question };
      return previewOf(tx, await referenceOf(house.database), sayers, asked);
    },
  });
}

/** Reports: made, kept, scheduled, written in the background and taken away. */
export function reportRoutes(sayers: Readonly<Record<Language, Say>>): readonly AnyEndpoint[] {
  return [...kept, ...runs, previewRoute(sayers)];
}

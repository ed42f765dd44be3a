import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Static } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import {
  countFlow,
  flowBranch,
  flowBranchNames,
  permitPermissions,
  signedIn,
} from '../permits/index.ts';
import { type AnyEndpoint, DownloadAnswer, endpoint } from '../platform/endpoint.ts';
import type { Language, Say } from '../platform/language.ts';
import { writeWorkbook } from '../platform/spreadsheet/index.ts';
import { FlowAnswer, FlowQuery, GridAnswer, GridQuery, SheetBody } from './contract.ts';
import { answerGrid } from './grid.ts';
import { readColumn, readMeasure, readPeriod, readProvince, readScope } from './question.ts';

type Sayers = Readonly<Record<Language, Say>>;

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What charts of more than one cut are drawn from, and the workbook of any table on a page. */
export function chartRoutes(sayers: Sayers, homeProvince: number): readonly AnyEndpoint[] {
  return [showGrid(sayers, homeProvince), flowRoute, sheetRoute];
}

function showGrid(sayers: Sayers, homeProvince: number): AnyEndpoint {
  return endpoint({
    id: 'figures.showGrid',
    method: 'GET',
    url: '/api/figures/grid',
    summary: 'One measure by a column and, within it, by month or season; anyone may ask',
    access: { public: 'Totals only, as the figures themselves.' },
    wholeProvince: 'Totals are sums over the whole province.',
    pool: 'reports',
    query: GridQuery,
    response: GridAnswer,
    problems: [
      'figures.bad_period',
      'figures.unknown_dimension',
      'figures.unknown_measure',
      'figures.unknown_province',
    ],
    province: ({ query }) => (query.province === undefined ? homeProvince : Number(query.province)),
    handle: async ({ tx, act, query, house }) => {
      const reference = await referenceOf(house.database);
      return answerGrid(tx, reference, sayers, {
        provinceId: readProvince(reference, act.provinceId),
        period: readPeriod(query, act.today),
        scope: readScope(query),
        measure: readMeasure(query.measure),
        by: readColumn(query.by),
        over: query.over,
      });
    },
  });
}

const flowRoute = endpoint({
  id: 'figures.showFlow',
  method: 'GET',
  url: '/api/flow',
  summary:
    'Where the cases that began in a period have come, as far as they are the caller’s to see',
  access: { table: permitPermissions, permission: 'permits.list' },
  pool: 'reports',
  query: FlowQuery,
  response: FlowAnswer,
  problems: ['figures.bad_period'],
  handle: async ({ tx, act, principal, query }) => {
    const { agency, bank, kind, county } = readScope(query);
    const scope = { agency, bank, kind, county: county === undefined ? undefined : Number(county) };
    const asked = { provinceId: act.provinceId, ...readPeriod(query, act.today), ...scope };
    const counts = await countFlow(tx, signedIn(principal), asked);
    const branches = flowBranchNames.map((id) => {
      return { id, parent: flowBranch(id).parent ?? null, cases: counts[id] };
    });
    return { branches };
  },
});

const sheetRoute = endpoint({
  id: 'figures.makeSheet',
  method: 'POST',
  url: '/api/sheet',
  summary: 'A table that a page shows, as a workbook',
  access: { public: 'It is given the table that it writes, and reads and keeps nothing.' },
  notIdempotent: 'Nothing is kept; the same table gives the same workbook.',
  body: SheetBody,
  bodyLimit: 2 * 1024 * 1024,
  rateLimit: { max: 60, windowMs: 60_000 },
  response: DownloadAnswer,
  download: xlsx,
  handle: async ({ body }) => ({ fileName: 'table.xlsx', bytes: await workbookOf(body) }),
});

async function workbookOf(body: Static<typeof SheetBody>): Promise<Uint8Array> {
  const { title, scope, rightToLeft, header, rows } = body;
  const out = new PassThrough();
  const bytes = buffer(out);
  const plain = (cell: (typeof rows)[number][number]) =>
    typeof cell === 'object' ? BigInt(cell.exact) : cell;
  await writeWorkbook(out, [
    {
      name: sheetName(title),
      titles: scope ? [title, scope] : [title],
      rightToLeft,
      header,
      rows: rows.map((row) => row.map(plain)),
    },
  ]);
  return bytes;
}

/** What a sheet may be called: 31 characters, and none of those that addresses of cells are made of. */
function sheetName(title: string): string {
  return (
    title
      .replaceAll(/[\\/?*[\]:']/g, ' ')
      .slice(0, 31)
      .trim() || '1'
  );
}

import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Static } from 'typebox';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Download } from '../../platform/endpoint.ts';
import { type CellValue, writeWorkbook } from '../../platform/spreadsheet/index.ts';
import type { ImportAnswer, ImportRows } from './contract.ts';
import { faultReason, faultText, fileProblemText, type Speaker } from './fault-text.ts';
import type { Layout } from './layout.ts';
import { type RejectedRow, rejectedSheet } from './rejected.ts';
import type { RowFault } from './verdict.ts';

/** Which import: its province and its id. */
export type ImportKey = { readonly provinceId: number; readonly id: string };

function selectImports(tx: Tx, provinceId: number) {
  return tx
    .selectFrom('imports')
    .leftJoin('accounts', (join) =>
      join
        .onRef('accounts.id', '=', 'imports.account_id')
        .on('accounts.province_id', '=', provinceId),
    )
    .selectAll('imports')
    .select(['accounts.name_fa', 'accounts.name_en'])
    .where('imports.province_id', '=', provinceId);
}

type ImportRecord = Awaited<ReturnType<ReturnType<typeof selectImports>['execute']>>[number];

/** An import's row. @throws Problem `platform.not_found` (404) */
export async function getImport(tx: Tx, { provinceId, id }: ImportKey): Promise<ImportRecord> {
  const row = await selectImports(tx, provinceId).where('imports.id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row;
}

const recent = 50;

/** The latest imports of a province, newest first. */
export function listImports(tx: Tx, provinceId: number): Promise<ImportRecord[]> {
  return selectImports(tx, provinceId)
    .orderBy('imports.recorded_at', 'desc')
    .orderBy('imports.id', 'desc')
    .limit(recent)
    .execute();
}

/** An import as the pages show it. */
export function toAnswer(
  speaker: Omit<Speaker, 'reference'>,
  row: ImportRecord,
): Static<typeof ImportAnswer> {
  const problem = row.problem as { code: string; details: Problem['details'] } | null;
  return {
    code: encodeCode(row.province_id, row.id),
    kind: row.kind,
    fileName: row.file_name,
    dryRun: row.dry_run,
    unit: row.unit,
    state: stateOf(row),
    progress: row.progress_bp / 10_000,
    counts: {
      read: row.rows_read,
      accepted: row.rows_accepted,
      unchanged: row.rows_unchanged,
      rejected: row.rows_rejected,
      doubtful: row.rows_doubtful,
    },
    problem: problem && { code: problem.code, ...fileProblemText(speaker, problem) },
    by: row.name_fa === null ? null : { fa: row.name_fa, en: row.name_en ?? '' },
    recordedAt: row.recorded_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

function stateOf(row: ImportRecord): string {
  if (row.state === 'waiting') return 'queued';
  if (row.state !== 'running') return row.state;
  if (row.rows_read === 0) return 'reading';
  return row.dry_run ? 'checking' : 'writing';
}

type Page = {
  readonly verdict?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** The verdicts of an import's rows, in the sheet's order. */
export async function listRows(
  tx: Tx,
  key: ImportKey,
  speaker: Speaker,
  { verdict, cursor, limit }: Page,
): Promise<Static<typeof ImportRows>> {
  const chosen = rowsOf(tx, key, verdict);
  const { total } = await chosen
    .select(({ fn }) => fn.countAll().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await chosen
    .selectAll()
    .where('row_number', '>', Number(cursor ?? 0))
    .orderBy('row_number')
    .limit(limit)
    .execute();
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    total: Number(total),
    items: rows.map((row) => ({
      row: row.row_number,
      verdict: row.doubtful ? 'doubtful' : row.verdict,
      summary: row.summary,
      faults: faultsIn(row.problems).map((fault) => toFault(speaker, fault)),
      warnings: faultsIn(row.warnings).map((fault) => toFault(speaker, fault)),
    })),
    next: last ? String(last.row_number) : null,
  };
}

function rowsOf(tx: Tx, { provinceId, id }: ImportKey, verdict: string | undefined) {
  const all = tx
    .selectFrom('import_rows')
    .where('province_id', '=', provinceId)
    .where('import_id', '=', id);
  if (verdict === undefined) return all;
  return verdict === 'doubtful'
    ? all.where('doubtful', '=', true)
    : all.where('verdict', '=', verdict);
}

/** Faults as they were stored. */
function faultsIn(stored: unknown): RowFault[] {
  return stored as RowFault[];
}

function toFault(speaker: Speaker, fault: RowFault) {
  const { column, value, code } = fault;
  return { column, value, code, reason: faultReason(speaker, fault) };
}

/** The refused rows as a workbook to put right and send again. @throws Problem `platform.not_found` */
export async function rejectedWorkbook(
  tx: Tx,
  key: ImportKey,
  speaker: Speaker,
): Promise<Download> {
  const it = await getImport(tx, key);
  if (it.layout === null) throw new Problem('platform.not_found');
  const rows = await rowsOf(tx, key, 'rejected').selectAll().orderBy('row_number').execute();
  const given = rows.map(
    (row): RejectedRow => ({
      rowNumber: row.row_number,
      cells: row.cells as CellValue[],
      reasons: faultsIn(row.problems).map((fault) => faultText(speaker, fault)),
    }),
  );
  const sheet = rejectedSheet(it.layout as unknown as Layout, given, speaker.locale);
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), writeWorkbook(out, [sheet])]);
  return { fileName: 'rejected.xlsx', bytes };
}

import { type Kysely, sql } from 'kysely';
import { uuid7 } from '../../kit/uuid7.ts';
import type { DB, Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { CellValue } from '../../platform/spreadsheet/index.ts';
import { cellText } from './cell-text.ts';
import type { FieldName, RegisterKind } from './fields.ts';
import { recordHash, recordJson } from './held-cases.ts';
import type { DoubtfulRow } from './importer.ts';
import type { Layout } from './layout.ts';
import type { AmountUnit } from './units.ts';
import type { JudgedRow, RowCounts } from './verdict.ts';

/** An import before it runs. */
export interface NewImport {
  readonly id: string;
  readonly kind: RegisterKind;
  readonly state: 'waiting' | 'running';
  readonly dryRun: boolean;
  readonly fileName: string;
  /** Null for a file that is not kept. */
  readonly fileKey: string | null;
  readonly unit: AmountUnit | undefined;
}

/** Adds an import to the list of them. */
export async function insertImport(tx: Tx, act: Act, it: NewImport): Promise<void> {
  await tx
    .insertInto('imports')
    .values({
      province_id: act.provinceId,
      id: it.id,
      kind: it.kind,
      state: it.state,
      dry_run: it.dryRun,
      file_name: it.fileName,
      file_key: it.fileKey,
      unit: it.unit ?? null,
      account_id: act.actorId,
      recorded_at: act.now,
    })
    .execute();
}

/** Says how far an import is. */
export async function saveProgress(
  tx: Tx,
  act: Act,
  importId: string,
  { share, counts }: { share: number; counts: RowCounts },
): Promise<void> {
  await update(tx, act, importId)
    .set({ state: 'running', progress_bp: Math.floor(share * 10_000), ...columnsOf(counts) })
    .execute();
}

/** Says that an import has ended, with what it did. */
export async function finishImport(
  tx: Tx,
  act: Act,
  importId: string,
  { layout, counts }: { layout: Layout; counts: RowCounts },
): Promise<void> {
  const done = { state: 'done', progress_bp: 10_000, finished_at: act.now, ...columnsOf(counts) };
  await update(tx, act, importId)
    .set({ ...done, layout: storedJson(layout) })
    .execute();
}

/** Says that an import came to nothing, and why. */
export async function failImport(
  tx: Tx,
  act: Act,
  importId: string,
  problem: { code: string; details: object },
): Promise<void> {
  const { code, details } = problem;
  await update(tx, act, importId)
    .set({ state: 'failed', problem: storedJson({ code, details }), finished_at: act.now })
    .execute();
}

function update(tx: Kysely<DB>, { provinceId }: Act, id: string) {
  return tx.updateTable('imports').where('province_id', '=', provinceId).where('id', '=', id);
}

function columnsOf(counts: RowCounts) {
  return {
    rows_read: counts.read,
    rows_accepted: counts.accepted,
    rows_unchanged: counts.unchanged,
    rows_rejected: counts.rejected,
    rows_doubtful: counts.doubtful,
  };
}

/** JSON that PostgreSQL takes: a stranger's text may hold what it cannot store. */
function storedJson(value: unknown): string {
  return JSON.stringify(value, (_key, one) => (typeof one === 'string' ? storedText(one) : one));
}

function storedText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** Forgets the verdicts of a run that broke off. */
export async function clearRows(tx: Tx, act: Act, importId: string): Promise<void> {
  await tx
    .deleteFrom('import_rows')
    .where('province_id', '=', act.provinceId)
    .where('import_id', '=', importId)
    .execute();
}

/** Keeps the verdicts of rows; the cells only of those that go back to their office. */
export async function saveRows(
  tx: Tx,
  act: Act,
  importId: string,
  layout: Layout,
  rows: readonly JudgedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const of = <T>(pick: (row: JudgedRow) => T) => rows.map(pick);
  await sql`
    insert into import_rows (province_id, import_id, row_number, verdict, doubtful, summary, problems,
      warnings, cells)
    select ${act.provinceId}::integer, ${importId}::uuid, i.*
    from unnest(${of((r) => r.rowNumber)}::integer[], ${of((r) => r.verdict)}::text[],
      ${of((r) => r.doubtful)}::boolean[], ${of((r) => rowSummary(layout, r.cells))}::text[],
      ${of((r) => storedJson(r.faults))}::jsonb[], ${of((r) => storedJson(r.warnings))}::jsonb[],
      ${of((r) => (r.verdict === 'rejected' ? storedJson(r.cells) : '[]'))}::jsonb[])
      as i`.execute(tx);
}

/** Columns by which a row is known at a glance. */
const telling: readonly FieldName[] = [
  ...(['permit_number', 'worker_national_id', 'national_id'] as const),
  ...(['worker_full_name', 'worker_first_name', 'worker_last_name'] as const),
  ...(['full_name', 'first_name', 'last_name', 'occupation', 'amount'] as const),
];
const TOLD = 4;
const LONGEST_SUMMARY = 160;

/** What was read, in a few words of the sheet's own. */
export function rowSummary(layout: Layout, cells: readonly CellValue[]): string {
  const texts = telling.flatMap((field) => {
    const column = layout.columns.find((one) => one.field === field);
    return column ? cellText(cells[column.index]) : [];
  });
  const filled = texts.filter((text) => text.trim() !== '').slice(0, TOLD);
  return storedText(filled.join(' · ').slice(0, LONGEST_SUMMARY));
}

/** Puts rows before a person; a row that was asked before is not asked again. */
export async function queueDoubts(
  tx: Tx,
  act: Act,
  importId: string,
  kind: RegisterKind,
  doubts: readonly DoubtfulRow[],
): Promise<void> {
  if (doubts.length === 0 || kind === 'permits') return;
  const rows = doubts.map(({ rowNumber, record, why, candidates }) => ({
    id: uuid7(act.now.getTime()),
    row_number: rowNumber,
    record: JSON.parse(recordJson(record)),
    hash: recordHash(kind, record as Parameters<typeof recordHash>[1]).toString('hex'),
    why,
    candidates,
  }));
  await sql`
    insert into match_queue (province_id, id, import_id, row_number, kind, record, record_hash, why,
      candidates, recorded_at)
    select ${act.provinceId}::integer, i.id, ${importId}::uuid, i.row_number, ${kind}::text, i.record,
      decode(i.hash, 'hex'), i.why, i.candidates, ${act.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as i(id uuid, row_number integer, record jsonb, hash text, why text, candidates uuid[])
    on conflict (province_id, record_hash) do nothing`.execute(tx);
}

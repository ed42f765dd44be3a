import { sql } from 'kysely';
import type { Reference } from '../../accounts/index.ts';
import type { IsoDate } from '../../kit/jalali.ts';
import { Problem } from '../../kit/problem.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { errorCode } from '../../platform/database-errors.ts';
import type { Act } from '../../platform/history.ts';
import { keepHeapLean } from '../../platform/lean-heap.ts';
import { provinceContext } from '../../platform/policy.ts';
import {
  openSpreadsheet,
  SpreadsheetError,
  type SpreadsheetSource,
} from '../../platform/spreadsheet/index.ts';
import type { RegisterKind } from './fields.ts';
import { takeJobs } from './import-jobs.ts';
import { takePayments } from './import-payments.ts';
import { takePermits } from './import-permits.ts';
import { takeReferrals } from './import-referrals.ts';
import type { JudgedBatch, TakeBatches } from './importer.ts';
import type { Layout } from './layout.ts';
import { buildLookup } from './lookup.ts';
import { lookupRows } from './lookup-rows.ts';
import { inOrder, mostOrderedRows } from './order.ts';
import { RegisterError } from './problems.ts';
import { type Register, readRegister } from './read.ts';
import type { AmountUnit } from './units.ts';
import { assertBalance, countRows, noRows, type RowCounts } from './verdict.ts';

/** A file to import. */
export interface ImportFile {
  readonly kind: RegisterKind;
  readonly source: SpreadsheetSource;
  readonly unit?: AmountUnit | undefined;
  readonly sheet?: string | undefined;
}

/** What is told of an import while it runs, all inside its transaction. */
export interface ImportListener {
  /** Before the first row. */
  begin?(tx: Tx, layout: Layout): Promise<void>;
  /** After each batch. */
  batch?(tx: Tx, batch: JudgedBatch, progress: { share: number; counts: RowCounts }): Promise<void>;
  /** After the last row. */
  end?(tx: Tx, result: ImportResult): Promise<void>;
}

/** What an import did, or (as a dry run) would do. */
export interface ImportResult {
  readonly counts: RowCounts;
  /** Rows that are no entries: titles repeated, totals, notes. */
  readonly ignored: number;
  readonly layout: Layout;
}

export interface ImportOptions {
  readonly reference: Reference;
  readonly act: Act;
  /** Judges and writes all the same, and then takes everything back. */
  readonly dryRun: boolean;
  /** Rows judged and written together; {@link rowsTogether} when absent. What comes out is the same. */
  readonly batchRows?: number | undefined;
  readonly listener?: ImportListener;
}

const takers: { readonly [K in RegisterKind]: TakeBatches<K> } = {
  permits: takePermits,
  referrals: takeReferrals,
  payments: takePayments,
  jobs: takeJobs,
};

/** One batch of permits through an index is a page of cases; a long register needs its time. */
const statementLimitMs = 10 * 60_000;

/** Rows judged and written together: more are no faster, and all of them are in memory at once. */
const rowsTogether = 500;

/** Ends the transaction of a dry run; nobody outside sees it. */
class DryRunOver extends Error {
  readonly result: ImportResult;
  constructor(result: ImportResult) {
    super('a dry run takes everything back');
    this.result = result;
  }
}

/**
 * Reads a file and puts it into the record in one transaction: all of it or, where anything breaks,
 * nothing. A dry run is the same to the last statement, and then rolled back.
 * @throws Problem `spreadsheet.*` and `registers.*` for a file that cannot be read,
 * `figures.import_overtaken` (409) when somebody recorded one of its cases at the same time
 */
export async function importFile(
  database: Database,
  file: ImportFile,
  options: ImportOptions,
): Promise<ImportResult> {
  keepHeapLean();
  const { kind } = file;
  let close: (() => Promise<void>) | undefined;
  try {
    const opened = await openRegister(file, options);
    close = opened.close;
    const context = { ...provinceContext(options.act.provinceId), timeoutMs: statementLimitMs };
    return await database.transaction({ ...context, retry: 'never' }, (tx) =>
      takeRegister(tx, kind, opened.register, options),
    );
  } catch (error) {
    if (error instanceof DryRunOver) return error.result;
    throw readable(error);
  } finally {
    await close?.();
  }
}

/** What is wrong with a file, under the names by which the house knows and says it. */
function readable(error: unknown): unknown {
  if (error instanceof SpreadsheetError) {
    return new Problem(`spreadsheet.${error.code}`, error.details, error.faults);
  }
  if (error instanceof RegisterError) {
    return new Problem(`registers.${error.code}`, error.details, error.faults);
  }
  return errorCode(error) === '23505' ? new Problem('figures.import_overtaken') : error;
}

async function openRegister<K extends RegisterKind>(
  { kind, source, unit, sheet }: ImportFile & { kind: K },
  { act, reference, batchRows = rowsTogether }: ImportOptions,
): Promise<{ register: Register<K>; close: () => Promise<void> }> {
  const bounds = kind === 'permits' ? {} : { limits: { rows: mostOrderedRows } };
  const choices = { ...bounds, ...(sheet === undefined ? {} : { sheet }) };
  const { batches, close } = await openSpreadsheet(source, choices);
  const register = await readRegister(kind, batches, {
    lookup: buildLookup(lookupRows(reference, act.provinceId)),
    unit,
    today: act.today as IsoDate,
    provinceId: act.provinceId,
    batchRows,
  });
  return { register, close };
}

/** One import of a province at a time: two of the same file would wait for each other's rows. */
async function takeTurns(tx: Tx, provinceId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('figures.import'), ${provinceId})`.execute(tx);
}

/** An import asks for rows by their keys only, so reading a whole table is out of the question. */
async function planByKeys(tx: Tx): Promise<void> {
  await sql`set local enable_seqscan = off`.execute(tx);
  await planAnew(tx);
}

/**
 * PostgreSQL keeps the plans of its foreign key checks, and one that it makes while a table is nearly
 * empty may go through all that a province has there: 100,000 rows into an empty province then cost a
 * hundred times as much. So the plans are forgotten each time the work has doubled. (Fresh plans for
 * every check, `plan_cache_mode`, cure it too, at twice the price of the whole import.)
 */
async function planAnew(tx: Tx): Promise<void> {
  await sql`discard plans`.execute(tx);
}

async function takeRegister<K extends RegisterKind>(
  tx: Tx,
  kind: K,
  register: Register<K>,
  { act, reference, dryRun, listener }: ImportOptions,
): Promise<ImportResult> {
  const { layout } = register;
  const desk = { tx, act, reference };
  await takeTurns(tx, act.provinceId);
  await planByKeys(tx);
  await listener?.begin?.(tx, layout);
  let counts = noRows;
  let seen = 0;
  let ignored = 0;
  let planned = 0;
  const take: TakeBatches<K> = takers[kind];
  for await (const { batch, judged } of take(desk, layout, inOrder(kind, register.batches))) {
    seen += batch.rows.length;
    ignored += batch.ignored;
    if (seen > 2 * planned) {
      planned = seen;
      await planAnew(tx);
    }
    counts = countRows(counts, judged.rows);
    await listener?.batch?.(tx, judged, { share: batch.progress, counts });
  }
  assertBalance(counts, seen);
  const result = { counts, ignored, layout };
  await listener?.end?.(tx, result);
  if (dryRun) throw new DryRunOver(result);
  return result;
}

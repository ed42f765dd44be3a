import { createWriteStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { type Reference, referenceOf } from '../accounts/index.ts';
import { homeProvince, sayers } from '../app.ts';
import {
  type AmountUnit,
  amountUnits,
  faultText,
  fileProblemText,
  foldProvince,
  type ImportListener,
  type ImportResult,
  importFile,
  type JudgedRow,
  keepRefused,
  type RegisterKind,
  type RejectedRow,
  type RowFault,
  readProvince,
  registerKinds,
  rejectedSheet,
  rowSummary,
} from '../figures/index.ts';
import { isoToday } from '../kit/jalali.ts';
import { isProblem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Language } from '../platform/language.ts';
import { writeWorkbook } from '../platform/spreadsheet/index.ts';
import { CommandError, type Output, openOutput, openProgress } from './output.ts';
import { clockOf, withDatabase } from './surroundings.ts';

type Options = {
  unit?: string;
  province: string;
  dryRun?: boolean;
  rejected?: string;
  sheet?: string;
  lang: Language;
  json?: boolean;
};

/** What is asked for, read and checked. */
type Asked = {
  readonly kind: RegisterKind;
  readonly path: string;
  readonly unit: AmountUnit | undefined;
  readonly options: Options;
};

/** `karkhaneh import`: puts a register that an office keeps as a spreadsheet into the record. */
export function addImport(program: Command): void {
  program
    .command('import')
    .description('Put a register (.xlsx or .csv) into the record: all of it, or nothing')
    .argument('<kind>', registerKinds.join('|'))
    .argument('<file>', 'the spreadsheet')
    .option(
      '--unit <unit>',
      `of money where no header says it: ${amountUnits.map(dashed).join('|')}`,
    )
    .option(
      '--province <code>',
      'two-digit code of the province',
      String(homeProvince).padStart(2, '0'),
    )
    .option('--dry-run', 'give a verdict for each row and record nothing')
    .option('--rejected <file>', 'write the rejected rows into an .xlsx to put right')
    .option('--sheet <name>', 'the sheet to read; else the first visible one that is not empty')
    .addOption(
      new Option('--lang <language>', 'language of the reasons')
        .choices(['fa', 'en'])
        .default('fa'),
    )
    .option('--json', 'print one JSON document')
    .action(run);
}

const dashed = (unit: AmountUnit): string => unit.replaceAll('_', '-');

async function run(kind: string, path: string, options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  const asked = await readAsked(kind, path, options);
  await withDatabase(async (database) => {
    const reference = await referenceOf(database);
    const rows: JudgedRow[] = [];
    const result = await carryOut(database, reference, asked, (row) => rows.push(row));
    await writeRejected(reference, asked, result, rows, output);
    report(reference, asked, result, rows, output);
  });
}

async function readAsked(kind: string, path: string, options: Options): Promise<Asked> {
  const known = registerKinds.find((one) => one === kind);
  if (!known) throw new CommandError(`KIND is ${registerKinds.join(', ')}, not «${kind}»`, 2);
  const unit = amountUnits.find((one) => dashed(one) === options.unit || one === options.unit);
  if (options.unit !== undefined && !unit) {
    throw new CommandError(`--unit is ${amountUnits.map(dashed).join(', ')}`, 2);
  }
  if (!/^\d{2}$/.test(options.province)) {
    throw new CommandError(`--province takes two digits, not «${options.province}»`, 2);
  }
  await access(path, constants.R_OK).catch(() => {
    throw new CommandError(`There is no file to read at ${path}`, 2);
  });
  return { kind: known, path, unit, options };
}

/** Runs the import under a progress bar; `take` is given the rows that will be told of. */
async function carryOut(
  database: Database,
  reference: Reference,
  { kind, path, unit, options }: Asked,
  take: (row: JudgedRow) => void,
): Promise<ImportResult> {
  const dryRun = options.dryRun ?? false;
  const act = actOf(reference, await clockOf(database), options);
  const progress = openProgress(`Importing ${basename(path)}`);
  const it = { id: act.opId, kind, unit, dryRun, fileName: basename(path), fileKey: null };
  const kept = dryRun ? {} : keepRefused(act, { ...it, state: 'running' });
  const listener: ImportListener = {
    ...kept,
    async batch(tx, batch, at) {
      await kept.batch?.(tx, batch, at);
      // A clean row of a real run is in the record, where it can be seen.
      for (const row of batch.rows) if (dryRun || row.verdict === 'rejected') take(row);
      progress.step(Math.round(at.share * 1000), 1000);
    },
  };
  const file = { kind, source: { path }, unit, sheet: options.sheet };
  try {
    const result = await importFile(database, file, { reference, act, dryRun, listener });
    if (!dryRun) await foldProvince(database, act.provinceId);
    return result;
  } catch (error) {
    throw explained(error);
  } finally {
    progress.end();
  }
}

function actOf(reference: Reference, clock: Clock, { province }: Options): Act {
  const now = clock.now();
  return {
    provinceId: readProvince(reference, Number(province)),
    actorId: null,
    organisationId: null,
    now,
    today: isoToday(now.getTime(), clock.zone),
    opId: uuid7(now.getTime()),
  };
}

/** What is wrong with a file is the caller's to put right (2); being overtaken is nobody's fault (1). */
function explained(error: unknown): unknown {
  if (!isProblem(error)) return error;
  const { title, next } = fileProblemText({ locale: 'en', say: sayers.en }, error);
  const status = error.code === 'figures.import_overtaken' ? 1 : 2;
  return new CommandError(`${title} ${next}`, status);
}

async function writeRejected(
  reference: Reference,
  { options }: Asked,
  { layout, counts }: ImportResult,
  rows: readonly JudgedRow[],
  output: Output,
): Promise<void> {
  if (options.rejected === undefined || counts.rejected === 0) return;
  const speaker = { reference, locale: options.lang, say: sayers[options.lang] };
  const rejected = sorted(rows.filter(({ verdict }) => verdict === 'rejected'));
  const given = rejected.map(({ rowNumber, cells, faults }): RejectedRow => {
    return { rowNumber, cells, reasons: faults.map((fault) => faultText(speaker, fault)) };
  });
  const sheet = rejectedSheet(layout, given, options.lang);
  await writeWorkbook(createWriteStream(options.rejected), [sheet]);
  output.note(`${counts.rejected} rejected rows are in ${options.rejected}`);
}

function sorted(rows: readonly JudgedRow[]): JudgedRow[] {
  return rows.toSorted((a, b) => a.rowNumber - b.rowNumber);
}

function report(
  reference: Reference,
  { kind, path, options }: Asked,
  { counts, ignored, layout }: ImportResult,
  rows: readonly JudgedRow[],
  output: Output,
): void {
  const { read, accepted, unchanged, rejected, doubtful, warnings } = counts;
  const told = sorted(rows).map((row) => ({
    row: row.rowNumber,
    verdict: row.doubtful ? 'doubtful' : row.verdict,
    summary: rowSummary(layout, row.cells),
    faults: row.faults.map((fault) => faultOf(reference, fault)),
    warnings: row.warnings.map((fault) => faultOf(reference, fault)),
  }));
  const dryRun = options.dryRun ?? false;
  output.document({ kind, file: path, dryRun, ...counts, ignored, rows: told });
  for (const { row, verdict, summary, faults, warnings: also } of told) {
    output.line(`${String(row).padStart(7)}  ${verdict.padEnd(9)}  ${summary}`);
    for (const fault of [...faults, ...also]) output.line(`         ${fault.reason[options.lang]}`);
  }
  output.line(
    `read ${read} = accepted ${accepted} + unchanged ${unchanged} + rejected ${rejected}` +
      ` (${doubtful} of them doubtful); ${warnings} with warnings, ${ignored} rows were no entries`,
  );
  if (dryRun) output.line('This was a dry run: nothing is recorded.');
}

function faultOf(reference: Reference, fault: RowFault) {
  const { column, field, value, code } = fault;
  const say = (locale: Language) => faultText({ reference, locale, say: sayers[locale] }, fault);
  return { column, field, value, code, reason: { fa: say('fa'), en: say('en') } };
}

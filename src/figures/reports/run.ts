import { PassThrough } from 'node:stream';
import type { Static } from 'typebox';
import { Type } from 'typebox';
import { eachProvince, referenceOf, settingOn } from '../../accounts/index.ts';
import { type IsoDate, isoToday } from '../../kit/jalali.ts';
import type { Database, Tx } from '../../platform/database.ts';
import type { Files } from '../../platform/files.ts';
import {
  enqueue,
  type JobHandlers,
  type JobSurroundings,
  jobHandler,
} from '../../platform/jobs.ts';
import type { Language, Say } from '../../platform/language.ts';
import { contextOf, type Principal, provinceContext } from '../../platform/policy.ts';
import { sendSms } from '../../platform/sms.ts';
import { type WrittenCell, writeCsv, writeWorkbook } from '../../platform/spreadsheet/index.ts';
import { expireRuns, finishRun, insertRun, setNext, takeDue, takeRun } from './queries.ts';
import { recordReport, type Table, tableOf } from './rows.ts';
import { type Every, nextOn } from './rules.ts';

/** The job that writes a report's file. */
export const runJob = 'figures.runReport';

const Payload = Type.Object({ provinceId: Type.Integer(), runId: Type.String() });

/** What writing reports needs of the world. */
export type ReportParts = {
  readonly files: Files;
  readonly publicUrl: string;
  readonly sayers: Readonly<Record<Language, Say>>;
};

/** Background work of reports: writing a file, and the clock that asks kept ones and lets old files go. */
export function reportJobs(parts: ReportParts): JobHandlers {
  return {
    [runJob]: jobHandler(Payload, (payload, around) => runReport(parts, payload, around)),
    'figures.watchReports': (_payload, around) => watchReports(parts, around),
  };
}

type Taken = NonNullable<Awaited<ReturnType<typeof takeRun>>>;

/** Whom a run is for, as they would be if they asked now: a right that was taken away since is not theirs. */
function principalOf(provinceId: number, run: Taken): Principal {
  return {
    ...{ accountId: run.account_id, sessionId: run.account_id, role: run.role, provinceId },
    ...{ organisationId: run.organisation_id, personId: run.person_id },
  };
}

/** Files that a process writes at once: long ones leave connections for roots, and places for short jobs. */
const mostAtWork = 2;
const againMs = 5_000;
const filesAtWork = new WeakMap<Database, number>();

/**
 * Writes a report's file once, streaming from the record to where files are kept: as many rows as there are, in
 * the memory of a few thousand. A worker that died in it has left nothing that counts; the next begins anew.
 */
async function runReport(
  parts: ReportParts,
  payload: Static<typeof Payload>,
  around: JobSurroundings,
): Promise<void> {
  const { database, clock } = around;
  const atWork = filesAtWork.get(database) ?? 0;
  if (atWork >= mostAtWork) {
    // Other jobs (codes, messages) get this one's place meanwhile.
    const again = { runAt: new Date(clock.now().getTime() + againMs) };
    await database.transaction(provinceContext(payload.provinceId), (tx) =>
      enqueue(tx, runJob, payload, again),
    );
    return;
  }
  filesAtWork.set(database, atWork + 1);
  try {
    await writeOnce(parts, payload, around);
  } finally {
    filesAtWork.set(database, (filesAtWork.get(database) ?? 1) - 1);
  }
}

async function writeOnce(
  parts: ReportParts,
  { provinceId, runId }: Static<typeof Payload>,
  { database, clock }: JobSurroundings,
): Promise<void> {
  const within = <T>(work: (tx: Tx) => Promise<T>) =>
    database.transaction(provinceContext(provinceId), work);
  const run = await within((tx) => takeRun(tx, provinceId, runId));
  if (!run) return;
  const now = clock.now();
  if (run.closed_at !== null) {
    const end = { now, problem: 'accounts.closed' };
    await within((tx) => finishRun(tx, provinceId, runId, end));
    return;
  }
  const today = isoToday(now.getTime(), clock.zone);
  const written = await writeFile(parts, database, { provinceId, run, now, today });
  await within(async (tx) => {
    await finishRun(tx, provinceId, runId, { ...written, now: clock.now() });
    if (run.mobile) await tell(tx, parts, { provinceId, run, mobile: run.mobile, now });
  });
}

type Writing = {
  readonly provinceId: number;
  readonly run: Taken;
  readonly now: Date;
  readonly today: string;
};

async function writeFile(
  { files, sayers }: ReportParts,
  database: Database,
  { provinceId, run, now, today }: Writing,
): Promise<{ fileKey: string; rows: number }> {
  const principal = principalOf(provinceId, run);
  const reference = await referenceOf(database);
  const context = contextOf(principal, provinceId);
  const rights = run.question.kind === 'totals' ? provinceContext(provinceId) : context;
  const reading = { ...rights, pool: 'long', retry: 'never' } as const;
  return database.transaction(reading, async (tx) => {
    const asked = { provinceId, principal, today, question: run.question };
    const table = counted(tableOf(tx, reference, sayers, asked));
    const out = new PassThrough();
    const kept = files.put(out);
    const [fileKey] = await Promise.all([kept, write(out, table, run)]);
    recordReport(tx, now, asked);
    return { fileKey, rows: table.rowsSoFar() };
  });
}

/** A table that knows how many of its rows have gone by. */
function counted(table: Table) {
  let count = 0;
  async function* rows(): AsyncGenerator<readonly WrittenCell[]> {
    for await (const row of table.rows) {
      count += 1;
      yield row;
    }
  }
  return { header: table.header, rows: rows(), rowsSoFar: () => count };
}

async function write(out: PassThrough, { header, rows }: Table, run: Taken): Promise<void> {
  try {
    if (run.format === 'csv') return await writeCsv(out, header, rows);
    const name = run.name.replaceAll(/[\\/?*[\]:']/g, ' ').slice(0, 31);
    const rightToLeft = run.question.language === 'fa';
    return await writeWorkbook(out, [{ name, rightToLeft, header, rows }]);
  } catch (error) {
    out.destroy(error as Error);
    throw error;
  }
}

async function tell(
  tx: Tx,
  { publicUrl, sayers }: ReportParts,
  { provinceId, run, mobile, now }: { provinceId: number; run: Taken; mobile: string; now: Date },
): Promise<void> {
  const url = `${publicUrl}/office/reports`;
  const text = sayers[run.question.language]('figures.reports.ready', { name: run.name, url });
  await sendSms(tx, { provinceId, mobile, text, now });
}

/** Asks the reports whose day has come, and lets files go that have been kept long enough. */
async function watchReports(
  { files }: ReportParts,
  { database, clock }: JobSurroundings,
): Promise<void> {
  const now = clock.now();
  const today = isoToday(now.getTime(), clock.zone);
  await eachProvince(database, async (provinceId, reference) => {
    await database.transaction(provinceContext(provinceId), (tx) =>
      askDue(tx, { provinceId, now, today }),
    );
    const kept = Number(settingOn(reference, 'figures.reports_kept', provinceId, today));
    const before = new Date(now.getTime() - kept * 86_400_000);
    const keys = await database.transaction(provinceContext(provinceId), (tx) =>
      expireRuns(tx, provinceId, before),
    );
    for (const key of keys) await files.delete(key);
  });
}

async function askDue(
  tx: Tx,
  { provinceId, now, today }: { provinceId: number; now: Date; today: IsoDate },
): Promise<void> {
  for (const report of await takeDue(tx, provinceId, today)) {
    const next = nextOn(report.every as Every, today);
    if (next !== null) await setNext(tx, provinceId, report.id, next);
    const { name, question, format, account_id: accountId, id: reportId } = report;
    const asking = { name, question, format, accountId, reportId };
    const runId = await insertRun(tx, { provinceId, now }, asking);
    await enqueue(tx, runJob, { provinceId, runId });
  }
}

import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Type } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import { type IsoDate, isoToday } from '../../kit/jalali.ts';
import { isProblem, Problem } from '../../kit/problem.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { isConnectionLost } from '../../platform/database-errors.ts';
import type { Files } from '../../platform/files.ts';
import type { Act } from '../../platform/history.ts';
import { type JobHandlers, type JobSurroundings, jobHandler } from '../../platform/jobs.ts';
import { provinceContext } from '../../platform/policy.ts';
import type { RegisterKind } from './fields.ts';
import { clearRows, failImport, finishImport } from './import-record.ts';
import { keepAside, keepInside } from './keep.ts';
import { importFile } from './run-import.ts';
import type { AmountUnit } from './units.ts';

/** The job that reads a file that was sent in. */
export const importJob = 'figures.import';

const Payload = Type.Object({ provinceId: Type.Integer(), importId: Type.String() });

/** Background work of imports; `files` is where the sent files are kept. */
export function importJobs(files: Files): JobHandlers {
  return {
    [importJob]: jobHandler(Payload, (payload, around) => runQueued(files, payload, around)),
  };
}

type Queued = {
  readonly kind: RegisterKind;
  readonly dryRun: boolean;
  readonly fileKey: string;
  readonly unit: AmountUnit | undefined;
  readonly act: Act;
};

/**
 * Carries out an import once: a worker that died in it has left nothing, and the next one begins
 * again; what has ended stays as it ended. A file that cannot be read is an answer, not a failure.
 */
async function runQueued(
  files: Files,
  { provinceId, importId }: { provinceId: number; importId: string },
  { database, clock }: JobSurroundings,
): Promise<void> {
  const within = <T>(work: (tx: Tx) => Promise<T>) =>
    database.transaction(provinceContext(provinceId), work);
  const now = clock.now();
  const today = isoToday(now.getTime(), clock.zone);
  const queued = await within((tx) => findQueued(tx, { provinceId, importId, now, today }));
  if (!queued) return;
  try {
    await within((tx) => clearRows(tx, queued.act, importId));
    await withLocalFile(files, queued.fileKey, (path) => run(database, queued, importId, path));
  } catch (error) {
    if (isProblem(error, 'figures.import_overtaken') || isConnectionLost(error)) throw error;
    const problem = isProblem(error) ? error : new Problem('platform.failed');
    await within((tx) => failImport(tx, queued.act, importId, problem));
    // Not the file's fault: whoever keeps the house has to see it in the log.
    if (!isProblem(error)) throw error;
  }
}

async function run(
  database: Database,
  { kind, unit, dryRun, act }: Queued,
  importId: string,
  path: string,
): Promise<void> {
  const reference = await referenceOf(database);
  const kept = { act, importId, kind };
  const listener = dryRun ? keepAside(database, kept) : keepInside(database, kept);
  const file = { kind, source: { path }, unit };
  const result = await importFile(database, file, { reference, act, dryRun, listener });
  if (!dryRun) return;
  await database.transaction(provinceContext(act.provinceId), (tx) =>
    finishImport(tx, act, importId, result),
  );
}

async function findQueued(
  tx: Tx,
  at: { provinceId: number; importId: string; now: Date; today: IsoDate },
): Promise<Queued | undefined> {
  const { provinceId, importId, now, today } = at;
  const row = await tx
    .selectFrom('imports')
    .leftJoin('accounts', (join) =>
      join
        .onRef('accounts.id', '=', 'imports.account_id')
        .on('accounts.province_id', '=', provinceId),
    )
    .selectAll('imports')
    .select('accounts.organisation_id')
    .where('imports.province_id', '=', provinceId)
    .where('imports.id', '=', importId)
    .executeTakeFirst();
  if (!row || row.file_key === null || row.state === 'done' || row.state === 'failed') {
    return undefined;
  }
  const { account_id: actorId, organisation_id: organisationId } = row;
  return {
    kind: row.kind as RegisterKind,
    dryRun: row.dry_run,
    fileKey: row.file_key,
    unit: (row.unit ?? undefined) as AmountUnit | undefined,
    act: { provinceId, actorId, organisationId, now, today, opId: importId },
  };
}

/** A workbook is read in jumps, so it has to lie on this machine while it is read. */
async function withLocalFile(
  files: Files,
  key: string,
  work: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'karkhaneh-import-'));
  try {
    const path = join(folder, 'register');
    await pipeline(await files.getStream(key), createWriteStream(path));
    await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

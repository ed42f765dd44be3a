import { sql } from 'kysely';
import { Type } from 'typebox';
import { type Reference, referenceOf } from '../../accounts/index.ts';
import { isoToday } from '../../kit/jalali.ts';
import { isProblem, Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Database, Tx } from '../../platform/database.ts';
import type { Files } from '../../platform/files.ts';
import type { Act } from '../../platform/history.ts';
import {
  enqueue,
  type JobHandlers,
  type JobSurroundings,
  jobHandler,
} from '../../platform/jobs.ts';
import type { Say } from '../../platform/language.ts';
import { provinceContext } from '../../platform/policy.ts';
import { bookLines, type Counter } from './book-lines.ts';
import { type FileKey, recordLines } from './lines.ts';
import { type BankFileSource, openBankFile } from './read.ts';
import type { FileHead } from './reading.ts';

/** The job that reads a bank's file and books what is sure in it. */
const bankFileJob = 'financing.takeBankFile';
const Payload = Type.Object({ provinceId: Type.Integer(), fileId: Type.String() });

/** Background work on banks' files; `say` is Persian, the language of the record. */
export function bankFileJobs(files: Files, say: Say, publicUrl: string): JobHandlers {
  return {
    [bankFileJob]: jobHandler(Payload, (payload, around) =>
      takeQueued({ files, say, publicUrl }, payload, around),
    ),
  };
}

/** A file as it was sent in. */
export type SentFile = {
  readonly bankId: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly name: string;
  readonly key: string;
};

/**
 * Lists a file that was sent in, and lets the job read it once this is committed. The same bytes of
 * the same bank a second time violate `bank_files_bytes_once`: `financing.file_twice` (409).
 * @returns its id
 */
export async function sendBankFile(tx: Tx, act: Act, file: SentFile): Promise<string> {
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('bank_files')
    .values({
      ...{ province_id: act.provinceId, id, bank_id: file.bankId, sha256: file.sha256 },
      ...{ file_name: file.name, file_key: file.key, account_id: act.actorId },
      ...{ received_at: act.now, op_id: act.opId },
    })
    .execute();
  await enqueue(tx, bankFileJob, { provinceId: act.provinceId, fileId: id });
  return id;
}

/** Runs again where it was broken off: a file is read in one transaction, and booked line after line. */
async function takeQueued(
  { files, say, publicUrl }: { files: Files; say: Say; publicUrl: string },
  { provinceId, fileId }: { provinceId: number; fileId: string },
  { database, clock }: JobSurroundings,
): Promise<void> {
  const now = clock.now();
  const row = await database.transaction(provinceContext(provinceId), (tx) =>
    tx
      .selectFrom('bank_files')
      .selectAll()
      .where('province_id', '=', provinceId)
      .where('id', '=', fileId)
      .executeTakeFirst(),
  );
  if (!row) return;
  const file = { provinceId, bankId: row.bank_id, id: fileId };
  const act: Act = {
    ...{ provinceId, actorId: row.account_id, organisationId: row.bank_id, now, opId: row.op_id },
    today: isoToday(now.getTime(), clock.zone),
  };
  const reference = await referenceOf(database);
  if (row.state === 'waiting') {
    const source = sourceOf(files, row.file_name, row.file_key);
    await readOrRefuse(database, reference, file, source, now);
  }
  await bookFile(database, { act, reference, say, publicUrl }, file);
}

function sourceOf(files: Files, name: string, key: string): BankFileSource {
  return { name, stream: () => files.getStream(key), bytes: () => files.getBytes(key) };
}

/** A file that cannot be read is an answer, not a failure. */
async function readOrRefuse(
  database: Database,
  reference: Reference,
  file: FileKey,
  source: BankFileSource,
  now: Date,
): Promise<void> {
  try {
    await readFile(database, reference, file, source, now);
  } catch (error) {
    if (!isProblem(error)) throw error;
    const problem = { code: error.code, details: error.details };
    await database.transaction(provinceContext(file.provinceId), (tx) =>
      tx
        .updateTable('bank_files')
        .set({ state: 'refused', problem: JSON.stringify(problem), read_at: now })
        .where('province_id', '=', file.provinceId)
        .where('id', '=', file.id)
        .where('state', '=', 'waiting')
        .execute(),
    );
  }
}

/**
 * Reads a file and writes its lines with their verdicts: all of them or, where the file turns out
 * to be wrong at its last line, none.
 * @returns how many lines
 * @throws Problem as `openBankFile`, and `financing.file_twice` (409)
 */
export async function readFile(
  database: Database,
  reference: Reference,
  file: FileKey,
  source: BankFileSource,
  now: Date,
): Promise<number> {
  const context = { ...provinceContext(file.provinceId), retry: 'never' as const };
  return database.transaction(context, (tx) => readBankFile(tx, reference, file, source, now));
}

/** As {@link readFile}, in the caller's transaction, which must not outlive a problem. */
export async function readBankFile(
  tx: Tx,
  reference: Reference,
  file: FileKey,
  source: BankFileSource,
  now: Date,
): Promise<number> {
  const codes = reference.organisations.get(file.bankId)?.sheba_codes ?? [];
  const { sink, batches } = await openBankFile(source, codes);
  let lines = 0;
  let control = 0n;
  // The next lines are read, and wait at the server, while it writes these.
  let written = Promise.resolve();
  try {
    for await (const batch of batches) {
      if (lines === 0) await demandOnce(tx, file, sink.head);
      lines += batch.length;
      for (const { amountRial } of batch) control += amountRial ?? 0n;
      const before = written;
      written = recordLines(tx, file, sink.head, batch);
      written.catch(() => {}); // It is awaited, but a batch later.
      await before;
    }
  } finally {
    await written;
  }
  if (lines === 0) await demandOnce(tx, file, sink.head);
  await finish(tx, file, sink.head, { lines, control }, now);
  return lines;
}

async function demandOnce(tx: Tx, file: FileKey, { kind, messageId }: FileHead): Promise<void> {
  if (messageId === '') return;
  const known = await tx
    .selectFrom('bank_files')
    .select('file_name')
    .where('province_id', '=', file.provinceId)
    .where('bank_id', '=', file.bankId)
    .where('kind', '=', kind)
    .where('message_id', '=', messageId)
    .where('state', '=', 'read')
    .executeTakeFirst();
  if (known) throw new Problem('financing.file_twice', { given: messageId });
}

async function finish(
  tx: Tx,
  file: FileKey,
  { kind, messageId }: FileHead,
  { lines, control }: { lines: number; control: bigint },
  now: Date,
): Promise<void> {
  await sql`
    update bank_files set state = 'read', kind = ${kind}, message_id = ${messageId || null}, lines = ${lines},
      control_rial = ${control.toString()}::bigint, read_at = ${now}::timestamptz
    where province_id = ${file.provinceId} and id = ${file.id}::uuid
      and state = 'waiting'`.execute(tx);
}

/** Books all that is sure in a file, some lines in a transaction. */
async function bookFile(
  database: Database,
  desk: Omit<Counter, 'tx'>,
  file: FileKey,
): Promise<void> {
  for (;;) {
    const gone = await database.transaction(provinceContext(file.provinceId), async (tx) => {
      // Two runs of the job take turns.
      await sql`select 1 from bank_files where province_id = ${file.provinceId}
        and id = ${file.id}::uuid for update`.execute(tx);
      return bookLines({ ...desk, tx }, file);
    });
    if (gone === 0) return;
  }
}

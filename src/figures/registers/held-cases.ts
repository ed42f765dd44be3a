import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type CaseBook, type CaseRow, findCases, getCasesForUpdate } from '../../permits/index.ts';
import type { RegisterKind } from './fields.ts';
import type { Desk, Judgement } from './importer.ts';
import { type CaseMatch, matchCase } from './match.ts';
import type { CaseKey, RegisterRecords } from './records.ts';

type CaseKind = Exclude<RegisterKind, 'permits'>;
type CaseRecord = RegisterRecords[CaseKind];

/** The cases of a batch of rows: found, decided upon where a person had to, and locked. */
export interface HeldCases {
  readonly matches: ReadonlyMap<CaseRecord, CaseMatch>;
  /** As the slices' rules want them; a row that changes one puts it back changed. */
  readonly cases: Map<string, CaseRow>;
  readonly book: CaseBook;
}

/** Finds, decides and locks the cases that these rows are about. */
export async function holdCases(
  desk: Desk,
  kind: CaseKind,
  records: readonly CaseRecord[],
): Promise<HeldCases> {
  const { tx, act } = desk;
  const keys = records.flatMap((record) => keysOf(record));
  const book = await findCases(tx, act.provinceId, {
    numbers: keys.flatMap(({ permitNumber }) => permitNumber ?? []),
    nationalIds: keys.flatMap(({ nationalId }) => nationalId?.value ?? []),
  });
  const matches = new Map(records.map((record) => [record, matchCase(book, record.case)]));
  await decide(desk, kind, book, matches);
  const sure = [...matches.values()].flatMap((match) => (match.kind === 'sure' ? match.it.id : []));
  const cases = await getCasesForUpdate(tx, act.provinceId, [...new Set(sure)]);
  return { matches, cases, book };
}

/** A row of jobs may name two permits: its plan's, and the worker's own. */
function keysOf(record: CaseRecord): Pick<CaseKey, 'permitNumber' | 'nationalId'>[] {
  if (!('worker' in record)) return [record.case];
  const { permitNumber, nationalId } = record.worker;
  return [record.case, { permitNumber, nationalId }];
}

/** The verdict of a row whose case is not sure; undefined where it is. */
export function withoutCase(match: CaseMatch | undefined): Judgement<never> | undefined {
  if (match?.kind === 'refused') return { verdict: 'rejected', faults: match.faults };
  if (match?.kind !== 'doubtful') return undefined;
  const candidates = match.candidates.map(({ id }) => id);
  return { verdict: 'doubtful', why: match.why, candidates };
}

/** The same row asked again gets the answer that a person gave before. */
async function decide(
  { tx, act }: Desk,
  kind: CaseKind,
  book: CaseBook,
  matches: Map<CaseRecord, CaseMatch>,
): Promise<void> {
  const doubtful = [...matches].flatMap(([record, match]) =>
    match.kind === 'doubtful' ? [{ record, hash: recordHash(kind, record) }] : [],
  );
  if (doubtful.length === 0) return;
  const rows = await tx
    .selectFrom('match_queue')
    .select(['record_hash', 'state', 'case_id', 'reason'])
    .where('province_id', '=', act.provinceId)
    .where(sql<boolean>`record_hash = any(${doubtful.map(({ hash }) => hash)}::bytea[])`)
    .where('state', '<>', 'open')
    .execute();
  const decided = new Map(rows.map((row) => [row.record_hash.toString('hex'), row]));
  const chosen = await findCases(tx, act.provinceId, { ids: rows.flatMap((r) => r.case_id ?? []) });
  for (const { record, hash } of doubtful) {
    const row = decided.get(hash.toString('hex'));
    const it = row?.case_id ? chosen.byId(row.case_id) : undefined;
    if (it) {
      book.add(it);
      matches.set(record, { kind: 'sure', it });
    } else if (row) {
      const details = { reason: row.reason };
      const faults = [{ code: 'dismissed_match', field: null, details }] as const;
      matches.set(record, { kind: 'refused', faults });
    }
  }
}

/** A record as text that is the same for the same record: keys in order, rial as digits. */
export function recordJson(record: unknown): string {
  return JSON.stringify(record, (_key, value) => {
    if (typeof value === 'bigint') return value.toString();
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** By what the same question is known again in a later file. */
export function recordHash(kind: CaseKind, record: CaseRecord): Buffer {
  return createHash('sha256')
    .update(`${kind}\n${recordJson(record)}`)
    .digest();
}

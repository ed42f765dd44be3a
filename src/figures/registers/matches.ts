import { sql } from 'kysely';
import type { Static } from 'typebox';
import { countyLabel, occupationLabel, type Reference } from '../../accounts/index.ts';
import { decodeCode, encodeCode } from '../../kit/code.ts';
import type { Locale } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { rial } from '../../kit/rial.ts';
import { type CaseBook, findCases, type KnownCase } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { MatchList } from './contract.ts';
import { doubtText, faultReason, type Speaker } from './fault-text.ts';
import type { RegisterKind } from './fields.ts';
import { takeOneJob } from './import-jobs.ts';
import { takeOnePayment } from './import-payments.ts';
import { takeOneReferral } from './import-referrals.ts';
import type { Desk, TakeBatch } from './importer.ts';
import type { Layout } from './layout.ts';
import type { JobRecord, PaymentRecord, ReferralRecord, RegisterRecords } from './records.ts';

type CaseKind = Exclude<RegisterKind, 'permits'>;

/** A question of the queue: its province and its id. */
export type MatchKey = { readonly provinceId: number; readonly id: string };

/** The open questions of a province, file by file (the oldest first) in the order of their rows. */
export async function listMatches(
  tx: Tx,
  provinceId: number,
  { reference, locale }: { reference: Reference; locale: Locale },
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Static<typeof MatchList>> {
  const open = tx
    .selectFrom('match_queue as m')
    .innerJoin('imports', (join) =>
      join.onRef('imports.id', '=', 'm.import_id').on('imports.province_id', '=', provinceId),
    )
    .where('m.province_id', '=', provinceId)
    .where('m.state', '=', 'open');
  const { total } = await open
    .select(({ fn }) => fn.countAll().as('total'))
    .executeTakeFirstOrThrow();
  const after = cursor === undefined ? undefined : decodeCode(cursor)?.id;
  const rows = await open
    .selectAll('m')
    .select('imports.file_name')
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(m.import_id, m.row_number) > (
        select import_id, row_number from match_queue
        where province_id = ${provinceId} and id = ${after}::uuid)`),
    )
    .orderBy('m.import_id')
    .orderBy('m.row_number')
    .limit(limit)
    .execute();
  const ids = rows.flatMap(({ candidates }) => candidates);
  const book = await findCases(tx, provinceId, { ids });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    total: Number(total),
    items: rows.map((row) => toItem(reference, locale, book, row)),
    next: last ? encodeCode(provinceId, last.id) : null,
  };
}

type MatchRow = {
  province_id: number;
  id: string;
  kind: string;
  row_number: number;
  record: unknown;
  why: string;
  candidates: string[];
  file_name: string;
};

function toItem(reference: Reference, locale: Locale, book: CaseBook, row: MatchRow) {
  const kind = row.kind as CaseKind;
  const record = revive(kind, row.record);
  const { permitNumber, occupationId, nationalId } = record.case;
  const who = 'worker' in record ? record.worker.name : record.case.name;
  return {
    id: encodeCode(row.province_id, row.id),
    kind,
    row: row.row_number,
    fileName: row.file_name,
    reason: doubtText(row.why, locale),
    name: who?.full ?? nationalId?.value ?? permitNumber ?? '',
    permitNumber: permitNumber ?? null,
    occupation: occupationId === undefined ? null : occupationLabel(reference, occupationId),
    happenedOn: dayOf(record),
    rial: rialOf(record),
    candidates: row.candidates.flatMap((id) => {
      const it = book.byId(id);
      return it ? [toCandidate(reference, row.province_id, it)] : [];
    }),
  };
}

function toCandidate(reference: Reference, provinceId: number, it: KnownCase) {
  return {
    caseCode: encodeCode(provinceId, it.id),
    name: `${it.person.firstName} ${it.person.lastName}`,
    permitNumber: it.permitNumber,
    occupation: occupationLabel(reference, it.occupationId).label,
    county: countyLabel(reference, it.countyId).label,
  };
}

function dayOf(record: RegisterRecords[CaseKind]): string {
  if ('worker' in record) return record.startedOn;
  return 'paidOn' in record ? record.paidOn : record.referredOn;
}

function rialOf(record: RegisterRecords[CaseKind]): string | null {
  if ('worker' in record) return null;
  return ('paidOn' in record ? record.amountRial : record.requestedRial).toString();
}

/** A record as it was put into the queue. */
function revive<K extends CaseKind>(kind: K, stored: unknown): RegisterRecords[K];
function revive(kind: CaseKind, stored: unknown): RegisterRecords[CaseKind] {
  switch (kind) {
    case 'referrals': {
      const record = stored as ReferralRecord;
      return { ...record, requestedRial: rial(record.requestedRial) };
    }
    case 'payments': {
      const record = stored as PaymentRecord;
      return { ...record, amountRial: rial(record.amountRial) };
    }
    default:
      return stored as JobRecord;
  }
}

/**
 * Decides that a row belongs to a case, and puts it into the record: through the same judgement as
 * any row, so what the rules refuse stays refused, and the question open.
 * @throws Problem `platform.not_found`, `figures.match_decided` (409), `figures.match_refused` (409)
 */
export async function acceptMatch(
  desk: Desk,
  key: MatchKey,
  caseCode: string,
  speaker: Speaker,
): Promise<'accepted' | 'unchanged'> {
  const { tx, act } = desk;
  const chosen = decodeCode(caseCode);
  const book = await findCases(tx, act.provinceId, { ids: chosen ? [chosen.id] : [] });
  if (chosen?.provinceId !== act.provinceId || !book.byId(chosen.id)) {
    throw new Problem('platform.not_found');
  }
  const row = await decide(desk, key, { state: 'accepted', case_id: chosen.id, reason: null });
  const kind = row.kind as CaseKind;
  const { rows } = await takeOne(desk, kind, revive(kind, row.record), row.row_number);
  const [judged] = rows;
  const [fault] = judged?.faults ?? [];
  if (fault) throw new Problem('figures.match_refused', { why: faultReason(speaker, fault) });
  return judged?.verdict === 'unchanged' ? 'unchanged' : 'accepted';
}

/**
 * Puts a row aside: it stays out of the record, and is not asked about again.
 * @throws Problem `platform.not_found`, `figures.match_decided` (409)
 */
export async function dismissMatch(desk: Desk, key: MatchKey, reason: string | null) {
  await decide(desk, key, { state: 'dismissed', case_id: null, reason });
}

async function decide(
  { tx, act }: Desk,
  { provinceId, id }: MatchKey,
  decision: { state: 'accepted' | 'dismissed'; case_id: string | null; reason: string | null },
) {
  const found = await tx
    .selectFrom('match_queue')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Problem('platform.not_found');
  if (found.state !== 'open') throw new Problem('figures.match_decided');
  await tx
    .updateTable('match_queue')
    .set({ ...decision, decided_by: act.actorId, decided_at: act.now })
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .execute();
  await sql`select pg_advisory_xact_lock(hashtext('figures.import'), ${provinceId})`.execute(tx);
  return found;
}

const takers: { readonly [K in CaseKind]: TakeBatch<K> } = {
  referrals: takeOneReferral,
  payments: takeOnePayment,
  jobs: takeOneJob,
};

/** A row without its sheet: faults name fields, not columns. */
const noSheet: Omit<Layout, 'kind'> = {
  headerRows: [0, 0],
  columns: [],
  headers: [],
  notDataColumns: [],
  unknownColumns: [],
  unit: undefined,
};

function takeOne<K extends CaseKind>(
  desk: Desk,
  kind: K,
  record: RegisterRecords[K],
  rowNumber: number,
) {
  const take: TakeBatch<K> = takers[kind];
  return take(desk, { ...noSheet, kind }, [{ rowNumber, cells: [], warnings: [], record }]);
}

import { sql } from 'kysely';
import type { FieldFault } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { RecordState, SentRecord } from './contract.ts';

/** A record as it came from a phone, and where it stands; what is not readonly is saved by {@link saveRecords}. */
export type FieldRecord = {
  readonly id: string;
  readonly deviceId: string;
  readonly seq: number;
  readonly sent: SentRecord;
  readonly caseId: string | null;
  readonly corrects: string | null;
  /** ISO, by the server's clock. */
  readonly happenedOn: string;
  readonly photoDigests: readonly string[];
  visitId: string | null;
  state: RecordState;
  problem: string | null;
  faults: readonly FieldFault[];
  appliedRevision: number | null;
};

type Row = {
  id: string;
  device_id: string;
  seq: number;
  sent: unknown;
  case_id: string | null;
  corrects: string | null;
  happened_on: string;
  photo_digests: string[];
  visit_id: string | null;
  state: string;
  problem: string | null;
  faults: unknown;
  applied_revision: number | null;
};

const columns = [
  ...(['id', 'device_id', 'seq', 'sent', 'case_id', 'corrects', 'happened_on'] as const),
  ...(['photo_digests', 'visit_id', 'state', 'problem', 'faults', 'applied_revision'] as const),
];

function toRecord(row: Row): FieldRecord {
  return {
    ...{ id: row.id, deviceId: row.device_id, seq: row.seq, sent: row.sent as SentRecord },
    ...{ caseId: row.case_id, corrects: row.corrects, happenedOn: row.happened_on },
    ...{ photoDigests: row.photo_digests, visitId: row.visit_id },
    ...{ state: row.state as RecordState, problem: row.problem },
    faults: (row.faults ?? []) as FieldFault[],
    appliedRevision: row.applied_revision,
  };
}

/** Records of a phone that wait for something, in its own order. Those kept beside others wait for a person only. */
export async function pendingRecords(
  tx: Tx,
  provinceId: number,
  deviceId: string,
): Promise<FieldRecord[]> {
  const rows = await tx
    .selectFrom('field_records')
    .select(columns)
    .where('province_id', '=', provinceId)
    .where('device_id', '=', deviceId)
    .where('state', 'in', ['held', 'waits_photos'])
    .where('beside_id', 'is', null)
    .orderBy('seq')
    .execute();
  return rows.map(toRecord);
}

/** Other records of a phone: those with these ids, and those about these visits or cases. */
export async function relatedRecords(
  tx: Tx,
  provinceId: number,
  deviceId: string,
  about: { ids: readonly string[]; visitIds: readonly string[]; caseIds: readonly string[] },
): Promise<FieldRecord[]> {
  const rows = await tx
    .selectFrom('field_records')
    .select(columns)
    .where('province_id', '=', provinceId)
    .where('device_id', '=', deviceId)
    .where('state', 'not in', ['held', 'waits_photos'])
    .where('beside_id', 'is', null)
    .where(
      sql<boolean>`(id = any(${about.ids}::uuid[]) or visit_id = any(${about.visitIds}::uuid[])
        or case_id = any(${about.caseIds}::uuid[]))`,
    )
    .orderBy('seq')
    .execute();
  return rows.map(toRecord);
}

/** One record by its id, for whoever settles it. */
export async function findRecord(
  tx: Tx,
  provinceId: number,
  id: string,
): Promise<FieldRecord | undefined> {
  const row = await tx
    .selectFrom('field_records')
    .select(columns)
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toRecord(row);
}

/** How far a phone's count has come without a gap, and the highest number that is here. */
export async function countedTo(
  tx: Tx,
  provinceId: number,
  deviceId: string,
): Promise<{ readonly whole: number; readonly highest: number }> {
  const { rows } = await sql<{ whole: number | null; highest: number | null }>`
    select (max(seq) filter (where seq = place))::integer as whole, max(seq)::integer as highest
    from (select seq, row_number() over (order by seq) as place from field_records
      where province_id = ${provinceId} and device_id = ${deviceId}::uuid and beside_id is null) r
  `.execute(tx);
  return { whole: rows[0]?.whole ?? 0, highest: rows[0]?.highest ?? 0 };
}

/** Where the photos stand that a phone's records name. */
export async function photoStates(
  tx: Tx,
  provinceId: number,
  deviceId: string,
  digests: readonly string[],
): Promise<Map<string, string>> {
  if (digests.length === 0) return new Map();
  const rows = await tx
    .selectFrom('field_photos')
    .select(['sha256', 'state'])
    .where('province_id', '=', provinceId)
    .where('device_id', '=', deviceId)
    .where(sql<boolean>`sha256 = any(${digests}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.sha256, row.state]));
}

/** Writes where records have come to. */
export async function saveRecords(
  tx: Tx,
  act: Act,
  records: readonly FieldRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const of = <T>(pick: (one: FieldRecord) => T) => records.map(pick);
  await sql`
    update field_records r set state = i.state, problem = i.problem, faults = i.faults,
      visit_id = i.visit_id, applied_revision = i.applied_revision,
      applied_at = case when i.state = 'applied' then coalesce(r.applied_at, ${act.now}::timestamptz)
        else r.applied_at end
    from unnest(${of((r) => r.id)}::uuid[], ${of((r) => r.state)}::text[],
      ${of((r) => r.problem)}::text[],
      ${of((r) => (r.faults.length > 0 ? JSON.stringify(r.faults) : null))}::jsonb[],
      ${of((r) => r.visitId)}::uuid[], ${of((r) => r.appliedRevision)}::integer[])
      as i(id, state, problem, faults, visit_id, applied_revision)
    where r.province_id = ${act.provinceId}::integer and r.id = i.id`.execute(tx);
}

/** A visit as a record is held against it. */
export type VisitNow = {
  readonly id: string;
  readonly caseId: string;
  readonly state: string;
  readonly revision: number;
  readonly assigneeId: string | null;
};

/** Visits as they stand; whoever asks has locked their cases. */
export async function visitsNow(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<Map<string, VisitNow>> {
  const rows = await tx
    .selectFrom('visits')
    .select(['id', 'case_id as caseId', 'state', 'revision', 'assignee_id as assigneeId'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The open visit of a case and stage, where there is one. */
export async function openVisitOf(
  tx: Tx,
  provinceId: number,
  caseId: string,
  stage: string,
): Promise<VisitNow | undefined> {
  return tx
    .selectFrom('visits')
    .select(['id', 'case_id as caseId', 'state', 'revision', 'assignee_id as assigneeId'])
    .where('province_id', '=', provinceId)
    .where('case_id', '=', caseId)
    .where('stage', '=', stage)
    .where('state', 'in', ['planned', 'assigned'])
    .executeTakeFirst();
}

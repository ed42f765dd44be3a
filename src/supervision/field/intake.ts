import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { decodeCode } from '../../kit/code.ts';
import { isoToday } from '../../kit/jalali.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { SentRecord } from './contract.ts';
import type { Device } from './devices.ts';

/** A phone's clock that is less wrong than this is taken at its word; milliseconds. */
const clockTolerance = 5 * 60_000;

/** What came of one record of a sync: the row that stands for it, and why it is not the record itself. */
export type Received = { readonly rowId: string; readonly sentId: string };

type NewRow = {
  readonly id: string;
  readonly sent: SentRecord;
  readonly digest: string;
  readonly besideId: string | null;
  readonly problem: string | null;
};
type Known = { readonly id: string; readonly seq: number; readonly digest: string };
type Clocks = { readonly offMs: number; readonly zone: string };

/**
 * Takes records in: each once by its id and number. One that comes with the id or the number of another is
 * kept beside it as a conflict, and overwrites nothing. The phone has to be locked.
 * @returns in the order of the records, which row answers for each
 */
export async function takeIn(
  tx: Tx,
  act: Act,
  device: Device,
  records: readonly SentRecord[],
  clocks: Clocks,
): Promise<Received[]> {
  const known = await knownRecords(tx, act.provinceId, device.id, records);
  const rows: NewRow[] = [];
  const received = records.map((sent) => {
    const row = place(act, known, sent);
    if ('sent' in row) rows.push(row);
    return { rowId: row.id, sentId: sent.id };
  });
  if (rows.length > 0) {
    await insertRecords(tx, act, device, rows, clocks);
    await insertPhotos(tx, act, device.id, rows);
  }
  return received;
}

/** The row that a record becomes, or the one that it is already; what it becomes is known from now on. */
function place(act: Act, known: Known[], sent: SentRecord): NewRow | Known {
  const digest = digestOf(sent);
  const same = known.find((one) => one.digest === digest);
  if (same) return same;
  const changed = known.find(({ id }) => id === sent.id);
  const numbered = known.find(({ seq }) => seq === sent.seq);
  const row: NewRow = changed
    ? {
        ...{ id: uuid7(act.now.getTime()), sent, digest, besideId: changed.id },
        problem: 'supervision.record_changed',
      }
    : {
        ...{ id: sent.id, sent, digest, besideId: numbered?.id ?? null },
        problem: numbered ? 'supervision.number_taken' : null,
      };
  // What lies beside another takes no number.
  known.push({ id: row.id, seq: row.besideId === null ? sent.seq : 0, digest });
  return row;
}

/** Of a record as it was sent, whatever the order of its fields. */
function digestOf(sent: SentRecord): string {
  return hash('sha256', JSON.stringify(sorted(sent)), 'hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, one]) => [key, sorted(one)]);
}

/** Text as a database can keep it: a phone's keyboard may send half a character. */
function keepable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
}

async function knownRecords(
  tx: Tx,
  provinceId: number,
  deviceId: string,
  records: readonly SentRecord[],
): Promise<Known[]> {
  const ids = records.map(({ id }) => id);
  const seqs = records.map(({ seq }) => seq);
  const { rows } = await sql<Known>`
    select id, case when beside_id is null and device_id = ${deviceId}::uuid then seq else 0 end as seq,
      encode(digest, 'hex') as digest
    from field_records where province_id = ${provinceId} and (id = any(${ids}::uuid[])
      or beside_id = any(${ids}::uuid[])
      or device_id = ${deviceId}::uuid and seq = any(${seqs}::integer[]))`.execute(tx);
  return rows;
}

async function insertRecords(
  tx: Tx,
  act: Act,
  device: Device,
  rows: readonly NewRow[],
  { offMs, zone }: Clocks,
): Promise<void> {
  const idOf = (code: string | undefined) => {
    const key = decodeCode(code ?? '');
    return key?.provinceId === act.provinceId ? key.id : null;
  };
  const late = Math.abs(offMs) > clockTolerance ? offMs : 0;
  const dayOf = (sent: SentRecord) => isoToday(Date.parse(sent.at) + late, zone);
  const of = <T>(pick: (one: NewRow) => T) => rows.map(pick);
  await sql`
    insert into field_records (province_id, id, device_id, account_id, seq, kind, sent, digest,
      photo_digests, visit_id, case_id, corrects, beside_id, taken_at, clock_off_seconds, happened_on,
      received_at, state, problem)
    select ${act.provinceId}::integer, i.id, ${device.id}::uuid, ${device.accountId}::uuid, i.seq, i.kind,
      i.sent, decode(i.digest, 'hex'),
      array(select distinct p ->> 'sha256' from jsonb_array_elements(i.sent -> 'photos') p),
      v.id, c.id, i.corrects, i.beside_id, i.taken_at, ${Math.round(offMs / 1000)}::integer,
      i.happened_on, ${act.now}::timestamptz, case when i.problem is null then 'held' else 'conflict' end,
      i.problem
    from unnest(${of((r) => r.id)}::uuid[], ${of((r) => r.sent.seq)}::integer[],
      ${of((r) => r.sent.kind)}::text[], ${of((r) => JSON.stringify(r.sent, keepable))}::jsonb[],
      ${of((r) => r.digest)}::text[],
      ${of((r) => (r.sent.kind === 'outcome' ? idOf(r.sent.visit) : null))}::uuid[],
      ${of((r) => (r.sent.kind === 'unplanned' ? idOf(r.sent.caseCode) : null))}::uuid[],
      ${of((r) => r.sent.corrects ?? null)}::uuid[], ${of((r) => r.besideId)}::uuid[],
      ${of((r) => r.sent.at)}::timestamptz[], ${of((r) => dayOf(r.sent))}::date[],
      ${of((r) => r.problem)}::text[])
      as i(id, seq, kind, sent, digest, visit_id, case_id, corrects, beside_id, taken_at, happened_on,
        problem)
    left join visits v on v.province_id = ${act.provinceId} and v.id = i.visit_id
    left join cases c on c.province_id = ${act.provinceId} and c.id = coalesce(v.case_id, i.case_id)
  `.execute(tx);
}

/** Makes the photos known that records name; whichever record names one first says what it is. */
async function insertPhotos(
  tx: Tx,
  act: Act,
  deviceId: string,
  rows: readonly NewRow[],
): Promise<void> {
  const photos = new Map(rows.flatMap(({ sent }) => sent.photos.map((one) => [one.sha256, one])));
  if (photos.size === 0) return;
  const all = [...photos.values()];
  await sql`
    insert into field_photos (province_id, device_id, sha256, media_type, size_bytes, received_bytes,
      state, recorded_at)
    select ${act.provinceId}::integer, ${deviceId}::uuid, i.*, 0, 'receiving', ${act.now}::timestamptz
    from unnest(${all.map((one) => one.sha256)}::text[], ${all.map((one) => one.type)}::text[],
      ${all.map((one) => one.bytes)}::integer[]) as i
    on conflict (province_id, device_id, sha256) do nothing`.execute(tx);
}

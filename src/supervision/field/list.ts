import { sql } from 'kysely';
import type { Static } from 'typebox';
import { encodeCode } from '../../kit/code.ts';
import type { Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import type { ChecklistShape } from '../contract.ts';
import { mayAssign } from '../policy.ts';
import type { RecordsAnswer, RecordsQuery, SentRecord } from './contract.ts';
import { standingLine } from './records.ts';

const shown = 200;

type Row = {
  id: string;
  label: string;
  by_fa: string;
  by_en: string;
  received_at: Date;
  taken_at: Date;
  clock_off_seconds: number;
  state: string;
  problem: string | null;
  faults: unknown;
  sent: SentRecord;
  settled_reason: string | null;
  visit_id: string | null;
  case_id: string | null;
  theirs: boolean;
  first_name: string | null;
  last_name: string | null;
  stage: string | null;
  visit_state: string | null;
  revision: number | null;
  assignee_id: string | null;
  assignee_fa: string | null;
  assignee_en: string | null;
  visited_on: string | null;
  visit_answers: Record<string, unknown> | null;
  visit_note: string | null;
  /** Only where a person has to decide. */
  checklist: unknown;
};

/**
 * Records of phones with both sides: the caller's own, or all of the province for those who assign visits;
 * the newest first. The office's side is shown to whoever sees the visit.
 */
export async function listRecords(
  tx: Tx,
  provinceId: number,
  principal: Principal,
  { state, mine = false }: Static<typeof RecordsQuery>,
): Promise<Static<typeof RecordsAnswer>['items']> {
  const office = mayAssign(principal);
  const owner = office && !mine ? null : principal.accountId;
  const { rows } = await sql<Row>`
    select r.id, d.label, a.name_fa as by_fa, a.name_en as by_en, r.received_at, r.taken_at,
      r.clock_off_seconds, r.state, r.problem, r.faults, r.sent, r.settled_reason, r.visit_id, r.case_id,
      coalesce(${office} or v.assignee_id = ${principal.accountId}::uuid, false) as theirs,
      e.first_name, e.last_name, v.stage, v.state as visit_state, v.revision, v.assignee_id,
      w.name_fa as assignee_fa, w.name_en as assignee_en, v.visited_on, v.answers as visit_answers,
      v.note as visit_note, k.content as checklist
    from field_records r
    join field_devices d on d.province_id = ${provinceId} and d.id = r.device_id
    join accounts a on a.province_id = ${provinceId} and a.id = r.account_id
    left join visits v on v.province_id = ${provinceId} and v.id = r.visit_id
    left join accounts w on w.province_id = ${provinceId} and w.id = v.assignee_id
    left join checklists k on k.province_id = ${provinceId} and k.id::text = r.sent ->> 'checklist'
      and r.state in ('conflict', 'held', 'waits_photos')
    left join cases c on c.province_id = ${provinceId} and c.id = r.case_id
    left join people e on e.province_id = ${provinceId} and e.id = c.person_id
    where r.province_id = ${provinceId}
      and (${owner}::uuid is null or r.account_id = ${owner}::uuid)
      and (${state ?? null}::text is null or r.state = ${state ?? null}::text)
    order by r.received_at desc, r.seq desc, r.id limit ${shown}`.execute(tx);
  return rows.map((row) => toLine(provinceId, row));
}

function toLine(provinceId: number, row: Row) {
  const { sent, theirs } = row;
  return {
    ...{ id: row.id, device: row.label, by: { fa: row.by_fa, en: row.by_en } },
    ...{ receivedAt: row.received_at.toISOString(), at: row.taken_at.toISOString() },
    clockOffSeconds: row.clock_off_seconds,
    ...standingLine(provinceId, row),
    ...{ verb: sent.verb, answers: sent.answers, note: sent.note ?? null },
    checklist: (row.checklist ?? null) as Static<typeof ChecklistShape> | null,
    deviation: sent.deviation ?? null,
    caseCode: row.case_id === null ? null : encodeCode(provinceId, row.case_id),
    name: theirs ? `${row.first_name} ${row.last_name}` : null,
    stage: sent.stage ?? (theirs ? row.stage : null),
    settledReason: row.settled_reason,
    office: theirs && row.visit_state !== null ? officeSide(row, row.visit_state) : null,
  };
}

function officeSide(row: Row, state: string) {
  const assignee = { fa: row.assignee_fa ?? '', en: row.assignee_en ?? '' };
  return {
    ...{ state, revision: row.revision ?? 0, visitedOn: row.visited_on },
    assignee: row.assignee_id === null ? null : assignee,
    ...{ answers: row.visit_answers, note: row.visit_note },
  };
}

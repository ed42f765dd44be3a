import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Answers } from './checklist-rules.ts';
import type { Channel, Deviation, Stage, VisitState } from './rules.ts';

/** A visit as its rules need it. */
export type VisitRow = {
  readonly id: string;
  readonly caseId: string;
  readonly planId: string;
  readonly stage: Stage;
  readonly channel: Channel;
  readonly checklistId: string;
  readonly trancheNumber: number | null;
  readonly state: VisitState;
  readonly assigneeId: string | null;
  readonly dueOn: string;
};

/**
 * Visits, locked in the order of their ids, by id. What row security hides is not there.
 * @throws Problem `platform.not_found` (404) when one is missing
 */
export async function getVisitsForUpdate(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<Map<string, VisitRow>> {
  const rows = await tx
    .selectFrom('visits')
    .select(['id', 'case_id', 'plan_id', 'stage', 'channel', 'checklist_id', 'tranche_number'])
    .select(['state', 'assignee_id', 'due_on'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
  const visits = rows.map(
    (row): VisitRow => ({
      id: row.id,
      caseId: row.case_id,
      planId: row.plan_id,
      stage: row.stage as Stage,
      channel: row.channel as Channel,
      checklistId: row.checklist_id,
      trancheNumber: row.tranche_number,
      state: row.state as VisitState,
      assigneeId: row.assignee_id,
      dueOn: String(row.due_on),
    }),
  );
  const found = new Map(visits.map((visit) => [visit.id, visit]));
  if (ids.some((id) => !found.has(id))) throw new Problem('platform.not_found');
  return found;
}

/** The cases of visits, before anything is locked. */
export async function casesOfVisits(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .selectFrom('visits')
    .select('case_id')
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return [...new Set(rows.map((row) => row.case_id))];
}

/** A visit to be written for the first time. */
export type NewVisit = {
  readonly id: string;
  readonly caseId: string;
  readonly planId: string;
  readonly personId: string;
  readonly agencyId: string;
  readonly bankId: string;
  readonly countyId: number;
  readonly stage: Stage;
  readonly channel: Channel;
  readonly checklistId: string;
  readonly trancheNumber: number | null;
  readonly state: VisitState;
  readonly since: string;
  readonly dueOn: string;
  readonly assigneeId: string | null;
  readonly revisitOf: string | null;
};

/** Adds visits; a second open one of a plan and stage violates its named index. */
export async function insertVisits(tx: Tx, act: Act, visits: readonly NewVisit[]): Promise<void> {
  if (visits.length === 0) return;
  const of = <T>(pick: (one: NewVisit) => T) => visits.map(pick);
  await sql`
    insert into visits (province_id, id, case_id, plan_id, person_id, agency_id, bank_id, county_id,
      stage, channel, checklist_id, tranche_number, state, state_since, due_on, assignee_id,
      revisit_of, recorded_at)
    select ${act.provinceId}::integer, i.*, ${act.now}::timestamptz
    from unnest(${of((v) => v.id)}::uuid[], ${of((v) => v.caseId)}::uuid[],
      ${of((v) => v.planId)}::uuid[], ${of((v) => v.personId)}::uuid[],
      ${of((v) => v.agencyId)}::text[], ${of((v) => v.bankId)}::text[],
      ${of((v) => v.countyId)}::integer[], ${of((v) => v.stage)}::text[],
      ${of((v) => v.channel)}::text[], ${of((v) => v.checklistId)}::uuid[],
      ${of((v) => v.trancheNumber)}::integer[], ${of((v) => v.state)}::text[],
      ${of((v) => v.since)}::date[], ${of((v) => v.dueOn)}::date[],
      ${of((v) => v.assigneeId)}::uuid[], ${of((v) => v.revisitOf)}::uuid[]) as i`.execute(tx);
}

/** What a step makes of a visit; what it does not name is as before its outcome. */
export type MovedVisit = {
  readonly id: string;
  readonly state: VisitState;
  readonly since: string;
  readonly assigneeId: string | null;
  readonly channel: Channel;
  readonly dueOn: string;
  readonly visitedOn?: string | undefined;
  readonly answers?: Answers | undefined;
  readonly note?: string | null | undefined;
  readonly correctUntil?: string | null | undefined;
  readonly deviation?: Deviation | null | undefined;
};

/** Writes where steps left their visits. */
export async function saveVisits(
  tx: Tx,
  provinceId: number,
  moved: readonly MovedVisit[],
): Promise<void> {
  const of = <T>(pick: (one: MovedVisit) => T) => moved.map(pick);
  await sql`
    update visits v set state = i.state, state_since = i.since, assignee_id = i.assignee_id,
      channel = i.channel, due_on = i.due_on, visited_on = i.visited_on, answers = i.answers,
      note = i.note, correction_due_on = i.correction_due_on, deviation = i.deviation,
      revision = v.revision + 1
    from unnest(${of((m) => m.id)}::uuid[], ${of((m) => m.state)}::text[],
      ${of((m) => m.since)}::date[], ${of((m) => m.assigneeId)}::uuid[],
      ${of((m) => m.channel)}::text[], ${of((m) => m.dueOn)}::date[],
      ${of((m) => m.visitedOn ?? null)}::date[],
      ${of((m) => (m.answers ? JSON.stringify(m.answers) : null))}::jsonb[],
      ${of((m) => m.note ?? null)}::text[], ${of((m) => m.correctUntil ?? null)}::date[],
      ${of((m) => m.deviation ?? null)}::text[])
      as i(id, state, since, assignee_id, channel, due_on, visited_on, answers, note,
        correction_due_on, deviation)
    where v.province_id = ${provinceId}::integer and v.id = i.id`.execute(tx);
}

/** The day of the last payment of each plan; absent where nothing was paid. */
export async function lastPayments(
  tx: Tx,
  provinceId: number,
  planIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ plan_id: string; paid_on: string }>`
    select plan_id, max(paid_on) as paid_on from tranches
    where province_id = ${provinceId} and plan_id = any(${planIds}::uuid[])
      and taken_back_at is null group by plan_id`.execute(tx);
  return new Map(rows.map((row) => [row.plan_id, row.paid_on]));
}

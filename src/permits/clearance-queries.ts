import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import {
  type Clearance,
  type ClearanceStep,
  clearanceVerbs,
  toldClearances,
} from './decision-rules.ts';
import { showVersions } from './versions.ts';

/** The clearances of cases (or of all cases) as they are kept, by case, in the order of their bodies. */
export async function clearancesOf(
  tx: Tx,
  provinceId: number,
  caseIds?: readonly string[],
): Promise<Map<string, Clearance[]>> {
  if (caseIds?.length === 0) return new Map();
  const some = caseIds ? sql<boolean>`case_id = any(${caseIds}::uuid[])` : sql<boolean>`true`;
  const rows = await tx
    .selectFrom('clearances')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(some)
    .orderBy('case_id')
    .orderBy('body_id')
    .execute();
  const day = (value: unknown) => (value === null ? null : String(value));
  const found = new Map<string, Clearance[]>();
  for (const row of rows) {
    const list = found.get(row.case_id) ?? [];
    found.set(row.case_id, list);
    list.push({
      bodyId: row.body_id,
      state: row.state as Clearance['state'],
      askedOn: String(row.asked_on),
      dueOn: day(row.due_on),
      answeredOn: day(row.answered_on),
      reference: row.reference,
      condition: row.condition_number,
      reason: row.reason,
    });
  }
  return found;
}

/** The clearances that the standing steps of cases (or of all cases of a province) tell, by case. */
export async function clearancesInRecord(
  tx: Tx,
  provinceId: number,
  caseIds?: readonly string[],
): Promise<Map<string, Clearance[]>> {
  const some = caseIds ? sql`and h.case_id = any(${caseIds}::uuid[])` : sql``;
  const { rows } = await sql<ClearanceStep & { caseId: string }>`
    select h.case_id as "caseId", h.verb, h.happened_on as "happenedOn", h.reason, h.facts
    from history h
    where h.province_id = ${provinceId} and h.verb = any(${[...clearanceVerbs]}::text[])
      and h.sign = 1 ${some} and not exists (
        select 1 from history r where r.province_id = ${provinceId} and r.reverses = h.id)
    order by h.case_id, h.seq`.execute(tx);
  const told = new Map<string, Clearance[]>();
  for (const [caseId, steps] of Map.groupBy(rows, (row) => row.caseId)) {
    told.set(caseId, toldClearances(steps));
  }
  return told;
}

/**
 * Writes the clearances of cases as their steps tell them by now, and lets the bodies that are in them
 * see case, person and household. Whoever has once been asked goes on seeing the person.
 */
export async function keepClearances(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<void> {
  if (caseIds.length === 0) return;
  const told = await clearancesInRecord(tx, provinceId, caseIds);
  const rows = [...told].flatMap(([caseId, list]) => list.map((one) => ({ ...one, caseId })));
  await sql`delete from clearances c where c.province_id = ${provinceId}::integer
    and c.case_id = any(${caseIds}::uuid[]) and not exists (
      select 1 from unnest(${rows.map((r) => r.caseId)}::uuid[], ${rows.map((r) => r.bodyId)}::text[])
        as i(case_id, body_id) where i.case_id = c.case_id and i.body_id = c.body_id)`.execute(tx);
  await upsert(tx, provinceId, rows);
  const bodies = caseIds.map(
    (id) =>
      told
        .get(id)
        ?.map(({ bodyId }) => bodyId)
        .join(' ') || null,
  );
  await sql`update cases c set clearing_ids = string_to_array(i.bodies, ' ')
    from unnest(${caseIds}::uuid[], ${bodies}::text[]) as i(id, bodies)
    where c.province_id = ${provinceId}::integer and c.id = i.id
      and c.clearing_ids is distinct from string_to_array(i.bodies, ' ')`.execute(tx);
  await showVersions(tx, provinceId, caseIds);
  for (const table of ['people', 'households'] as const) await show(tx, provinceId, table, caseIds);
}

type Row = Clearance & { readonly caseId: string };

async function upsert(tx: Tx, provinceId: number, rows: readonly Row[]): Promise<void> {
  const of = <T>(pick: (one: Row) => T) => rows.map(pick);
  await sql`
    insert into clearances (province_id, case_id, body_id, agency_id, person_id, state, asked_on,
      due_on, answered_on, reference, condition_number, reason)
    select ${provinceId}::integer, i.case_id, i.body_id, c.agency_id, c.person_id, i.state, i.asked_on,
      i.due_on, i.answered_on, i.reference, i.condition_number, i.reason
    from unnest(${of((r) => r.caseId)}::uuid[], ${of((r) => r.bodyId)}::text[],
      ${of((r) => r.state)}::text[], ${of((r) => r.askedOn)}::date[], ${of((r) => r.dueOn)}::date[],
      ${of((r) => r.answeredOn)}::date[], ${of((r) => r.reference)}::text[],
      ${of((r) => r.condition)}::integer[], ${of((r) => r.reason)}::text[])
      as i(case_id, body_id, state, asked_on, due_on, answered_on, reference, condition_number, reason)
    join cases c on c.province_id = ${provinceId}::integer and c.id = i.case_id
    on conflict (province_id, case_id, body_id) do update set state = excluded.state,
      asked_on = excluded.asked_on, due_on = excluded.due_on, answered_on = excluded.answered_on,
      reference = excluded.reference, condition_number = excluded.condition_number,
      reason = excluded.reason`.execute(tx);
}

/** Each person and household of the cases is shown to the bodies that were asked about the case. */
async function show(
  tx: Tx,
  provinceId: number,
  table: 'people' | 'households',
  caseIds: readonly string[],
): Promise<void> {
  const own = sql.ref(table === 'people' ? 'c.person_id' : 'c.household_id');
  await sql`
    update ${sql.table(table)} t set seen_by = t.seen_by || i.bodies
    from (select ${own} as id, array_agg(distinct b.body) as bodies
      from cases c cross join lateral unnest(c.clearing_ids) as b(body)
      where c.province_id = ${provinceId}::integer and c.id = any(${caseIds}::uuid[])
      group by 1) i
    where t.province_id = ${provinceId}::integer and t.id = i.id
      and not t.seen_by @> i.bodies`.execute(tx);
}

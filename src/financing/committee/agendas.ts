import { sql } from 'kysely';
import { countyLabel, getCounty, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { type CaseRow, getCasesForUpdate, mayBeReferred } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Body } from './rules.ts';

/** What a sitting is called together for; the cases in the order in which they will be spoken of. */
export type AgendaInput = {
  readonly body: Body;
  readonly countyId: number | null;
  /** ISO. */
  readonly meetsOn: string;
  readonly caseIds: readonly string[];
};

/**
 * Calls a sitting: its cases are on its agenda until it was held or dropped, and on no other of the same body.
 * @returns the agenda's id
 * @throws Problem `platform.not_found`, `financing.agenda_incomplete`, `financing.not_on_agenda` (422),
 * `financing.on_another_agenda` (409)
 */
export async function callSitting(
  tx: Tx,
  act: Act,
  reference: Reference,
  input: AgendaInput,
): Promise<string> {
  const { body, countyId, meetsOn, caseIds } = input;
  const isPlaced = (body === 'county') === (countyId !== null);
  const isOnce = new Set(caseIds).size === caseIds.length;
  if (!isPlaced || !isOnce || meetsOn < act.today) throw new Problem('financing.agenda_incomplete');
  if (countyId !== null) getCounty(reference, countyId, act.provinceId);
  demandWaiting(await getCasesForUpdate(tx, act.provinceId, caseIds), countyId);
  const taken = await countElsewhere(tx, act.provinceId, body, caseIds);
  if (taken > 0) throw new Problem('financing.on_another_agenda', { count: taken });
  const id = uuid7(act.now.getTime());
  const of = { province_id: act.provinceId, id, body, county_id: countyId, meets_on: meetsOn };
  await tx
    .insertInto('agendas')
    .values({ ...of, called_by: act.actorId, called_at: act.now })
    .execute();
  const places = caseIds.map((caseId, at) => ({
    ...{ province_id: act.provinceId, agenda_id: id, case_id: caseId, place: at + 1 },
  }));
  await tx.insertInto('agenda_cases').values(places).execute();
  return id;
}

/**
 * A county's group decides about its own county's cases; only a case that waits for referral is on an agenda.
 * @throws Problem `financing.not_on_agenda` (422) with how many do not belong there
 */
export function demandWaiting(cases: ReadonlyMap<string, CaseRow>, countyId: number | null): void {
  const isOnAgenda = ({ state, planState, dims }: CaseRow) => {
    const here = countyId === null || dims.countyId === countyId;
    return here && mayBeReferred({ state, kind: dims.kind, planState });
  };
  const strangers = [...cases.values()].filter((it) => !isOnAgenda(it)).length;
  if (strangers > 0) throw new Problem('financing.not_on_agenda', { count: strangers });
}

async function countElsewhere(
  tx: Tx,
  provinceId: number,
  body: Body,
  caseIds: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ taken: bigint }>`
    select count(distinct c.case_id) as taken from agenda_cases c
    join agendas a on a.province_id = ${provinceId} and a.id = c.agenda_id
    where c.province_id = ${provinceId} and c.case_id = any(${caseIds}::uuid[])
      and a.state = 'open' and a.body = ${body}`.execute(tx);
  return Number(rows[0]?.taken ?? 0);
}

/** @throws Problem `platform.not_found`, `platform.wrong_state` (409) for one that was held or dropped */
export async function dropAgenda(tx: Tx, act: Act, id: string): Promise<void> {
  await getOpenAgenda(tx, act.provinceId, id);
  await endAgenda(tx, act.provinceId, id, { state: 'dropped', sitting_id: null });
}

/**
 * Says that a sitting was the one an agenda called. What it did not decide waits again.
 * @throws Problem `platform.not_found`, `platform.wrong_state` (409), `financing.not_on_agenda` (422) where it
 * decided about a case that was not on it, or was another body
 */
export async function holdAgenda(
  tx: Tx,
  act: Act,
  id: string,
  sitting: Pick<AgendaInput, 'body' | 'countyId' | 'caseIds'> & { readonly id: string },
): Promise<void> {
  const agenda = await getOpenAgenda(tx, act.provinceId, id);
  const rows = await tx
    .selectFrom('agenda_cases')
    .select('case_id')
    .where('province_id', '=', act.provinceId)
    .where('agenda_id', '=', id)
    .execute();
  const listed = new Set(rows.map(({ case_id }) => case_id));
  const isOther = agenda.body !== sitting.body || agenda.county_id !== sitting.countyId;
  const strangers = sitting.caseIds.filter((one) => isOther || !listed.has(one)).length;
  if (strangers > 0) throw new Problem('financing.not_on_agenda', { count: strangers });
  await endAgenda(tx, act.provinceId, id, { state: 'held', sitting_id: sitting.id });
}

async function getOpenAgenda(tx: Tx, provinceId: number, id: string) {
  const agenda = await tx
    .selectFrom('agendas')
    .select(['body', 'county_id', 'state'])
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!agenda) throw new Problem('platform.not_found');
  if (agenda.state !== 'open') throw new Problem('platform.wrong_state');
  return agenda;
}

async function endAgenda(
  tx: Tx,
  provinceId: number,
  id: string,
  end: { readonly state: 'held' | 'dropped'; readonly sitting_id: string | null },
): Promise<void> {
  await tx
    .updateTable('agendas')
    .set(end)
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .execute();
}

/** The sittings that were called and not held yet, the next one first, with their cases in order. */
export async function listAgendas(tx: Tx, reference: Reference, provinceId: number) {
  const { rows } = await sql<{
    id: string;
    body: Body;
    county_id: number | null;
    meets_on: string;
    cases: { id: string; name: string; kind: string }[];
  }>`
    select a.id, a.body, a.county_id, a.meets_on,
      jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind,
        'name', p.first_name || ' ' || p.last_name) order by l.place) as cases
    from agendas a
    join agenda_cases l on l.province_id = ${provinceId} and l.agenda_id = a.id
    join cases c on c.province_id = ${provinceId} and c.id = l.case_id
    join people p on p.province_id = ${provinceId} and p.id = c.person_id
    where a.province_id = ${provinceId} and a.state = 'open'
    group by a.province_id, a.id order by a.meets_on, a.called_at limit 50`.execute(tx);
  return rows.map((row) => ({
    code: encodeCode(provinceId, row.id),
    body: row.body,
    county: row.county_id === null ? null : countyLabel(reference, row.county_id),
    meetsOn: row.meets_on,
    cases: row.cases.map(({ id, ...one }) => ({ ...one, code: encodeCode(provinceId, id) })),
  }));
}

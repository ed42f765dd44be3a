import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import type { Static } from 'typebox';
import { countyLabel, organisationLabel, type Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import { contactFor } from '../permits/index.ts';
import type { DB, Tx } from '../platform/database.ts';
import { type Principal, reachesCountry } from '../platform/policy.ts';
import type { ChecklistShape } from './contract.ts';
import { visibleVisits } from './policy.ts';
import { openVisitStates, type Stage } from './rules.ts';

type Where = (eb: ExpressionBuilder<DB, 'visits'>) => ExpressionWrapper<DB, 'visits', SqlBool>;

function selectVisits(tx: Tx, provinceId: number) {
  return tx
    .selectFrom('visits')
    .innerJoin('people', (join) =>
      join.onRef('people.id', '=', 'visits.person_id').on('people.province_id', '=', provinceId),
    )
    .leftJoin('accounts', (join) =>
      join
        .onRef('accounts.id', '=', 'visits.assignee_id')
        .on('accounts.province_id', '=', provinceId),
    )
    .selectAll('visits')
    .select(['people.first_name', 'people.last_name', 'people.mobile'])
    .select(['accounts.name_fa', 'accounts.name_en'])
    .where('visits.province_id', '=', provinceId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectVisits>['executeTakeFirstOrThrow']>>;

/** A visit as lists and the case page show it. */
function toLine(reference: Reference, row: Row) {
  const assignee =
    row.assignee_id === null ? null : { fa: row.name_fa ?? '', en: row.name_en ?? '' };
  return {
    code: encodeCode(row.province_id, row.id),
    caseCode: encodeCode(row.province_id, row.case_id),
    name: `${row.first_name} ${row.last_name}`,
    ...{ stage: row.stage, channel: row.channel, state: row.state, dueOn: row.due_on },
    ...{ tranche: row.tranche_number, assignee, visitedOn: row.visited_on, note: row.note },
    ...{ correctUntil: row.correction_due_on, deviation: row.deviation },
    isRevisit: row.revisit_of !== null,
    agency: organisationLabel(reference, row.agency_id),
    county: countyLabel(reference, row.county_id),
  };
}

export type VisitsAsked = {
  readonly stage?: Stage | undefined;
  readonly mine?: boolean | undefined;
  /** Those that were made, too. */
  readonly all?: boolean | undefined;
  readonly limit: number;
};

/** The visits that a principal sees, what is due first on top. */
export async function listVisits(
  tx: Tx,
  provinceId: number,
  { reference, principal }: { reference: Reference; principal: Principal },
  { stage, mine, all, limit }: VisitsAsked,
) {
  let query = selectVisits(tx, provinceId).where(visibleVisits(principal));
  if (!all) query = query.where('visits.state', 'in', openVisitStates);
  if (stage) query = query.where('visits.stage', '=', stage);
  if (mine) query = query.where('visits.assignee_id', '=', principal.accountId);
  const rows = await query
    .orderBy('visits.due_on', all ? 'desc' : 'asc')
    .orderBy('visits.id')
    .limit(limit)
    .execute();
  return rows.map((row) => toLine(reference, row));
}

/** Every visit of a case, the newest first; that the case is the reader's to see has been asked. */
export async function visitsOfCase(
  tx: Tx,
  reference: Reference,
  { provinceId, id }: { provinceId: number; id: string },
) {
  const rows = await selectVisits(tx, provinceId)
    .where('visits.case_id', '=', id)
    .where('visits.state', '<>', 'void')
    .orderBy('visits.id', 'desc')
    .execute();
  return rows.map((row) => toLine(reference, row));
}

/**
 * One visit with its checklist and its answers, if it is the principal's to see.
 * @throws Problem `platform.not_found` (404)
 */
export async function getVisit(
  tx: Tx,
  reference: Reference,
  principal: Principal,
  { provinceId, id }: { provinceId: number; id: string },
) {
  const where: Where = visibleVisits(principal);
  const row = await selectVisits(tx, provinceId)
    .where('visits.id', '=', id)
    .where(where)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  const kept = await tx
    .selectFrom('checklists')
    .select(['version', 'content'])
    .where('province_id', '=', provinceId)
    .where('id', '=', row.checklist_id)
    .executeTakeFirstOrThrow();
  return {
    ...toLine(reference, row),
    mobile: contactFor(principal, row.mobile),
    assigneeId: row.assignee_id,
    checklist: { version: kept.version, ...(kept.content as Static<typeof ChecklistShape>) },
    answers: answersFor(principal, row.answers),
  };
}

/** What was answered, without where on the map it was for whoever looks at the country. */
function answersFor(principal: Principal, answers: unknown): Record<string, unknown> | null {
  const all = answers as Record<string, unknown> | null;
  if (all === null || !reachesCountry(principal)) return all;
  const isSpot = (value: unknown) =>
    value !== null && typeof value === 'object' && 'latE6' in value;
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !isSpot(value)));
}

/**
 * Where a visit stands towards a principal who wants to act on it.
 * @throws Problem `platform.not_found` (404)
 */
export async function visibleVisit(
  tx: Tx,
  principal: Principal,
  { provinceId, id }: { provinceId: number; id: string },
): Promise<{ readonly assigneeId: string | null; readonly caseId: string }> {
  const row = await tx
    .selectFrom('visits')
    .select(['assignee_id', 'case_id'])
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .where(visibleVisits(principal))
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return { assigneeId: row.assignee_id, caseId: row.case_id };
}

/** How many open visits there are. */
export async function countOpen(tx: Tx, provinceId: number, principal: Principal): Promise<number> {
  const { count } = await tx
    .selectFrom('visits')
    .select(sql<bigint>`count(*)`.as('count'))
    .where('province_id', '=', provinceId)
    .where('state', 'in', openVisitStates)
    .where(visibleVisits(principal))
    .executeTakeFirstOrThrow();
  return Number(count);
}

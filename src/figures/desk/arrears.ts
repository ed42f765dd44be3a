import { type RawBuilder, sql } from 'kysely';
import type { Static } from 'typebox';
import { organisationLabel, type Reference } from '../../accounts/index.ts';
import { decodeCode, encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import type { ArrearsAnswer, LateLoansAnswer } from './contract.ts';

type Asked = { readonly provinceId: number; readonly principal: Principal };

/** The last day whose close has ended; null before the first. */
async function lastClose(tx: Tx, provinceId: number): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select max(closed_on)::text as day from close_runs
    where province_id = ${provinceId} and finished_at is not null`.execute(tx);
  return rows[0]?.day ?? null;
}

/** Whose loans a principal sees: their agency's, their bank's, or the province's. */
function visibleLoans({ role, organisationId }: Principal): RawBuilder<boolean> {
  if (role === 'expert') return sql<boolean>`l.agency_id = ${organisationId ?? ''}`;
  if (role === 'bank') return sql<boolean>`l.bank_id = ${organisationId ?? ''}`;
  return role === 'inspector' ? sql<boolean>`false` : sql<boolean>`true`;
}

/** What borrowers owe past its day, by bank, at the end of the last closed day. */
export async function arrearsByBank(
  tx: Tx,
  reference: Reference,
  { provinceId, principal }: Asked,
): Promise<Static<typeof ArrearsAnswer>> {
  const closedOn = await lastClose(tx, provinceId);
  const { rows } = await sql<ArrearsRow>`
    select l.bank_id, count(*) as loans, count(*) filter (where l.days_past_due > 0) as late,
      sum(l.principal_rial)::bigint as principal, sum(l.overdue_rial)::bigint as overdue,
      max(l.days_past_due) as longest
    from loan_closes l
    where l.province_id = ${provinceId} and l.closed_on = ${closedOn}::date
      and ${visibleLoans(principal)}
    group by l.bank_id order by sum(l.overdue_rial) desc, l.bank_id`.execute(tx);
  return {
    closedOn,
    items: rows.map((row) => ({
      bank: organisationLabel(reference, row.bank_id),
      loans: Number(row.loans),
      late: Number(row.late),
      principalRial: row.principal.toString(),
      overdueRial: row.overdue.toString(),
      longestDays: row.longest,
    })),
  };
}

type ArrearsRow = {
  bank_id: string;
  loans: bigint;
  late: bigint;
  principal: bigint;
  overdue: bigint;
  longest: number;
};

const pageSize = 50;

/**
 * The late loans behind a number of {@link arrearsByBank}, the longest overdue first.
 * @throws Problem `platform.bad_request` (400) for a cursor that is not one of ours
 */
export async function listLateLoans(
  tx: Tx,
  reference: Reference,
  { provinceId, principal, bank, cursor }: Asked & LateAsked,
): Promise<Static<typeof LateLoansAnswer>> {
  const closedOn = await lastClose(tx, provinceId);
  const late = sql`l.province_id = ${provinceId} and l.closed_on = ${closedOn}::date
    and l.days_past_due > 0 and ${visibleLoans(principal)}
    ${bank === undefined ? sql`` : sql`and l.bank_id = ${bank}`}`;
  const counted = await sql<{ total: bigint }>`
    select count(*) as total from loan_closes l where ${late}`.execute(tx);
  const rows = await lateRows(tx, provinceId, late, cursor);
  const shown = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? shown.at(-1) : undefined;
  return {
    total: Number(counted.rows[0]?.total ?? 0n),
    closedOn,
    items: shown.map((row) => toLoan(reference, provinceId, row)),
    next: last ? `${last.days}.${encodeCode(provinceId, last.plan_id)}` : null,
  };
}

type LateAsked = { readonly bank?: string | undefined; readonly cursor?: string | undefined };
type LateRow = {
  plan_id: string;
  case_id: string;
  bank_id: string;
  agency_id: string;
  days: number;
  overdue: bigint;
  principal: bigint;
  first_name: string;
  last_name: string;
};

async function lateRows(
  tx: Tx,
  provinceId: number,
  late: RawBuilder<unknown>,
  cursor: string | undefined,
): Promise<LateRow[]> {
  const { rows } = await sql<LateRow>`
    select l.plan_id, n.case_id, l.bank_id, l.agency_id, l.days_past_due as days,
      l.overdue_rial as overdue, l.principal_rial as principal, p.first_name, p.last_name
    from loan_closes l
    join loans n on n.province_id = ${provinceId} and n.plan_id = l.plan_id
    join people p on p.province_id = ${provinceId} and p.id = n.person_id
    where ${late} ${after(cursor)}
    order by l.days_past_due desc, l.plan_id limit ${pageSize + 1}`.execute(tx);
  return rows;
}

/** The rows behind a cursor: days, a dot, the last plan's code. */
function after(cursor: string | undefined): RawBuilder<unknown> {
  if (cursor === undefined) return sql``;
  const [days = '', code = ''] = cursor.split('.');
  const key = decodeCode(code);
  if (!key || !/^\d{1,6}$/.test(days)) throw new Problem('platform.bad_request');
  return sql`and (l.days_past_due < ${Number(days)}
    or (l.days_past_due = ${Number(days)} and l.plan_id > ${key.id}::uuid))`;
}

function toLoan(reference: Reference, provinceId: number, row: LateRow) {
  return {
    code: encodeCode(provinceId, row.case_id),
    name: `${row.first_name} ${row.last_name}`,
    bank: organisationLabel(reference, row.bank_id),
    agency: organisationLabel(reference, row.agency_id),
    daysPastDue: row.days,
    overdueRial: row.overdue.toString(),
    principalRial: row.principal.toString(),
  };
}

import { sql } from 'kysely';
import {
  countyLabel,
  labelled,
  occupationLabel,
  organisationLabel,
  type Reference,
} from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import type { Tx } from '../../platform/database.ts';
import type { PlanState } from '../rules.ts';

/** One plan with its applicant, as the database gives it. */
export type ReferralRow = {
  id: string;
  case_id: string;
  state: PlanState;
  state_since: string;
  changed_at: Date;
  referred_on: string;
  kind: string;
  people: number;
  occupation_id: string | null;
  county_id: number;
  agency_id: string;
  branch_id: string | null;
  credit_line_id: string;
  terms: {
    fee_bp: number;
    tenor_months: number;
    grace_months: number;
    fee_shares?: { government: number; support_body: number };
  };
  cap_rial: bigint;
  requested_rial: bigint;
  approved_rial: bigint | null;
  paid_rial: bigint;
  national_id: string;
  id_kind: string;
  first_name: string;
  last_name: string;
  father_name: string | null;
  birth_on: string | null;
  mobile: string | null;
};

/** A place in the list: changed at, then plan. */
export type Place = { readonly changedAt: Date; readonly planId: string };

export type Asked = {
  readonly provinceId: number;
  readonly bankId: string;
  readonly after?: Place | undefined;
  readonly state?: string | undefined;
  readonly planId?: string | undefined;
  readonly limit: number;
};

/**
 * The plans of one bank in the order in which they were changed. The case of a plan that went on to another
 * bank is no longer this one's to see: its occupation is left out then.
 */
export async function listReferrals(tx: Tx, asked: Asked): Promise<ReferralRow[]> {
  const { provinceId, bankId, after, state, planId, limit } = asked;
  const { rows } = await sql<ReferralRow>`
    select p.id, p.case_id, p.state, p.state_since, p.changed_at, p.referred_on, p.kind, p.people,
      p.county_id, p.agency_id, p.branch_id, p.credit_line_id, p.terms, p.cap_rial,
      p.requested_rial, p.approved_rial, p.paid_rial, c.occupation_id,
      e.national_id, e.id_kind, e.first_name, e.last_name, e.father_name, e.birth_on, e.mobile
    from plans p
    join people e on e.province_id = ${provinceId} and e.id = p.person_id
    left join cases c on c.province_id = ${provinceId} and c.id = p.case_id
      and c.bank_id = ${bankId}
    where p.province_id = ${provinceId} and p.bank_id = ${bankId}
      ${after ? sql`and (p.changed_at, p.id) > (${after.changedAt}::timestamptz, ${after.planId}::uuid)` : sql``}
      ${state ? sql`and p.state = ${state}` : sql``}
      ${planId ? sql`and p.id = ${planId}::uuid` : sql``}
    order by p.changed_at, p.id limit ${limit}`.execute(tx);
  return rows;
}

/** The row as it goes on the wire. */
export function referralOnWire(reference: Reference, provinceId: number, row: ReferralRow) {
  const { fee_bp, tenor_months, grace_months, fee_shares } = row.terms;
  return {
    id: encodeCode(provinceId, row.id),
    state: row.state,
    state_since: row.state_since,
    changed_at: row.changed_at.toISOString(),
    referred_on: row.referred_on,
    applicant: applicantOf(row),
    kind: row.kind,
    people: row.people,
    occupation: row.occupation_id === null ? null : occupationLabel(reference, row.occupation_id),
    county: countyLabel(reference, row.county_id),
    agency: organisationLabel(reference, row.agency_id),
    branch: row.branch_id ? labelled(row.branch_id, reference.branches.get(row.branch_id)) : null,
    credit_line: labelled(row.credit_line_id, reference.creditLines.get(row.credit_line_id)),
    ...{ fee_bp, tenor_months, grace_months },
    fee_shares_bp: fee_shares ?? { government: 0, support_body: 0 },
    cap_rial: String(row.cap_rial),
    requested_rial: String(row.requested_rial),
    approved_rial: row.approved_rial === null ? null : String(row.approved_rial),
    paid_rial: String(row.paid_rial),
  };
}

function applicantOf(row: ReferralRow) {
  const { national_id, id_kind, first_name, last_name, father_name, birth_on, mobile } = row;
  return { national_id, id_kind, first_name, last_name, father_name, birth_on, mobile };
}

/** What was paid on a plan and repaid, as the bank reported it. */
export async function moneyOfPlan(tx: Tx, provinceId: number, planId: string) {
  const tranches = await tx
    .selectFrom('tranches')
    .select(['number', 'amount_rial', 'paid_on', 'bank_reference'])
    .where('province_id', '=', provinceId)
    .where('plan_id', '=', planId)
    .where('taken_back_at', 'is', null)
    .orderBy('number')
    .execute();
  const repayments = await tx
    .selectFrom('repayments')
    .select(['amount_rial', 'repaid_on', 'bank_reference'])
    .where('province_id', '=', provinceId)
    .where('plan_id', '=', planId)
    .where('taken_back_at', 'is', null)
    .orderBy('repaid_on')
    .orderBy('id')
    .execute();
  return {
    payments: tranches.map(({ number, amount_rial, paid_on: on, bank_reference: reference }) => ({
      ...{ number, amount_rial: String(amount_rial), on, reference },
    })),
    repayments: repayments.map(({ amount_rial, repaid_on: on, bank_reference: reference }) => ({
      ...{ amount_rial: String(amount_rial), on, reference },
    })),
  };
}

/** The newest plan of a case, which alone can be acted on. */
export async function newestPlan(tx: Tx, provinceId: number, caseId: string): Promise<string> {
  const row = await tx
    .selectFrom('plans')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return row.id;
}

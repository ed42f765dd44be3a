import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';
import { type FlowBranch, flowBranch, flowBranchNames } from './flow-rules.ts';
import { visibleTo } from './policy.ts';

/** The cases of a branch as a condition over `cases`. */
export function inBranch(name: FlowBranch): RawBuilder<boolean> {
  const { states, plans } = flowBranch(name);
  const inState = sql<boolean>`cases.state = any(${states}::text[])`;
  if (plans === undefined) return inState;
  const named = plans.filter((plan) => plan !== null);
  const never = plans.includes(null) ? sql`cases.plan_state is null or` : sql``;
  return sql<boolean>`(${inState} and (${never} cases.plan_state = any(${named}::text[])))`;
}

/** Cases that began in some days (ISO): were submitted, or, where a register brought them, got their permit. */
export function begunBetween(provinceId: number, from: string, to: string): RawBuilder<boolean> {
  return sql<boolean>`coalesce(cases.submitted_on, (select p.issued_on from permits p
    where p.province_id = ${provinceId} and p.id = cases.permit_id)) between ${from}::date and ${to}::date`;
}

/** Which cases a flow is about. */
export type FlowScope = {
  readonly provinceId: number;
  /** Days in which the cases began; ISO. */
  readonly from: string;
  readonly to: string;
  readonly agency?: string | undefined;
  readonly county?: number | undefined;
  readonly bank?: string | undefined;
  readonly kind?: string | undefined;
};

/** How many cases of those that a principal sees stand in each branch; each number is its list's length. */
export async function countFlow(
  tx: Tx,
  principal: Principal,
  { provinceId, from, to, agency, county, bank, kind }: FlowScope,
): Promise<Record<FlowBranch, number>> {
  let cases = tx
    .selectFrom('cases')
    .where('cases.province_id', '=', provinceId)
    .where(visibleTo(principal))
    .where(begunBetween(provinceId, from, to));
  if (agency) cases = cases.where('cases.agency_id', '=', agency);
  if (county) cases = cases.where('cases.county_id', '=', county);
  if (bank) cases = cases.where('cases.bank_id', '=', bank);
  if (kind) cases = cases.where('cases.kind', '=', kind);
  const row = await cases
    .select(
      flowBranchNames.map((name) =>
        sql<bigint>`count(*) filter (where ${inBranch(name)})`.as(name),
      ),
    )
    .executeTakeFirstOrThrow();
  return Object.fromEntries(flowBranchNames.map((name) => [name, Number(row[name])])) as Record<
    FlowBranch,
    number
  >;
}

import { sql } from 'kysely';
import { isPayable, leftRial, tranchesPaid } from '../financing/index.ts';
import type { Tx } from '../platform/database.ts';
import { openDeviationStates } from './deviation-rules.ts';
import { type Stage, stageOfNext } from './rules.ts';

/** What a blocked tranche waits for, in the order in which it can be resolved. */
export const waits = ['deviation', 'correction', 'visit', 'assignee', 'plan'] as const;
export type Wait = (typeof waits)[number];

/** The next tranche of a live plan: whether it may be ordered, and if not, what it waits for. */
export type Gate = {
  readonly caseId: string;
  readonly planId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly occupationId: string;
  readonly agencyId: string;
  readonly bankId: string;
  readonly countyId: number;
  readonly planState: string;
  readonly tranche: number;
  readonly leftRial: bigint;
  readonly stage: Stage;
  readonly open: boolean;
  /** Null where the gate is open. */
  readonly waitsFor: Wait | null;
  /** The open visit that it waits for. */
  readonly visitId: string | null;
  readonly dueOn: string | null;
};

type Asked = {
  /** One case only. */
  readonly caseId?: string | undefined;
  /** Agency or bank whose plans alone are asked for; row security says so too. */
  readonly organisation?: string | null | undefined;
  readonly blockedOnly?: boolean | undefined;
  readonly limit?: number | undefined;
};

/**
 * The gates of plans that have a contract or are being paid and are not paid in full, the oldest first.
 * What a reader's transaction does not show is not there.
 */
export async function listGates(tx: Tx, provinceId: number, asked: Asked): Promise<Gate[]> {
  const { caseId = null, organisation = null, blockedOnly = false, limit = 500 } = asked;
  const { rows } = await sql<GateRow>`
    with next as (
      select p.id, p.case_id, p.person_id, p.state, p.agency_id, p.bank_id, p.county_id, p.state_since,
        ${leftRial} as left_rial, ${tranchesPaid(provinceId)} + 1 as tranche
      from plans p
      where p.province_id = ${provinceId} and ${isPayable(provinceId)}
        and (${caseId}::uuid is null or p.case_id = ${caseId}::uuid)
        and (${organisation}::text is null or ${organisation}::text in (p.agency_id, p.bank_id))
    )
    select n.*, c.occupation_id, e.first_name, e.last_name, s.id is not null as open,
      v.id as visit_id, v.state as visit_state, v.due_on, v.revisit_of,
      exists (select 1 from deviations w where w.province_id = ${provinceId} and w.plan_id = n.id
        and w.state = any(${[...openDeviationStates]}::text[])) as deviates
    from next n
    join cases c on c.province_id = ${provinceId} and c.id = n.case_id
    join people e on e.province_id = ${provinceId} and e.id = n.person_id
    left join tranche_passes s on s.province_id = ${provinceId} and s.plan_id = n.id
      and s.number = n.tranche
    left join visits v on v.province_id = ${provinceId} and v.plan_id = n.id
      and v.state in ('planned', 'assigned')
      and v.stage = case when n.tranche = 1 then 'before' else 'during' end
    where ${!blockedOnly} or s.id is null
    order by n.state_since, n.id limit ${limit}`.execute(tx);
  return rows.map(toGate);
}

type GateRow = {
  id: string;
  case_id: string;
  state: string;
  agency_id: string;
  bank_id: string;
  county_id: number;
  left_rial: bigint;
  tranche: number;
  occupation_id: string;
  first_name: string;
  last_name: string;
  open: boolean;
  visit_id: string | null;
  visit_state: string | null;
  due_on: string | null;
  revisit_of: string | null;
  deviates: boolean;
};

function toGate(row: GateRow): Gate {
  return {
    ...{ caseId: row.case_id, planId: row.id, firstName: row.first_name, lastName: row.last_name },
    ...{ occupationId: row.occupation_id, agencyId: row.agency_id, bankId: row.bank_id },
    ...{ countyId: row.county_id, planState: row.state, leftRial: row.left_rial },
    ...{ tranche: row.tranche, stage: stageOfNext({ tranches: row.tranche - 1 }) },
    ...{ open: row.open, waitsFor: row.open ? null : waitOf(row) },
    ...{ visitId: row.visit_id, dueOn: row.due_on },
  };
}

function waitOf(row: GateRow): Wait {
  if (row.deviates) return 'deviation';
  if (row.visit_id === null) return 'plan';
  if (row.revisit_of !== null) return 'correction';
  return row.visit_state === 'assigned' ? 'visit' : 'assignee';
}

/** A tranche that the bank paid though nothing had let it go: a fact, and shown as one. */
export type Ungated = { readonly number: number; readonly paidOn: string };

/** Payments of a case without a pass from their own day or before. */
export async function paidWithoutGate(
  tx: Tx,
  provinceId: number,
  caseId: string,
): Promise<Ungated[]> {
  const { rows } = await sql<{ number: number; paid_on: string }>`
    select t.number, t.paid_on from plans p
    join tranches t on t.province_id = ${provinceId} and t.plan_id = p.id and t.taken_back_at is null
    where p.province_id = ${provinceId} and p.case_id = ${caseId}::uuid
      and not exists (select 1 from tranche_passes s where s.province_id = ${provinceId}
        and s.plan_id = p.id and s.number = t.number and s.passed_on <= t.paid_on)
    order by t.paid_on, t.number`.execute(tx);
  return rows.map((row) => ({ number: row.number, paidOn: row.paid_on }));
}

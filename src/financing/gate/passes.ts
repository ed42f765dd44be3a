import { sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { PlanRow } from '../queries.ts';

/** What lets a tranche be ordered: the tranche, and the step of the record that released it. */
export type Release = {
  readonly plan: PlanRow;
  /** Of the tranche, from 1. */
  readonly number: number;
  /** A passed visit, or two people's override. */
  readonly origin: 'visit' | 'override';
  readonly stepId: string;
  /** ISO. */
  readonly passedOn: string;
};

/**
 * Opens the gate for tranches: from now on they can be ordered, without a pass the database takes no
 * order. A tranche that was released before stays as it is. Called by supervision, inside its act.
 */
export async function releaseTranches(
  tx: Tx,
  act: Act,
  releases: readonly Release[],
): Promise<void> {
  if (releases.length === 0) return;
  const of = <T>(pick: (one: Release) => T) => releases.map(pick);
  await sql`
    insert into tranche_passes (province_id, id, plan_id, number, origin, step_id, passed_on,
      person_id, agency_id, bank_id, recorded_at)
    select ${act.provinceId}::integer, i.*, ${act.now}::timestamptz
    from unnest(${of(() => uuid7(act.now.getTime()))}::uuid[], ${of((r) => r.plan.id)}::uuid[],
      ${of((r) => r.number)}::integer[], ${of((r) => r.origin)}::text[],
      ${of((r) => r.stepId)}::uuid[], ${of((r) => r.passedOn)}::date[],
      ${of((r) => r.plan.personId)}::uuid[], ${of((r) => r.plan.agencyId)}::text[],
      ${of((r) => r.plan.bankId)}::text[]) as i
    on conflict (province_id, plan_id, number) do nothing`.execute(tx);
}

/**
 * Closes the gate again that these steps opened.
 * @throws Problem `financing.pass_used` (409) when an order stands on one of them
 */
export async function withdrawPasses(
  tx: Tx,
  provinceId: number,
  stepIds: readonly string[],
): Promise<void> {
  const { rows } = await sql`
    select 1 from tranche_passes p
    join payment_orders o on o.province_id = ${provinceId} and o.pass_id = p.id
    where p.province_id = ${provinceId} and p.step_id = any(${stepIds}::uuid[]) limit 1`.execute(
    tx,
  );
  if (rows.length > 0) throw new Problem('financing.pass_used');
  await sql`delete from tranche_passes
    where province_id = ${provinceId} and step_id = any(${stepIds}::uuid[])`.execute(tx);
}

/** Closes the gates of plans, as far as no order stands on them: what was found stops what is to come. */
export async function closeGates(
  tx: Tx,
  provinceId: number,
  planIds: readonly string[],
): Promise<void> {
  await sql`
    delete from tranche_passes p
    where p.province_id = ${provinceId} and p.plan_id = any(${planIds}::uuid[])
      and p.number > (select count(*) from tranches t where t.province_id = ${provinceId}
        and t.plan_id = p.plan_id and t.taken_back_at is null)
      and not exists (select 1 from payment_orders o where o.province_id = ${provinceId}
        and o.pass_id = p.id)`.execute(tx);
}

/**
 * The passes on which the next tranches of plans can be ordered, by plan.
 * @throws Problem `financing.gate_closed` (409) when a plan's next tranche has none
 */
export async function getPasses(
  tx: Tx,
  provinceId: number,
  plans: readonly PlanRow[],
): Promise<Map<string, { readonly id: string; readonly number: number }>> {
  const ids = plans.map(({ id }) => id);
  const { rows } = await sql<{ id: string; plan_id: string; number: number }>`
    select id, plan_id, number from tranche_passes
    where province_id = ${provinceId} and plan_id = any(${ids}::uuid[])`.execute(tx);
  const found = new Map<string, { id: string; number: number }>();
  for (const plan of plans) {
    const number = plan.tranches + 1;
    const pass = rows.find((row) => row.plan_id === plan.id && row.number === number);
    if (!pass) throw new Problem('financing.gate_closed', { number });
    found.set(plan.id, { id: pass.id, number });
  }
  return found;
}

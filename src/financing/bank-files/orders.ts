import { type RawBuilder, sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { checkSheba } from '../../kit/identifiers.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { findCases, getCasesForUpdate } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { supportersInDefault } from '../../supporters/index.ts';
import { getPasses } from '../gate/passes.ts';
import { getPlansForUpdate, type PlanRow } from '../queries.ts';

/** What is to be paid of a plan. */
export type OrderInput = {
  readonly caseId: string;
  readonly amountRial: bigint;
  /** The borrower's account; absent where it is not known: the order then says so. */
  readonly iban?: string | undefined;
};

/** An order as it goes into a list for the bank. */
export type PaymentOrder = {
  readonly reference: string;
  readonly creditorName: string;
  readonly iban: string | null;
  readonly amountRial: bigint;
};

/** A batch of orders that was made for one bank. */
export type NewBatch = { readonly id: string; readonly bankId: string; readonly orders: number };

type NewOrder = PaymentOrder & {
  readonly id: string;
  readonly plan: PlanRow;
  readonly tranche: number;
  readonly passId: string;
};

type Ordered = Omit<NewOrder, 'tranche' | 'passId'>;

/**
 * Orders payments of plans that have a contract or are being paid: one batch for each bank, each order
 * with our own end-to-end reference. Nothing is paid by it: that the bank says. All or none.
 * Each tranche needs its pass: the first a passed visit before it, a later one a visit since the last.
 * @throws Problem `financing.no_orders`, `financing.not_contracted`, `financing.wrong_sheba`,
 * `financing.over_plan` (422), `financing.order_pending`, `financing.gate_closed`,
 * `financing.supporter_in_default` (409), `financing.no_plan`, `platform.not_found`
 */
export async function orderPayments(
  tx: Tx,
  act: Act,
  inputs: readonly OrderInput[],
): Promise<NewBatch[]> {
  if (inputs.length === 0) throw new Problem('financing.no_orders');
  const ids = inputs.map(({ caseId }) => caseId);
  if (new Set(ids).size < ids.length) throw new Problem('financing.order_pending');
  await getCasesForUpdate(tx, act.provinceId, ids);
  const plans = await getPlansForUpdate(tx, act.provinceId, ids);
  const inDefault = await supportersInDefault(tx, act.provinceId, ids);
  if (inDefault.size > 0) {
    const codes = ids.filter((id) => inDefault.has(id)).map((id) => encodeCode(act.provinceId, id));
    throw new Problem('financing.supporter_in_default', { codes: codes.join(' ') });
  }
  const book = await findCases(tx, act.provinceId, { ids });
  const ordered = inputs.map((input) => {
    const person = book.byId(input.caseId)?.person;
    const name = `${person?.firstName ?? ''} ${person?.lastName ?? ''}`.trim();
    return newOrder(act, plans.get(input.caseId) as PlanRow, name, input);
  });
  const orders = await withPasses(tx, act.provinceId, ordered);
  const batches: NewBatch[] = [];
  for (const [bankId, group] of Map.groupBy(orders, ({ plan }) => plan.bankId)) {
    const id = uuid7(act.now.getTime());
    await insertBatch(tx, act, { id, bankId }, group);
    batches.push({ id, bankId, orders: group.length });
  }
  return batches;
}

async function withPasses(
  tx: Tx,
  provinceId: number,
  ordered: readonly Ordered[],
): Promise<NewOrder[]> {
  const plans = ordered.map(({ plan }) => plan);
  const passes = await getPasses(tx, provinceId, plans);
  return ordered.map((one) => {
    const pass = passes.get(one.plan.id);
    return { ...one, tranche: pass?.number ?? 0, passId: pass?.id ?? '' };
  });
}

function newOrder(act: Act, plan: PlanRow, creditorName: string, input: OrderInput): Ordered {
  const { amountRial } = input;
  if (plan.state !== 'contracted' && plan.state !== 'paying') {
    throw new Problem('financing.not_contracted', { state: plan.state });
  }
  if (plan.loanEnded) throw new Problem('financing.loan_ended');
  const limit = plan.approvedRial ?? plan.requestedRial;
  if (amountRial <= 0n || plan.paidRial + amountRial > limit) {
    throw new Problem('financing.over_plan', {
      givenRial: (plan.paidRial + amountRial).toString(),
      recordRial: limit.toString(),
    });
  }
  const iban = input.iban ? shebaOf(input.iban) : null;
  const id = uuid7(act.now.getTime());
  const reference = encodeCode(act.provinceId, id).toUpperCase();
  return { id, plan, creditorName, amountRial, iban, reference };
}

function shebaOf(text: string): string {
  const sheba = checkSheba(text);
  if (!sheba.ok) throw new Problem('financing.wrong_sheba', { given: text.slice(0, 40) });
  return sheba.value;
}

async function insertBatch(
  tx: Tx,
  act: Act,
  batch: { readonly id: string; readonly bankId: string },
  orders: readonly NewOrder[],
): Promise<void> {
  const of = <T>(pick: (one: NewOrder) => T) => orders.map(pick);
  const sum = orders.reduce((total, { amountRial }) => total + amountRial, 0n);
  await sql`
    insert into order_batches (province_id, id, bank_id, sent_on, orders, control_rial, account_id,
      recorded_at, op_id)
    values (${act.provinceId}, ${batch.id}::uuid, ${batch.bankId}, ${act.today}::date,
      ${orders.length}, ${sum.toString()}::bigint, ${act.actorId}::uuid, ${act.now}::timestamptz,
      ${act.opId}::uuid)`.execute(tx);
  await sql`
    insert into payment_orders (province_id, id, batch_id, plan_id, case_id, bank_id, agency_id,
      reference, amount_rial, creditor_name, iban, tranche_number, pass_id, sent_on, state_since)
    select ${act.provinceId}::integer, i.id, ${batch.id}::uuid, i.plan_id, i.case_id,
      ${batch.bankId}::text, i.agency_id, i.reference, i.amount_rial, i.creditor_name, i.iban,
      i.tranche, i.pass_id, ${act.today}::date, ${act.today}::date
    from unnest(${of((o) => o.id)}::uuid[], ${of((o) => o.plan.id)}::uuid[],
      ${of((o) => o.plan.caseId)}::uuid[], ${of((o) => o.plan.agencyId)}::text[],
      ${of((o) => o.reference)}::text[], ${of((o) => o.amountRial.toString())}::bigint[],
      ${of((o) => o.creditorName)}::text[], ${of((o) => o.iban)}::text[],
      ${of((o) => o.tranche)}::integer[], ${of((o) => o.passId)}::uuid[])
      as i(id, plan_id, case_id, agency_id, reference, amount_rial, creditor_name, iban, tranche,
        pass_id)`.execute(tx);
}

/** A batch as it goes to its bank. */
export type BatchOfOrders = {
  readonly id: string;
  readonly bankId: string;
  /** ISO. */
  readonly sentOn: string;
  readonly recordedAt: Date;
  readonly controlRial: bigint;
  readonly orders: readonly PaymentOrder[];
};

/**
 * A batch with its orders.
 * @param bank the only bank whose batches the caller sees; null for all
 * @throws Problem `platform.not_found` (404)
 */
export async function getBatch(
  tx: Tx,
  provinceId: number,
  id: string,
  bank: string | null,
): Promise<BatchOfOrders> {
  const batch = await tx
    .selectFrom('order_batches')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!batch || (bank !== null && batch.bank_id !== bank)) throw new Problem('platform.not_found');
  const orders = await tx
    .selectFrom('payment_orders')
    .select(['reference', 'creditor_name', 'iban', 'amount_rial'])
    .where('province_id', '=', provinceId)
    .where('batch_id', '=', id)
    .orderBy('reference')
    .execute();
  return {
    ...{ id, bankId: batch.bank_id, sentOn: String(batch.sent_on) },
    ...{ recordedAt: batch.recorded_at, controlRial: batch.control_rial },
    orders: orders.map((row) => ({
      ...{ reference: row.reference, creditorName: row.creditor_name },
      ...{ iban: row.iban, amountRial: row.amount_rial },
    })),
  };
}

/** The question whose people a batch pays, by their cases. */
export function casesOfBatch(provinceId: number, batchId: string): RawBuilder<unknown> {
  return sql`(select case_id from payment_orders
    where province_id = ${provinceId} and batch_id = ${batchId}::uuid)`;
}

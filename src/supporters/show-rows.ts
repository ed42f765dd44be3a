import { sql } from 'kysely';
import { encodeCode } from '../kit/code.ts';
import type { Tx } from '../platform/database.ts';
import { fromGrains, type Unit } from './quantity-rules.ts';

/** Orders as pages show them, of a supporter or of one person; those due first come first. */
export async function ordersOf(
  tx: Tx,
  provinceId: number,
  { caseId, coverId, today }: { caseId: string; coverId?: string; today: string },
) {
  const { rows } = await sql<RawOrder>`
    select o.id, o.cover_id, o.product_id, o.ordered_grains, o.received_grains, o.due_on, o.deliver_to,
      t.name as product, t.unit, p.first_name, p.last_name
    from work_orders o
    join work_products t on t.province_id = ${provinceId} and t.id = o.product_id
    join covers v on v.province_id = ${provinceId} and v.id = o.cover_id
    join people p on p.province_id = ${provinceId} and p.id = v.person_id
    where o.province_id = ${provinceId} and o.case_id = ${caseId}::uuid and o.cancelled_at is null
      and (${coverId ?? null}::uuid is null or o.cover_id = ${coverId ?? null}::uuid)
    order by (o.received_grains >= o.ordered_grains), o.due_on, o.id limit 200`.execute(tx);
  return rows.map((row) => ({
    ...{ id: row.id, code: encodeCode(provinceId, row.cover_id), productId: row.product_id },
    ...{ name: `${row.first_name} ${row.last_name}`, product: row.product, unit: row.unit },
    ordered: fromGrains(row.ordered_grains, row.unit),
    received: fromGrains(row.received_grains, row.unit),
    ...{ dueOn: row.due_on, deliverTo: row.deliver_to },
    state:
      row.received_grains >= row.ordered_grains ? 'done' : row.due_on < today ? 'late' : 'open',
  }));
}

type RawOrder = {
  id: string;
  cover_id: string;
  product_id: string;
  ordered_grains: bigint;
  received_grains: bigint;
  due_on: string;
  deliver_to: string;
  product: string;
  unit: Unit;
  first_name: string;
  last_name: string;
};

/** Where material is, in the unit that it is kept in. */
export function balanceWords(
  row: {
    sent_grains: bigint;
    consumed_grains: bigint;
    returned_grains: bigint;
    scrap_grains: bigint;
    on_hand_grains: bigint;
  },
  unit: Unit,
) {
  return {
    sent: fromGrains(row.sent_grains, unit),
    consumed: fromGrains(row.consumed_grains, unit),
    returned: fromGrains(row.returned_grains, unit),
    scrap: fromGrains(row.scrap_grains, unit),
    onHand: fromGrains(row.on_hand_grains, unit),
  };
}

/** A month's sums as rial on the wire. */
export function sumWords(row: {
  promised: bigint;
  earned: bigint;
  deducted: bigint;
  paid: bigint;
}) {
  const due = row.earned - row.deducted;
  return {
    ...{ promisedRial: String(row.promised), takenRial: String(row.earned) },
    ...{ deductedRial: String(row.deducted), dueRial: String(due) },
    ...{ paidRial: String(row.paid), owedRial: String(due - row.paid) },
  };
}

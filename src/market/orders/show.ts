import { type RawBuilder, sql } from 'kysely';
import { countyLabel, provinceLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { contactFor } from '../../permits/index.ts';
import type { Database, Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import { publicLook } from '../look.ts';
import { type OrderState, type Party, stepsFor } from '../order-rules.ts';
import { permitsNow } from '../stalls.ts';
import { livePayment } from './payments.ts';
import { linesOf, type OrderLineRow, type OrderRow } from './queries.ts';

/** Who reads an order, who they are to it, and whether they may act on it. */
type Reader = {
  readonly principal: Principal;
  readonly party: Party;
  readonly today: string;
  readonly acting: boolean;
};

/** An order with all that its parties know of it; what each may do now is in `acts`. */
export async function showOrder(
  tx: Tx,
  reference: Reference,
  order: OrderRow,
  { principal, party, today, acting }: Reader,
) {
  const { province_id: provinceId, id } = order;
  const key = { provinceId, id };
  const stall = await stallOf(tx, order, today);
  const payment = order.pays === 'online' ? await livePayment(tx, provinceId, id) : undefined;
  const rating = await tx
    .selectFrom('ratings')
    .select(['stars', 'said'])
    .where('province_id', '=', provinceId)
    .where('order_id', '=', id)
    .executeTakeFirst();
  return {
    ...orderLine(order),
    party,
    acts: acting ? stepsFor(party, order.state as OrderState) : [],
    stall,
    buyer: { name: order.buyer_name, mobile: contactFor(principal, order.buyer_mobile) },
    to: {
      province: provinceLabel(reference, order.to_province_id),
      county: order.to_county_id === null ? null : countyLabel(reference, order.to_county_id),
      address: contactFor(principal, order.address),
      postalCode: contactFor(principal, order.postal_code),
    },
    ...{ note: order.note, pays: order.pays, returnReason: order.return_reason },
    returnedRial: String(order.returned_rial),
    lines: (await linesOf(tx, provinceId, id)).map(lineOf),
    steps: await stepsOf(tx, key),
    messages: await messagesOf(tx, key),
    complaints: await complaintsOf(tx, key),
    payment: payment ? { state: payment.state, address: payment.address } : null,
    payUntil: order.state === 'unpaid' ? (order.pay_until_at?.toISOString() ?? null) : null,
    rating: rating ? { stars: rating.stars, said: rating.said } : null,
  };
}

function lineOf(line: OrderLineRow) {
  return {
    ...{ place: line.place, title: line.title, unit: line.unit, quantity: line.quantity },
    product: line.product_id === null ? null : encodeCode(line.province_id, line.product_id),
    eachRial: String(line.each_rial),
    ...{ returnAsked: line.return_asked, returned: line.returned },
  };
}

/** An order in a list. */
function orderLine(order: OrderRow) {
  return {
    code: encodeCode(order.province_id, order.id),
    state: order.state,
    stateAt: order.state_at.toISOString(),
    orderedAt: order.recorded_at.toISOString(),
    goodsRial: String(order.goods_rial),
  };
}

async function stallOf(tx: Tx, order: OrderRow, today: string) {
  const { province_id: provinceId } = order;
  const row = await tx
    .selectFrom('stalls')
    .select(['id', 'name'])
    .where('province_id', '=', provinceId)
    .where('id', '=', order.stall_id)
    .executeTakeFirstOrThrow();
  const permit = (await permitsNow(tx, provinceId, [order.case_id], today)).get(order.case_id);
  return {
    ...{ code: encodeCode(provinceId, row.id), name: row.name },
    permitNumber: permit?.number ?? '',
    standing: permit?.standing ?? 'revoked',
  };
}

type Key = { readonly provinceId: number; readonly id: string };

async function stepsOf(tx: Tx, { provinceId, id }: Key) {
  const rows = await tx
    .selectFrom('order_steps')
    .select(['verb', 'to_state', 'party', 'note', 'recorded_at'])
    .where('province_id', '=', provinceId)
    .where('order_id', '=', id)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute();
  return rows.map(({ verb, to_state: to, party, note, recorded_at: at }) => {
    return { verb, to, party, note, at: at.toISOString() };
  });
}

async function messagesOf(tx: Tx, { provinceId, id }: Key) {
  const rows = await tx
    .selectFrom('order_messages')
    .select(['party', 'said', 'recorded_at'])
    .where('province_id', '=', provinceId)
    .where('order_id', '=', id)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute();
  return rows.map(({ party, said, recorded_at: at }) => ({ party, said, at: at.toISOString() }));
}

async function complaintsOf(tx: Tx, { provinceId, id }: Key) {
  const rows = await tx
    .selectFrom('complaints')
    .select(['said', 'recorded_at', 'answer'])
    .where('province_id', '=', provinceId)
    .where('order_id', '=', id)
    .orderBy('recorded_at')
    .execute();
  return rows.map(({ said, answer, recorded_at: at }) => ({ said, answer, at: at.toISOString() }));
}

type ListRow = OrderRow & { readonly stall_name: string; readonly summary: string };

function listLine(row: ListRow) {
  return { ...orderLine(row), stall: row.stall_name, summary: row.summary };
}

/** Orders of one province as a list shows them; `rest` chooses and sorts those of `o`. */
async function linesIn(tx: Tx, provinceId: number, rest: RawBuilder<unknown>): Promise<ListRow[]> {
  const province = sql`${provinceId}::integer`;
  const { rows } = await sql<ListRow>`
    select o.*, s.name as stall_name, (select string_agg(l.title, ' + ' order by l.place)
      from order_lines l where l.province_id = ${province} and l.order_id = o.id) as summary
    from orders o join stalls s on s.province_id = ${province} and s.id = o.stall_id
    where o.province_id = ${province} and ${rest}`.execute(tx);
  return rows;
}

/** A buyer's own orders, in whichever provinces they are, the newest first. */
export async function listBought(database: Database, buyer: Principal) {
  return database.transaction(publicLook, async (tx) => {
    const found = await sql<{ province_id: number; id: string }>`
      select province_id, id from orders
      where buyer_id = ${buyer.accountId}::uuid and buyer_province_id = ${buyer.provinceId}
      order by recorded_at desc limit 100`.execute(tx);
    const rows: ListRow[] = [];
    for (const [provinceId, own] of Map.groupBy(found.rows, (row) => row.province_id)) {
      const ids = own.map(({ id }) => id);
      rows.push(...(await linesIn(tx, provinceId, sql`o.id = any(${ids}::uuid[])`)));
    }
    rows.sort((one, other) => other.recorded_at.getTime() - one.recorded_at.getTime());
    return rows.map(listLine);
  });
}

/** The orders of a stall, those that wait for its maker first; row security shows a maker their own. */
export async function listSold(tx: Tx, provinceId: number, stallId: string) {
  const waitingFirst = sql`o.stall_id = ${stallId}::uuid
    order by o.state not in ('placed', 'accepted', 'sent', 'return_asked'), o.state_at desc
    limit 200`;
  return (await linesIn(tx, provinceId, waitingFirst)).map(listLine);
}

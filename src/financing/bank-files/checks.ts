import { sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { type Check, differencesShown } from '../../platform/checks.ts';

/** What is confirmed of an order is the sum of the lines that booked it, less those that came back. */
export const orderCheck: Check = {
  name: 'financing.orders',
  async run(tx, provinceId) {
    const { rows } = await sql<{ id: string; kept: bigint; lines: bigint }>`
      select o.id, o.confirmed_rial as kept, l.sum as lines from payment_orders o
      cross join lateral (select coalesce(sum(case effect when 'paid' then amount_rial
          when 'returned' then case when ledger_on is null then 0 else -amount_rial end
          else 0 end), 0)::bigint as sum
        from bank_file_lines l where l.province_id = ${provinceId} and l.order_id = o.id) l
      where o.province_id = ${provinceId} and o.confirmed_rial <> l.sum
      limit ${differencesShown}`.execute(tx);
    const { count } = await tx
      .selectFrom('payment_orders')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('province_id', '=', provinceId)
      .executeTakeFirstOrThrow();
    const differences = rows.map(({ id, kept, lines }) => ({
      ...{ what: encodeCode(provinceId, id), kept: String(kept), recomputed: String(lines) },
    }));
    return { checked: Number(count), differences };
  },
};

import { sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { type Check, differencesShown } from '../../platform/checks.ts';

/** What is confirmed of an order is the sum of the lines that booked it, less those that came back. */
export const orderCheck: Check = {
  name: 'financing.orders',
  async run(tx, provinceId) {
    const { rows } = await sql<{ id: string; kept: bigint; lines: bigint }>`
      select id, sum(kept)::bigint as kept, sum(line)::bigint as lines
      from (
        select id, confirmed_rial as kept, 0 as line
        from payment_orders where province_id = ${provinceId}
        union all
        select order_id, 0, case effect when 'paid' then amount_rial
          when 'returned' then case when ledger_on is null then 0 else -amount_rial end
          else 0 end
        from bank_file_lines
        where province_id = ${provinceId} and order_id is not null) as told
      group by id having sum(kept) <> sum(line)
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

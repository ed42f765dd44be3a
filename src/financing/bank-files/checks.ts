import { sql } from 'kysely';
import {
  type Check,
  codedDifferences,
  countRows,
  differencesShown,
} from '../../platform/checks.ts';

/** What is confirmed of an order is the sum of the lines that booked it, less those that came back. */
export const orderCheck: Check = {
  name: 'financing.orders',
  async run(tx, provinceId) {
    const { rows } = await sql<{ id: string; kept: bigint; recomputed: bigint }>`
      select id, sum(kept)::bigint as kept, sum(line)::bigint as recomputed
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
    const checked = await countRows(tx, 'payment_orders', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

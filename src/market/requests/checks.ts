import { sql } from 'kysely';
import {
  type Check,
  codedDifferences,
  countRows,
  differencesShown,
} from '../../platform/checks.ts';
import type { Tx } from '../../platform/database.ts';

/** What is pledged and ordered of a request is the sum of its pledges, and of the orders that came of it. */
export const requestChecks: readonly Check[] = [
  {
    name: 'market.requests',
    async run(tx: Tx, provinceId: number) {
      const { rows } = await sql<{ id: string; kept: string; recomputed: string }>`
        select r.id, concat_ws(' ', r.pledged, r.ordered) as kept,
          concat_ws(' ', coalesce(p.pledged, 0), coalesce(o.ordered, 0)) as recomputed
        from requests r
        left join (select request_id, sum(quantity) as pledged from pledges
          where province_id = ${provinceId} and state <> 'withdrawn' group by 1) p
          on p.request_id = r.id
        left join (select o.request_id, sum(l.quantity) as ordered from orders o
          join order_lines l on l.province_id = ${provinceId} and l.order_id = o.id
          where o.province_id = ${provinceId} and o.request_id is not null group by 1) o
          on o.request_id = r.id
        where r.province_id = ${provinceId}
          and (r.pledged <> coalesce(p.pledged, 0) or r.ordered <> coalesce(o.ordered, 0))
        limit ${differencesShown}`.execute(tx);
      const checked = await countRows(tx, 'requests', provinceId);
      return { checked, differences: codedDifferences(provinceId, rows) };
    },
  },
];

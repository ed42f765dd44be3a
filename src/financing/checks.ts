import { sql } from 'kysely';
import { type Check, codedDifferences, countRows, differencesShown } from '../platform/checks.ts';
import type { Tx } from '../platform/database.ts';
import { usedCheck } from './allocations/checks.ts';
import { orderCheck } from './bank-files/checks.ts';
import { ledgerChecks } from './ledger/checks.ts';

/** A plan's paid rial are the sum of its tranches, and of the payments in the record. */
const paidRial: Check = {
  name: 'financing.paid',
  async run(tx: Tx, provinceId: number) {
    // Each table once, and no join: a plan of the server's choosing can't go through one table for each row of another.
    const { rows } = await sql<{ case_id: string; kept: bigint; tranches: bigint; record: bigint }>`
      select max(case_id::text) as case_id, sum(kept)::bigint as kept, sum(tranches)::bigint as tranches,
        sum(record)::bigint as record
      from (
        select id, case_id, paid_rial as kept, 0 as tranches, 0 as record
        from plans where province_id = ${provinceId}
        union all
        select plan_id, null, 0, amount_rial, 0
        from tranches where province_id = ${provinceId} and taken_back_at is null
        union all
        select (facts ->> 'plan')::uuid, case_id, 0, 0, sign * rial
        from history where province_id = ${provinceId} and verb = 'financing.pay') as told
      group by id having sum(kept) <> sum(tranches) or sum(kept) <> sum(record)
      limit ${differencesShown}`.execute(tx);
    const told = rows.map(({ case_id: id, kept, tranches, record }) => {
      return { id, kept, recomputed: `${tranches} / ${record}` };
    });
    const checked = await countRows(tx, 'plans', provinceId);
    return { checked, differences: codedDifferences(provinceId, told) };
  },
};

export const financingChecks: readonly Check[] = [paidRial, usedCheck, orderCheck, ...ledgerChecks];

import { sql } from 'kysely';
import { encodeCode } from '../kit/code.ts';
import type { Check } from '../platform/checks.ts';
import { differencesShown } from '../platform/checks.ts';
import type { Tx } from '../platform/database.ts';
import { usedCheck } from './allocations/checks.ts';
import { orderCheck } from './bank-files/checks.ts';
import { ledgerChecks } from './ledger/checks.ts';

/** A plan's paid rial are the sum of its tranches, and of the payments in the record. */
const paidRial: Check = {
  name: 'financing.paid',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ case_id: string; kept: bigint; tranches: bigint; record: bigint }>`
      select p.case_id, p.paid_rial as kept, t.sum as tranches, h.sum as record
      from plans p
      cross join lateral (select coalesce(sum(amount_rial), 0)::bigint as sum from tranches t
        where t.province_id = ${provinceId} and t.plan_id = p.id and t.taken_back_at is null) t
      cross join lateral (select coalesce(sum(sign * rial), 0)::bigint as sum from history h
        where h.province_id = ${provinceId} and h.case_id = p.case_id
          and h.verb = 'financing.pay' and h.facts ->> 'plan' = p.id::text) h
      where p.province_id = ${provinceId} and (p.paid_rial <> t.sum or p.paid_rial <> h.sum)
      limit ${differencesShown}`.execute(tx);
    const differences = rows.map(({ case_id, kept, tranches, record }) => ({
      what: encodeCode(provinceId, case_id),
      kept: String(kept),
      recomputed: `${tranches} / ${record}`,
    }));
    return { checked: await countPlans(tx, provinceId), differences };
  },
};

async function countPlans(tx: Tx, provinceId: number): Promise<number> {
  const { count } = await tx
    .selectFrom('plans')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('province_id', '=', provinceId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export const financingChecks: readonly Check[] = [paidRial, usedCheck, orderCheck, ...ledgerChecks];

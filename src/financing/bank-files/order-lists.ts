import { sql } from 'kysely';
import { countyLabel, organisationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { maskedIban } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import { isPayable, leftRial, tranchesPaid } from '../queries.ts';
import { ownBank } from './banks.ts';

type Key = { readonly provinceId: number; readonly id: string };

/**
 * The orders of a case, the newest first, with what became of each; who may see the case is the caller's
 * to have asked.
 * @param principal who asks: a bank sees its own orders only, and whoever looks at the country no account whole
 */
export async function ordersOfCase(
  tx: Tx,
  reference: Reference,
  { provinceId, id }: Key,
  principal: Principal,
) {
  const bank = ownBank(principal);
  const rows = await tx
    .selectFrom('payment_orders')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('case_id', '=', id)
    .$if(bank !== null, (query) => query.where('bank_id', '=', bank))
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    ...{ reference: row.reference, batch: encodeCode(provinceId, row.batch_id) },
    bank: organisationLabel(reference, row.bank_id),
    amountRial: row.amount_rial.toString(),
    confirmedRial: row.confirmed_rial.toString(),
    returnedRial: row.returned_rial.toString(),
    iban: maskedIban(principal, row.iban),
    ...{ state: row.state, sentOn: row.sent_on, since: row.state_since },
  }));
}

/** Which plans are asked for: a bank's, or a case's. */
type Asked = { readonly bank?: string; readonly caseId?: string; readonly limit: number };

type Row = {
  case_id: string;
  bank_id: string;
  county_id: number;
  name: string;
  left_rial: bigint;
  limit_rial: bigint;
  tranche: number;
  total: bigint;
};

/**
 * Plans of which something may be ordered: with a contract or being paid, not paid in full, without an order
 * that the bank has not answered, and the gate of the next tranche open. Those that have waited longest come
 * first. `orderPayments` has the last word.
 */
export async function listOrderable(
  tx: Tx,
  reference: Reference,
  provinceId: number,
  { bank, caseId, limit }: Asked,
) {
  const { rows } = await sql<Row>`
    select p.case_id, p.bank_id, p.county_id, concat_ws(' ', h.first_name, h.last_name) as name,
      coalesce(p.approved_rial, p.requested_rial) as limit_rial, ${leftRial} as left_rial,
      g.number as tranche, count(*) over () as total
    from plans p
    join people h on h.province_id = ${provinceId} and h.id = p.person_id
    join tranche_passes g on g.province_id = ${provinceId} and g.plan_id = p.id
      and g.number = ${tranchesPaid(provinceId)} + 1
    where p.province_id = ${provinceId} and ${isPayable(provinceId)}
      and (${bank ?? null}::text is null or p.bank_id = ${bank ?? null})
      and (${caseId ?? null}::uuid is null or p.case_id = ${caseId ?? null}::uuid)
      and not exists (select 1 from payment_orders o where o.province_id = ${provinceId}
        and o.plan_id = p.id and o.state = 'pending')
    order by p.state_since, p.id limit ${limit}`.execute(tx);
  const items = rows.map((row) => ({
    ...{ code: encodeCode(provinceId, row.case_id), name: row.name },
    bank: organisationLabel(reference, row.bank_id),
    county: countyLabel(reference, row.county_id),
    ...{ planRial: row.limit_rial.toString(), leftRial: row.left_rial.toString() },
    tranche: row.tranche,
  }));
  return { total: Number(rows[0]?.total ?? 0), items };
}

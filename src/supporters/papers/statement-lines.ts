import { sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { PayKind } from '../ledger/months.ts';
import type { PaidDelivery } from '../pay-rules.ts';
import { fromGrains, type Unit } from '../quantity-rules.ts';

/** A line of a statement; one that was taken back stands with its opposite. */
export type MonthLine = {
  readonly kind: PayKind;
  readonly happenedOn: string;
  /** Negative where it takes a line back. */
  readonly amountRial: bigint;
  /** The product, the kind of a deduction, or the reference of a payment. */
  readonly what: string;
  readonly amount: string | null;
  readonly unit: Unit | null;
};

/** A month with everything that its statement says and is checked by. */
export type MonthOfStatement = {
  readonly dueOn: string;
  readonly earnedRial: bigint;
  readonly deductedRial: bigint;
  readonly paidRial: bigint;
  readonly limitBp: number;
  /** What the month's goods were worth; the ledger says as earned. */
  readonly deliveredRial: bigint;
  readonly lines: readonly MonthLine[];
  readonly deliveries: readonly PaidDelivery[];
  readonly deductions: readonly { readonly kind: string; readonly agreed: readonly string[] }[];
};

type Raw = {
  kind: PayKind;
  sign: number;
  amount_rial: bigint;
  label: string;
  happened_on: string;
  product: string | null;
  unit: Unit | null;
  accepted: bigint | null;
  rate_rial: bigint | null;
  agreed_rial: bigint | null;
  earned_rial: bigint | null;
  agreed: string[] | null;
};

/** The lines of a person's month with its sums. @throws Problem `platform.not_found` (404) */
export async function linesOfMonth(
  tx: Tx,
  provinceId: number,
  coverId: string,
  month: number,
): Promise<MonthOfStatement> {
  const row = await tx
    .selectFrom('pay_months')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('cover_id', '=', coverId)
    .where('month', '=', month)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  const rows = await payLines(tx, provinceId, coverId, month);
  const goods = rows.filter(({ kind }) => kind === 'earned');
  return {
    ...{ dueOn: String(row.due_on), limitBp: row.deduction_limit_bp },
    ...{ earnedRial: row.earned_rial, deductedRial: row.deducted_rial, paidRial: row.paid_rial },
    deliveredRial: goods.reduce((sum, g) => sum + BigInt(g.sign) * (g.earned_rial ?? 0n), 0n),
    lines: rows.map(toLine),
    deliveries: goods.map((one) => {
      return { rateRial: one.rate_rial ?? 0n, agreedRial: one.agreed_rial ?? 0n };
    }),
    deductions: rows
      .filter(({ kind }) => kind === 'deducted')
      .map(({ label, agreed }) => ({ kind: label, agreed: agreed ?? [] })),
  };
}

function toLine(row: Raw): MonthLine {
  return {
    ...{ kind: row.kind, happenedOn: row.happened_on, unit: row.unit },
    amountRial: BigInt(row.sign) * row.amount_rial,
    what: row.product ?? row.label,
    amount: row.accepted === null || row.unit === null ? null : fromGrains(row.accepted, row.unit),
  };
}

async function payLines(tx: Tx, provinceId: number, coverId: string, month: number) {
  const { rows } = await sql<Raw>`
    select e.kind, e.sign, e.amount_rial, e.label, e.happened_on, p.name as product, p.unit,
      g.accepted_grains as accepted, g.rate_rial, g.earned_rial, l.rate_rial as agreed_rial,
      (select c.deductions from contracts c where c.province_id = ${provinceId}
        and c.cover_id = e.cover_id and c.state = 'in_force' and c.from_on <= m.due_on
        order by c.version desc limit 1) as agreed
    from pay_entries e
    join pay_months m on m.province_id = ${provinceId} and m.cover_id = e.cover_id and m.month = e.month
    left join goods_received g on g.province_id = ${provinceId} and g.step_id = e.step_id
    left join work_products p on p.province_id = ${provinceId} and p.id = g.product_id
    left join contract_lines l on l.province_id = ${provinceId} and l.contract_id = g.contract_id
      and l.product_id = g.product_id
    where e.province_id = ${provinceId} and e.cover_id = ${coverId}::uuid and e.month = ${month}
    order by e.happened_on, e.recorded_at, e.step_id`.execute(tx);
  return rows;
}

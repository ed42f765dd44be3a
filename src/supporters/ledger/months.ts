import { sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { isWithinLimit } from '../pay-rules.ts';

/** What a month's statement is made of. */
export type PayKind = 'earned' | 'deducted' | 'paid';

/** One line of a month's statement, of the step that it was recorded with. */
export type PayEntry = {
  readonly stepId: string;
  readonly coverId: string;
  readonly month: number;
  readonly kind: PayKind;
  readonly sign: 1 | -1;
  readonly amountRial: bigint;
  readonly label: string;
  readonly happenedOn: string;
};

/** A month to be opened, with what the contract of its days says. */
export type NewMonth = {
  readonly coverId: string;
  readonly caseId: string;
  readonly month: number;
  readonly dueOn: string;
  readonly limitBp: number;
};

type Key = { readonly coverId: string; readonly month: number };

/** Under which key a person's month is known. */
export const monthKeyOf = ({ coverId, month }: Key): string => `${coverId} ${month}`;

/** Opens the months that are not there yet. */
export async function openMonths(
  tx: Tx,
  provinceId: number,
  months: readonly NewMonth[],
): Promise<void> {
  if (months.length === 0) return;
  const of = <T>(pick: (one: NewMonth) => T) => months.map(pick);
  await sql`
    insert into pay_months (province_id, cover_id, month, case_id, due_on, deduction_limit_bp)
    select ${provinceId}::integer, i.*
    from unnest(${of((m) => m.coverId)}::uuid[], ${of((m) => m.month)}::integer[],
      ${of((m) => m.caseId)}::uuid[], ${of((m) => m.dueOn)}::date[],
      ${of((m) => m.limitBp)}::integer[]) as i
    on conflict (province_id, cover_id, month) do nothing`.execute(tx);
}

/**
 * Writes lines of statements and moves the sums of their months. The caller has locked the supporters.
 * @throws Problem `supporters.no_month` (404), `supporters.over_due` (422) when more is paid than is due,
 * `supporters.over_limit` (422) when the deductions pass their share
 */
export async function postPay(tx: Tx, act: Act, entries: readonly PayEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await judgeSums(tx, act.provinceId, entries);
  const of = <T>(pick: (one: PayEntry) => T) => entries.map(pick);
  await sql`
    insert into pay_entries (province_id, step_id, cover_id, month, kind, sign, amount_rial, label,
      happened_on, recorded_at)
    select ${act.provinceId}::integer, i.*, ${act.now}::timestamptz
    from unnest(${of((e) => e.stepId)}::uuid[], ${of((e) => e.coverId)}::uuid[],
      ${of((e) => e.month)}::integer[], ${of((e) => e.kind)}::text[], ${of((e) => e.sign)}::smallint[],
      ${of((e) => e.amountRial.toString())}::bigint[], ${of((e) => e.label)}::text[],
      ${of((e) => e.happenedOn)}::date[]) as i`.execute(tx);
  const sum = (kind: PayKind) =>
    sql`coalesce(sum(i.amount) filter (where i.kind = ${kind}), 0)::bigint`;
  await sql`
    update pay_months m set earned_rial = m.earned_rial + d.earned,
      deducted_rial = m.deducted_rial + d.deducted, paid_rial = m.paid_rial + d.paid
    from (
      select i.cover_id, i.month, ${sum('earned')} as earned, ${sum('deducted')} as deducted,
        ${sum('paid')} as paid
      from unnest(${of((e) => e.coverId)}::uuid[], ${of((e) => e.month)}::integer[],
        ${of((e) => e.kind)}::text[],
        ${of((e) => (BigInt(e.sign) * e.amountRial).toString())}::bigint[])
        as i(cover_id, month, kind, amount)
      group by i.cover_id, i.month
    ) d
    where m.province_id = ${act.provinceId} and m.cover_id = d.cover_id
      and m.month = d.month`.execute(tx);
}

/** Judges the sums as the entries will leave them, so that a person reads a reason and no constraint. */
async function judgeSums(tx: Tx, provinceId: number, entries: readonly PayEntry[]): Promise<void> {
  const keys = [...new Map(entries.map((entry) => [monthKeyOf(entry), entry])).values()];
  const { rows } = await sql<Standing>`
    select m.cover_id as "coverId", m.month, m.earned_rial as earned, m.deducted_rial as deducted,
      m.paid_rial as paid, m.deduction_limit_bp as "limitBp"
    from pay_months m
    join unnest(${keys.map((k) => k.coverId)}::uuid[], ${keys.map((k) => k.month)}::integer[])
      as i(cover_id, month) on i.cover_id = m.cover_id and i.month = m.month
    where m.province_id = ${provinceId}`.execute(tx);
  const standing = new Map(rows.map((row) => [monthKeyOf(row), { ...row }]));
  for (const entry of entries) {
    const month = standing.get(monthKeyOf(entry));
    if (!month) throw new Problem('supporters.no_month', { month: entry.month });
    month[entry.kind] += BigInt(entry.sign) * entry.amountRial;
  }
  for (const month of standing.values()) checkSums(month);
}

type Standing = Key & { earned: bigint; deducted: bigint; paid: bigint; limitBp: number };

function checkSums({ earned, deducted, paid, limitBp }: Standing): void {
  if (!isWithinLimit(deducted, earned, limitBp)) {
    const limitRial = (earned * BigInt(limitBp)) / 10_000n;
    const given = { givenRial: deducted.toString(), recordRial: limitRial.toString() };
    throw new Problem('supporters.over_limit', given);
  }
  if (paid > earned - deducted) {
    const given = { givenRial: paid.toString(), recordRial: (earned - deducted).toString() };
    throw new Problem('supporters.over_due', given);
  }
}

import { sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { type CheckResult, type Difference, differencesShown } from '../../platform/checks.ts';
import type { Tx } from '../../platform/database.ts';
import { type ToldLoan, walkLoans } from '../loans/queries.ts';
import { closeOf } from './close.ts';
import { staleCloses } from './close-queries.ts';

/** How many closed days are reckoned again, the newest first. */
const daysChecked = 31;
const batch = 2_000;

type Kept = Record<
  'principal_rial' | 'fee_rial' | 'due_rial' | 'overdue_rial' | 'others_coming_rial',
  bigint
> & {
  plan_id: string;
  days_past_due: number;
};

/** Recomputes the newest closed days from the record; what a later close will make anew is left out. */
export async function recomputeCloses(tx: Tx, provinceId: number): Promise<CheckResult> {
  const stale = await staleCloses(tx, provinceId);
  const runs = await tx
    .selectFrom('close_runs')
    .select('closed_on')
    .where('province_id', '=', provinceId)
    .where('finished_at', 'is not', null)
    .orderBy('closed_on', 'desc')
    .limit(daysChecked)
    .execute();
  let checked = 0;
  const differences: Difference[] = [];
  for (const { closed_on: day } of runs) {
    const left = new Set(stale.get(day));
    for await (const loans of walkLoans(tx, provinceId, day, batch)) {
      differences.push(...(await differencesOf(tx, provinceId, day, loans, left)));
      checked += loans.size;
    }
    if (left.size === 0) differences.push(...(await bankDifferences(tx, provinceId, day)));
  }
  return { checked, differences: differences.slice(0, differencesShown) };
}

async function differencesOf(
  tx: Tx,
  provinceId: number,
  day: string,
  loans: ReadonlyMap<string, ToldLoan>,
  left: ReadonlySet<string>,
): Promise<Difference[]> {
  const ids = [...loans.keys()];
  const { rows } = await sql<Kept>`
    select plan_id, principal_rial, fee_rial, due_rial, overdue_rial, days_past_due,
      others_coming_rial
    from loan_closes where province_id = ${provinceId} and closed_on = ${day}::date
      and plan_id = any(${ids}::uuid[])`.execute(tx);
  const kept = new Map(
    rows.map((row) => [
      row.plan_id,
      [
        ...[row.principal_rial, row.fee_rial, row.due_rial, row.overdue_rial, row.days_past_due],
        row.others_coming_rial,
      ].join(' '),
    ]),
  );
  const differences: Difference[] = [];
  for (const loan of loans.values()) {
    if (left.has(loan.planId)) continue;
    const close = closeOf(loan, day);
    const shouldBe = close
      ? [
          ...[close.principal, close.fee, close.due, close.overdue, close.daysPastDue],
          close.othersComing,
        ].join(' ')
      : '';
    const is = kept.get(loan.planId) ?? '';
    const what = `${encodeCode(provinceId, loan.caseId)} ${day}`;
    if (is !== shouldBe) differences.push({ what, kept: is, recomputed: shouldBe });
  }
  return differences;
}

/** A bank's sums on a day against the closes of its loans. */
async function bankDifferences(tx: Tx, provinceId: number, day: string): Promise<Difference[]> {
  const { rows } = await sql<{ bank_id: string; kept: string; recomputed: string }>`
    select bank_id, max(kept) as kept, max(recomputed) as recomputed
    from (
      select bank_id, concat_ws(' ', loans, principal_rial, due_rial, overdue_rial,
          others_coming_rial) as kept,
        '' as recomputed from bank_closes
      where province_id = ${provinceId} and closed_on = ${day}::date
        and loans + others_coming_rial > 0
      union all
      select bank_id, '', concat_ws(' ',
        count(*) filter (where principal_rial + fee_rial > 0), sum(principal_rial), sum(due_rial),
        sum(overdue_rial), sum(others_coming_rial)) from loan_closes
      where province_id = ${provinceId} and closed_on = ${day}::date group by bank_id
    ) as both_ways group by bank_id having max(kept) <> max(recomputed)`.execute(tx);
  return rows.map(({ bank_id, kept, recomputed }) => ({
    what: `${bank_id} ${day}`,
    kept,
    recomputed,
  }));
}

import { sql } from 'kysely';
import { addDays, type IsoDate } from '../../kit/jalali.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import { type Act, recordSteps, type Step } from '../../platform/history.ts';
import { toStoredRow } from '../../platform/history-row.ts';
import { reversalOf } from '../../platform/standing.ts';
import { supporterCounts } from '../counts.ts';
import { monthDays, worth } from '../pay-rules.ts';
import type { Unit } from '../quantity-rules.ts';
import type { MonthVerb } from '../rules.ts';
import { type CoverRow, entryStep, getCovers, lockSupporters, type SupporterRow } from './lock.ts';
import { monthKeyOf } from './months.ts';

type Key = { readonly coverId: string; readonly month: number };

type Month = Key & {
  readonly caseId: string;
  readonly dueOn: string;
  readonly earned: bigint;
  readonly deducted: bigint;
  readonly paidByDue: bigint;
  readonly promised: bigint;
  readonly stated: Readonly<Record<MonthVerb, bigint>>;
  readonly steps: Readonly<Record<MonthVerb, string | null>>;
};

/**
 * States months that are over in the record: what was promised, what is owed, and what was unpaid when it
 * had to be paid. An entry that comes late takes the statement back and states it anew, so that every
 * figure is the ledger's to the rial. Months that are not over, or stated rightly, are left alone.
 */
export async function stateMonths(tx: Tx, act: Act, keys: readonly Key[]): Promise<void> {
  const over = keys.filter(({ month }) => monthDays(month).to < act.today);
  if (over.length === 0) return;
  const months = await monthsOf(tx, act.provinceId, over);
  const covers = await getCovers(tx, act.provinceId, [...new Set(over.map((k) => k.coverId))]);
  const cases = [...new Set(months.map(({ caseId }) => caseId))];
  const supporters = await lockSupporters(tx, act.provinceId, cases);
  const changed = months.map((month) => changesOf(act, month)).filter((one) => one.length > 0);
  if (changed.length === 0) return;
  const stale = changed.flat().flatMap(({ month, verb }) => month.steps[verb] ?? []);
  const fresh = changed.flat().filter(({ amount }) => amount > 0n);
  await takeBackSteps(tx, act, stale);
  const steps = fresh.map((one) => statedStep(supporters, covers, one));
  await recordSteps(tx, act, supporterCounts, steps);
  await saveStated(tx, act.provinceId, changed.flat());
}

type Change = {
  readonly id: string;
  readonly month: Month;
  readonly verb: MonthVerb;
  readonly amount: bigint;
  readonly happenedOn: string;
};

function changesOf(act: Act, month: Month): Change[] {
  const { to } = monthDays(month.month);
  const owed = month.earned - month.deducted;
  const isDue = month.dueOn < act.today;
  const expected: readonly (readonly [MonthVerb, bigint, string])[] = [
    ['supporters.promise', month.promised, to],
    ['supporters.owe', owed, to],
    ['supporters.late', isDue ? owed - month.paidByDue : 0n, addDays(month.dueOn as IsoDate, 1)],
  ];
  return expected
    .filter(([verb, amount]) => month.stated[verb] !== amount)
    .map(([verb, amount, happenedOn]) => {
      return { id: uuid7(act.now.getTime()), month, verb, amount, happenedOn };
    });
}

function statedStep(
  supporters: ReadonlyMap<string, SupporterRow>,
  covers: ReadonlyMap<string, CoverRow>,
  { id, month, verb, amount, happenedOn }: Change,
): Step {
  const supporter = supporters.get(month.caseId) as SupporterRow;
  const cover = covers.get(month.coverId) as CoverRow;
  const facts = { month: month.month };
  return entryStep(supporter, cover, { id, verb, happenedOn, rial: amount, facts });
}

async function takeBackSteps(tx: Tx, act: Act, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx
    .selectFrom('history')
    .selectAll()
    .where('province_id', '=', act.provinceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  const steps = rows.map((row) => ({ ...reversalOf(toStoredRow(row), ''), reason: null }));
  await recordSteps(tx, act, supporterCounts, steps);
}

const columns: Readonly<Record<MonthVerb, readonly [string, string]>> = {
  'supporters.promise': ['stated_promised_rial', 'promised_step_id'],
  'supporters.owe': ['stated_due_rial', 'due_step_id'],
  'supporters.late': ['stated_late_rial', 'late_step_id'],
};

async function saveStated(tx: Tx, provinceId: number, changes: readonly Change[]): Promise<void> {
  for (const [verb, group] of Map.groupBy(changes, (one) => one.verb)) {
    const [amount, step] = columns[verb].map((name) => sql.ref(name));
    await sql`
      update pay_months m set ${amount} = i.amount, ${step} = i.step_id
      from unnest(${group.map((c) => c.month.coverId)}::uuid[],
        ${group.map((c) => c.month.month)}::integer[],
        ${group.map((c) => c.amount.toString())}::bigint[],
        ${group.map((c) => (c.amount > 0n ? c.id : null))}::uuid[])
        as i(cover_id, month, amount, step_id)
      where m.province_id = ${provinceId} and m.cover_id = i.cover_id
        and m.month = i.month`.execute(tx);
  }
}

async function monthsOf(tx: Tx, provinceId: number, keys: readonly Key[]): Promise<Month[]> {
  const { rows } = await sql<RawMonth>`
    select m.cover_id, m.month, m.case_id, m.due_on, m.earned_rial, m.deducted_rial,
      m.stated_promised_rial, m.stated_due_rial, m.stated_late_rial,
      m.promised_step_id, m.due_step_id, m.late_step_id,
      coalesce((select sum(e.sign * e.amount_rial) from pay_entries e
        where e.province_id = ${provinceId} and e.cover_id = m.cover_id and e.month = m.month
          and e.kind = 'paid' and e.happened_on <= m.due_on), 0)::bigint as paid_by_due
    from pay_months m
    join (select distinct i.* from unnest(${keys.map((k) => k.coverId)}::uuid[],
      ${keys.map((k) => k.month)}::integer[]) as i(cover_id, month)) i
      on i.cover_id = m.cover_id and i.month = m.month
    where m.province_id = ${provinceId} order by m.cover_id, m.month`.execute(tx);
  const promised = await promisesOf(tx, provinceId, keys);
  return rows.map((row) => toMonth(row, promised));
}

type RawMonth = {
  cover_id: string;
  month: number;
  case_id: string;
  due_on: string;
  earned_rial: bigint;
  deducted_rial: bigint;
  stated_promised_rial: bigint;
  stated_due_rial: bigint;
  stated_late_rial: bigint;
  promised_step_id: string | null;
  due_step_id: string | null;
  late_step_id: string | null;
  paid_by_due: bigint;
};

function toMonth(row: RawMonth, promised: ReadonlyMap<string, bigint>): Month {
  const key = { coverId: row.cover_id, month: row.month };
  return {
    ...{ ...key, caseId: row.case_id, dueOn: String(row.due_on), paidByDue: row.paid_by_due },
    ...{ earned: row.earned_rial, deducted: row.deducted_rial },
    promised: promised.get(monthKeyOf(key)) ?? 0n,
    stated: {
      'supporters.promise': row.stated_promised_rial,
      'supporters.owe': row.stated_due_rial,
      'supporters.late': row.stated_late_rial,
    },
    steps: {
      'supporters.promise': row.promised_step_id,
      'supporters.owe': row.due_step_id,
      'supporters.late': row.late_step_id,
    },
  };
}

/** What was promised for each month at the agreed rates: by the contract in force from its first day on. */
async function promisesOf(
  tx: Tx,
  provinceId: number,
  keys: readonly Key[],
): Promise<Map<string, bigint>> {
  const days = keys.map(({ month }) => monthDays(month));
  const { rows } = await sql<Key & { promised: bigint; rate: bigint; unit: string }>`
    select k.cover_id as "coverId", k.month, l.promised_grains as promised, l.rate_rial as rate, p.unit
    from (select distinct i.* from unnest(${keys.map((k) => k.coverId)}::uuid[],
      ${keys.map((k) => k.month)}::integer[], ${days.map((d) => d.from)}::date[],
      ${days.map((d) => d.to)}::date[]) as i(cover_id, month, first_day, last_day)) k
    join covers v on v.province_id = ${provinceId} and v.id = k.cover_id
      and not (v.state in ('moved', 'ended') and v.state_since <= k.last_day)
    join contracts c on c.province_id = ${provinceId} and c.cover_id = k.cover_id
      and c.state = 'in_force' and c.from_on <= k.first_day
    join contract_lines l on l.province_id = ${provinceId} and l.contract_id = c.id
    join work_products p on p.province_id = ${provinceId} and p.id = l.product_id
    where not exists (select 1 from contracts d where d.province_id = ${provinceId}
      and d.cover_id = k.cover_id and d.state = 'in_force' and d.from_on <= k.first_day
      and d.version > c.version)`.execute(tx);
  const sums = new Map<string, bigint>();
  for (const row of rows) {
    const value = worth(row.promised, row.unit as Unit, row.rate);
    sums.set(monthKeyOf(row), (sums.get(monthKeyOf(row)) ?? 0n) + value);
  }
  return sums;
}

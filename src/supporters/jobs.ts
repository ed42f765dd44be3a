import { sql } from 'kysely';
import { Type } from 'typebox';
import { eachProvince } from '../accounts/index.ts';
import { addDays, addJalaliMonths, type IsoDate, isoToday } from '../kit/jalali.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import type { Act } from '../platform/history.ts';
import { type JobHandlers, jobHandler } from '../platform/jobs.ts';
import { provinceContext } from '../platform/policy.ts';
import { openMonths } from './ledger/months.ts';
import { stateMonths } from './ledger/state-months.ts';
import { dueDay, monthDays, monthOf } from './pay-rules.ts';

/** The job that lets go of a table which was read: what it said is in the ledger. */
export const dropTableJob = 'supporters.dropTable';
const DropPayload = Type.Object({ key: Type.String() });

/** Background work: supporters' months, daily, which run again change nothing; and tables that were read. */
export const supporterJobs = (files: Files): JobHandlers => ({
  [dropTableJob]: jobHandler(DropPayload, ({ key }) => files.delete(key)),
  'supporters.closeMonths': async (_payload, { database, clock }) => {
    const now = clock.now();
    const today = isoToday(now.getTime(), clock.zone);
    await eachProvince(database, async (provinceId) => {
      const opId = uuid7(now.getTime());
      const act = { provinceId, actorId: null, organisationId: null, now, today, opId };
      await database.transaction(provinceContext(provinceId), (tx) => closeMonths(tx, act));
    });
  },
});

/**
 * Opens the months that a contract promises something for, and states every month that is over and not
 * stated as the ledger has it. @returns how many months were looked at
 */
export async function closeMonths(tx: Tx, act: Act): Promise<number> {
  await openPromised(tx, act);
  const { rows } = await sql<{ coverId: string; month: number }>`
    select cover_id as "coverId", month from pay_months
    where province_id = ${act.provinceId} and month < ${monthOf(act.today)}
      and (promised_step_id is null or due_step_id is null
        or (due_on < ${act.today}::date and late_step_id is null
          and paid_rial < earned_rial - deducted_rial))`.execute(tx);
  await stateMonths(tx, act, rows);
  return rows.length;
}

/** A month for every covered person and whole month of a contract in force, up to the last that is over. */
async function openPromised(tx: Tx, act: Act): Promise<void> {
  const { rows } = await sql<{
    coverId: string;
    caseId: string;
    fromOn: string;
    payWithinDays: number;
    limitBp: number;
    newest: number | null;
  }>`
    select c.cover_id as "coverId", c.case_id as "caseId", c.from_on as "fromOn",
      c.pay_within_days as "payWithinDays", c.deduction_limit_bp as "limitBp",
      (select max(m.month) from pay_months m where m.province_id = ${act.provinceId}
        and m.cover_id = c.cover_id and m.promised_step_id is not null) as newest
    from contracts c
    join covers v on v.province_id = ${act.provinceId} and v.id = c.cover_id
      and v.state in ('covered', 'seeking')
    where c.province_id = ${act.provinceId} and c.state = 'in_force'`.execute(tx);
  const months = rows.flatMap(({ fromOn, newest, payWithinDays, ...row }) =>
    wholeMonths(fromOn, newest, act.today).map((month) => {
      return { ...row, month, dueOn: dueDay(month, payWithinDays) };
    }),
  );
  await openMonths(tx, act.provinceId, months);
}

/** The months after `newest` of which a contract from a day on holds for the whole, that are over. */
function wholeMonths(fromOn: string, newest: number | null, today: string): number[] {
  const first = monthDays(monthOf(fromOn)).from;
  const months: number[] = [];
  let day = first === fromOn ? first : nextMonth(first);
  if (newest !== null && monthDays(newest).from >= day) day = nextMonth(monthDays(newest).from);
  for (; addDays(nextMonth(day), -1) < today; day = nextMonth(day)) months.push(monthOf(day));
  return months;
}

const nextMonth = (first: IsoDate): IsoDate => addJalaliMonths(first, 1);

import { sql } from 'kysely';
import { holdsOn, type Reference, settingOn } from '../../accounts/index.ts';
import type { Tx } from '../../platform/database.ts';
import { findPaymentsHeld } from '../known-plans.ts';
import { barsOf } from './bars.ts';
import type { Exclusions } from './rules.ts';

/** The exclusions in force for a province on a day (ISO). */
export function exclusionsOn(reference: Reference, provinceId: number, day: string): Exclusions {
  const setting = (name: string) => settingOn(reference, `financing.${name}`, provinceId, day);
  const list = (name: string) =>
    setting(name)
      .split(' ')
      .filter((one) => one !== 'none');
  return {
    barredOccupations: list('barred_occupations'),
    likeLoanBodies: list('like_loan_bodies'),
    insuredBarred: setting('insured_barred') === 'true',
    publicBarred: setting('government_staff_barred') === 'true',
    secondLoanWaitMonths: Number(setting('second_loan_wait')),
  };
}

/** The committees that have to approve a case on a day (ISO) before it is referred. */
export function committeesOn(reference: Reference, provinceId: number, day: string): string[] {
  const value = settingOn(reference, 'financing.committees_required', provinceId, day);
  return value.split(' ').filter((one) => one !== 'none');
}

/** Whether a bank is an agent of the programme in a province on a day. */
export function isAgentBank(
  { provinceBanks }: Reference,
  provinceId: number,
  bankId: string,
  day: string,
): boolean {
  return provinceBanks.some(
    (row) => row.province_id === provinceId && row.bank_id === bankId && holdsOn(row, day),
  );
}

/** The loans of some people: whose is open anywhere in the country, and the first payment of each here. */
export type LoansHeld = {
  /** By national ID. */
  readonly open: ReadonlySet<string>;
  /** By person. */
  readonly earlier: ReadonlyMap<string, { paidOn: string; bankId: string }>;
  /** Until when a person is barred. */
  readonly barred: ReadonlyMap<string, string>;
};

/** Looks up {@link LoansHeld}. */
export async function loansOf(
  tx: Tx,
  provinceId: number,
  people: readonly { personId: string; nationalId: string }[],
): Promise<LoansHeld> {
  const nationalIds = people.map(({ nationalId }) => nationalId);
  const { loans } = await findPaymentsHeld(tx, provinceId, { nationalIds, payments: [] });
  const ids = people.map(({ personId }) => personId);
  const { rows } = await sql<{ person_id: string; bank_id: string; paid_on: string }>`
    select distinct on (p.person_id) p.person_id, p.bank_id, t.paid_on
    from plans p
    join tranches t on t.province_id = ${provinceId} and t.plan_id = p.id and t.taken_back_at is null
    where p.province_id = ${provinceId} and p.person_id = any(${ids}::uuid[])
    order by p.person_id, t.paid_on`.execute(tx);
  return {
    barred: await barsOf(tx, provinceId, ids),
    open: new Set(loans.keys()),
    earlier: new Map(
      rows.map((row) => [row.person_id, { paidOn: row.paid_on, bankId: row.bank_id }]),
    ),
  };
}

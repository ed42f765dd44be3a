import { type Reference, settingOn } from '../accounts/index.ts';
import { addDays, type IsoDate } from '../kit/jalali.ts';

const read = (reference: Reference, key: string, provinceId: number, day: string) =>
  settingOn(reference, `employment.${key}`, provinceId, day);

/** Whom a day's rules count, and for how many months nobody is counted twice. */
export function countRuleOn(reference: Reference, provinceId: number, day: string) {
  return {
    relations: read(reference, 'counted_relations', provinceId, day).split(' '),
    months: Number(read(reference, 'count_period', provinceId, day)),
  };
}

/** How many months a job has to live to be confirmed alive. */
export const aliveAfterOn = (reference: Reference, provinceId: number, day: string): number =>
  Number(read(reference, 'alive_after', provinceId, day));

/** How many of ten thousand verified jobs are looked at again. */
export const recheckShareOn = (reference: Reference, provinceId: number, day: string): number =>
  Number(read(reference, 'recheck_share', provinceId, day));

/** What own-account insurance can cover, one more each. */
const covers = ['old_age', 'old_age_and_death', 'old_age_death_and_disability'] as const;

/** The rates of own-account insurance that one can choose from, and what the state adds; basis points. */
export function insuranceRatesOn(reference: Reference, provinceId: number, day: string) {
  return {
    rates: covers.map((one) => Number(read(reference, `insurance_${one}`, provinceId, day))),
    state: Number(read(reference, 'insurance_state_share', provinceId, day)),
  };
}

/** The last day of payment (ISO) of which somebody is reminded on a day. */
export function remindedUntil(reference: Reference, provinceId: number, today: string): string {
  return addDays(
    today as IsoDate,
    Number(read(reference, 'insurance_reminder', provinceId, today)),
  );
}

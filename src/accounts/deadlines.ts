import {
  endOfLimit,
  friday,
  holidayRule,
  type IsHoliday,
  type Limit,
  thursday,
} from '../kit/working-days.ts';
import { type Reference, settingRowOn } from './reference.ts';

const days = new WeakMap<Reference, ReadonlySet<string>>();

/** Which days are of rest in a province in the year around `day`: the named ones, Fridays, and Thursdays where closed. */
export function holidaysOf(reference: Reference, provinceId: number, day: string): IsHoliday {
  let named = days.get(reference);
  if (!named) {
    named = new Set(reference.holidays.map((row) => String(row.holiday_on)));
    days.set(reference, named);
  }
  const closed = settingRowOn(reference, 'accounts.thursday_closed', provinceId, day).value;
  return holidayRule(named, closed === 'true' ? [thursday, friday] : [friday]);
}

/** A limit by the setting in force on a day (ISO), in the unit that the setting says. */
export function limitOn(reference: Reference, key: string, provinceId: number, day: string): Limit {
  const { value, unit } = settingRowOn(reference, key, provinceId, day);
  if (unit !== 'days' && unit !== 'working_days') throw new Error(`${key} is not a limit in days`);
  return { value: Number(value), unit };
}

/** The last day (ISO) of a wait that began on a day, by the limit of a setting; null where none is named. */
export function dueBy(
  reference: Reference,
  provinceId: number,
  key: string | null,
  since: string,
): string | null {
  if (key === null) return null;
  const limit = limitOn(reference, key, provinceId, since);
  return endOfLimit(since, limit, holidaysOf(reference, provinceId, since));
}

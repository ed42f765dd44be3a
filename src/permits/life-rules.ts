import { addDays, type IsoDate } from '../kit/jalali.ts';
import { Problem } from '../kit/problem.ts';
import { validUntil } from './rules.ts';

/**
 * A renewal can be asked for from the notice on: some days before the end, and any day after it.
 * @throws Problem `permits.too_early_to_renew` (422)
 */
export function checkRenewalWindow(validUntil: string, noticeDays: string, today: string): void {
  const from = renewableFrom(validUntil, noticeDays);
  if (today < from) throw new Problem('permits.too_early_to_renew', { from });
}

/** The first day on which a permit's renewal can be asked for, ISO. */
export function renewableFrom(validUntil: string, noticeDays: string): string {
  return addDays(validUntil as IsoDate, -Number(noticeDays));
}

/**
 * The last day of a renewed permit, ISO: no day is lost by asking early, and none is given for the time
 * between the end and the renewal.
 */
export function renewedUntil(before: string, renewedOn: string, validityMonths: number): string {
  const start = before < renewedOn ? renewedOn : addDays(before as IsoDate, 1);
  return validUntil(start, validityMonths);
}

/** An occupation as far as a change to it is judged. */
export type ChangeableOccupation = {
  readonly agency_id: string;
  readonly clearance_ids: readonly string[] | null;
};

/**
 * A permit passes to another occupation of the same agency, if that needs no clearance which the present
 * one had not; anything else is a new application.
 * @throws Problem `permits.needs_new_application` (422)
 */
export function checkOccupationChange(
  before: ChangeableOccupation,
  after: ChangeableOccupation,
): void {
  const cleared = new Set(before.clearance_ids ?? []);
  const fresh = (after.clearance_ids ?? []).some((body) => !cleared.has(body));
  if (before.agency_id !== after.agency_id || fresh) {
    throw new Problem('permits.needs_new_application');
  }
}

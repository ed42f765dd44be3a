import { checkPermitNumber } from '../kit/identifiers.ts';
import {
  type DayRange,
  type IsoDate,
  isoToJalali,
  jalaliSeasonRange,
  jalaliYearRange,
  seasonOf,
} from '../kit/jalali.ts';
import { normaliseText, toAsciiDigits } from '../kit/persian-text.ts';

export type PermitStatus = 'valid' | 'expired' | 'suspended' | 'revoked' | 'ended';

/**
 * What a permit is worth on a day; its last day is a valid one. `status` is that of its last version: what
 * somebody decided stands whatever the day, and the end comes whether or not it has been recorded yet.
 */
export function permitStatus(
  permit: { readonly validUntil: string; readonly status: string },
  today: string,
): PermitStatus {
  const { status, validUntil } = permit;
  if (status === 'suspended' || status === 'revoked' || status === 'ended') return status;
  return validUntil < today ? 'expired' : 'valid';
}

/** How a permit came to be, as its paper and its public page mark it. */
export type PermitBasis = 'signatures' | 'register' | 'silence' | 'automatic' | 'provisional';

const bases = {
  'permits.enter': 'register',
  'permits.grantBySilence': 'silence',
  'permits.grantAutomatically': 'automatic',
  'permits.grantProvisionally': 'provisional',
} as const satisfies Readonly<Record<string, PermitBasis>>;
export type BasisVerb = string;

/** The mark of a permit by the verbs that approved it; a confirmation makes a provisional one whole. */
export function basisOf(verbs: readonly BasisVerb[]): PermitBasis {
  const found = verbs.map((verb) => bases[verb as keyof typeof bases]).find((one) => one);
  if (found === 'provisional' && verbs.includes('permits.confirm')) return 'signatures';
  return found ?? 'signatures';
}

/** How many numbers may be checked at once. */
export const mostNumbers = 50_000;

/** Twice what any register writes; what is longer is not looked for. */
const longest = 60;

/**
 * The forms in which a number that somebody typed may stand in the record, likeliest first: one of
 * ours without the spaces and hyphens people put between digits, then an office's own as registers
 * write it (digits ASCII, letters upper case, nothing around separators). None for no number at all.
 */
export function numberForms(typed: string): string[] {
  const code = toAsciiDigits(normaliseText(typed))
    .toUpperCase()
    .replace(/\s*([/\-_.])\s*/g, '$1');
  const bare = code.replace(/[\s\u200c\-_.\u2010-\u2015]/g, '');
  // A spreadsheet takes a number for a quantity and drops the nought in front.
  const whole = /^\d{11}$/.test(bare) && checkPermitNumber(`0${bare}`).ok ? [`0${bare}`] : [];
  const forms = /^\d+$/.test(bare) ? [...whole, bare, code] : [code, bare];
  return [...new Set(forms)].filter((form) => form !== '' && form.length <= longest);
}

/** The one form for an address. */
export function numberPath(typed: string): string | undefined {
  const [form] = numberForms(typed);
  return form === undefined ? undefined : `/p/${encodeURIComponent(form)}`;
}

/** Provinces to look in, in order: the one that a number of ours names, then the home province. */
export function provincesOf(form: string, homeProvince: number): number[] {
  const ours = checkPermitNumber(form);
  return ours.ok ? [...new Set([ours.provinceId, homeProvince])] : [homeProvince];
}

/** Whether a number looks like one of ours that was copied wrongly: twelve digits that don't check. */
export function looksMistyped(typed: string): boolean {
  const checked = checkPermitNumber(numberForms(typed)[0] ?? '');
  return !checked.ok && checked.reason === 'check_digit';
}

export type PermitDay = { readonly day: IsoDate; readonly permits: number };

/**
 * The last day with a permit in the last season that holds at least one in a hundred of all permits:
 * a few stray ones long after (or someone trying the demonstration) do not move what a page opens with.
 */
export function lastBusyDay(days: readonly PermitDay[]): IsoDate | undefined {
  const total = days.reduce((sum, { permits }) => sum + permits, 0);
  const seasons = Map.groupBy(days, ({ day }) => seasonRange(day).from);
  let last: IsoDate | undefined;
  for (const season of seasons.values()) {
    const permits = season.reduce((sum, one) => sum + one.permits, 0);
    if (permits <= 0 || permits * 100 < total) continue;
    for (const { day } of season) if (last === undefined || day > last) last = day;
  }
  return last;
}

function seasonRange(day: IsoDate): DayRange {
  const { year, month } = isoToJalali(day);
  return jalaliSeasonRange(year, seasonOf(month));
}

/**
 * The period that a visitor sees first, the one in which the programme gives its accounts: from the
 * start of the fiscal year before the last busy day to the end of that day's season, or to today.
 */
export function openingPeriod(lastBusy: IsoDate | undefined, today: IsoDate): DayRange {
  const last = lastBusy !== undefined && lastBusy < today ? lastBusy : today;
  const { to } = seasonRange(last);
  const { from } = jalaliYearRange(isoToJalali(last).year - 1);
  return { from, to: to < today ? to : today };
}

/** Months for up to two years, seasons beyond: a table that a person still reads. */
export function timeCut({ from, to }: { from: string; to: string }): 'month' | 'season' {
  const [start, end] = [isoToJalali(from as IsoDate), isoToJalali(to as IsoDate)];
  const months = (end.year - start.year) * 12 + end.month - start.month + 1;
  return months <= 24 ? 'month' : 'season';
}

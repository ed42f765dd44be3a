/**
 * The Jalali (Iranian solar Hijri) calendar in our own integers.
 *
 * A year is leap by the 33-year cycle: 8 leap years in 33, year y being leap when (25y + 11) mod 33 < 8.
 * The law asks for the true spring equinox at Tehran's noon; the cycle gives the same years from 1206
 * to 1498, the whole of the official table of the Calendar Center of the University of Tehran
 * (calendar.ut.ac.ir, "Kabise Shamsi 1206–1498"), and ICU's tables agree up to 1501; 1502 is the first
 * year in which the two part. So years outside 1206…1501 are refused, not guessed. On the choice of
 * cycle: R. Pournader in unicode-org/icu4x#4713; the day formulas are those of ICU's persncal.cpp.
 */
import en from './en.ts';
import fa from './fa.ts';
import { type Locale, normaliseText, toAsciiDigits, toPersianDigits } from './persian-text.ts';

declare const isoDateBrand: unique symbol;

/** A day as ISO 8601 'YYYY-MM-DD' (Gregorian): how days are stored, compared and sent between parts. */
export type IsoDate = string & { readonly [isoDateBrand]: true };

/** A day in the Jalali calendar: month 1…12, day 1…31. */
export interface JalaliDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export type Season = 'spring' | 'summer' | 'autumn' | 'winter';

/** A span of days, both ends inside it. */
export interface DayRange {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** The years the arithmetic is known to be right for (see the head of this file). */
export const FIRST_JALALI_YEAR = 1206;
export const LAST_JALALI_YEAR = 1501;

const SEASONS: readonly Season[] = ['spring', 'summer', 'autumn', 'winter'];
const WORDS = { fa, en };
const MS_PER_DAY = 86_400_000;
const ISO = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
/** Day 0 of year 1 in days since 1970-01-01: ICU's epoch 1948320 less the Unix epoch, as Julian days. */
const PERSIAN_EPOCH = 1_948_320 - 2_440_588;
/** One kind of separator twice: slash, hyphen, dot, the Arabic date separator, or a space. */
const JALALI_TEXT = /^(\d{4})([/.\-\u060d ])(\d{1,2})\2(\d{1,2})$/;
const SPACED_SEPARATOR = / ?([/.\-\u060d]) ?/g;

/** True for a day that exists, written 'YYYY-MM-DD' in ASCII digits. */
export function isIsoDate(text: string): text is IsoDate {
  if (!ISO.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Takes 'YYYY-MM-DD' as a day; RangeError if there is no such day. */
export function isoDate(text: string): IsoDate {
  if (!isIsoDate(text)) throw new RangeError(`not an ISO date: ${text}`);
  return text;
}

/** 30 Esfand exists in a leap year. RangeError outside the supported years, as everywhere here. */
export function isJalaliLeap(year: number): boolean {
  requireYear(year);
  return (25 * year + 11) % 33 < 8;
}

/** Days in a Jalali month: six of 31, five of 30, and Esfand's 29 or 30. */
export function jalaliMonthLength(year: number, month: number): number {
  requireYear(year);
  if (!Number.isInteger(month) || month < 1 || month > 12) {
    throw new RangeError(`not a Jalali month: ${month}`);
  }
  if (month <= 6) return 31;
  return month < 12 || isJalaliLeap(year) ? 30 : 29;
}

/** The day with this Jalali date; RangeError if there is none. */
export function jalaliToIso(year: number, month: number, day: number): IsoDate {
  if (!Number.isInteger(day) || day < 1 || day > jalaliMonthLength(year, month)) {
    throw new RangeError(`not a Jalali date: ${year}/${month}/${day}`);
  }
  return isoOfDay(dayOfNewYear(year) + daysBeforeMonth(month) + day - 1);
}

/** The Jalali date of a day; RangeError outside the supported years. */
export function isoToJalali(iso: IsoDate): JalaliDate {
  const days = dayOf(iso) - PERSIAN_EPOCH;
  const year = 1 + Math.floor((33 * days + 3) / 12_053);
  requireYear(year);
  const dayOfYear = dayOf(iso) - dayOfNewYear(year);
  const month = 1 + Math.floor(dayOfYear < 186 ? dayOfYear / 31 : (dayOfYear - 6) / 30);
  return { year, month, day: 1 + dayOfYear - daysBeforeMonth(month) };
}

/**
 * Reads a Jalali date as people write it: 1400/01/15, 1400-1-15, 1400.1.15, with spaces, in any
 * digits. Year first, four digits. Undefined for anything else, and for a day that doesn't exist.
 */
export function parseJalali(text: string): IsoDate | undefined {
  const plain = toAsciiDigits(normaliseText(text)).replace(SPACED_SEPARATOR, '$1');
  const match = JALALI_TEXT.exec(plain);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[3]), Number(match[4])];
  if (year < FIRST_JALALI_YEAR || year > LAST_JALALI_YEAR || month < 1 || month > 12) {
    return undefined;
  }
  if (day < 1 || day > jalaliMonthLength(year, month)) return undefined;
  return jalaliToIso(year, month, day);
}

/** A day as a Jalali date for people: long names the month, short is figures only. */
export function formatJalali(iso: IsoDate, locale: Locale, style: 'long' | 'short'): string {
  const { year, month, day } = isoToJalali(iso);
  if (style === 'short') {
    const parts = [year, twoDigits(month), twoDigits(day)];
    return locale === 'fa' ? toPersianDigits(parts.join('/')) : parts.join('-');
  }
  const text = `${day} ${WORDS[locale].months[month - 1]} ${year}`;
  return locale === 'fa' ? toPersianDigits(text) : text;
}

/** The season of a Jalali month, 1…12: spring is months 1–3. */
export function seasonOf(month: number): Season {
  const season = SEASONS[Math.floor((month - 1) / 3)];
  if (!season || !Number.isInteger(month)) throw new RangeError(`not a Jalali month: ${month}`);
  return season;
}

/** The Jalali month a day falls in, as '1400-01'; sorts in time's order. */
export function monthKey(iso: IsoDate): string {
  const { year, month } = isoToJalali(iso);
  return `${year}-${twoDigits(month)}`;
}

/** The Jalali season a day falls in, as '1400-spring'. */
export function seasonKey(iso: IsoDate): string {
  const { year, month } = isoToJalali(iso);
  return `${year}-${seasonOf(month)}`;
}

/** The day n days later, or earlier when n is negative. */
export function addDays(iso: IsoDate, n: number): IsoDate {
  return isoOfDay(dayOf(iso) + n);
}

/** Days from a to b: positive when b is later. */
export function daysBetween(a: IsoDate, b: IsoDate): number {
  return dayOf(b) - dayOf(a);
}

/** The same day n Jalali months later (or earlier); a day the month lacks becomes its last. */
export function addJalaliMonths(iso: IsoDate, n: number): IsoDate {
  const { year, month, day } = isoToJalali(iso);
  const months = year * 12 + (month - 1) + n;
  const [toYear, toMonth] = [Math.floor(months / 12), 1 + (((months % 12) + 12) % 12)];
  return jalaliToIso(toYear, toMonth, Math.min(day, jalaliMonthLength(toYear, toMonth)));
}

/** The same day n Jalali years later (or earlier); 30 Esfand becomes 29 where there is none. */
export function addJalaliYears(iso: IsoDate, n: number): IsoDate {
  return addJalaliMonths(iso, 12 * n);
}

/** The day of the week, 0 for Saturday … 6 for Friday. */
export function weekday(iso: IsoDate): number {
  // 1970-01-01 was a Thursday.
  return (((dayOf(iso) + 5) % 7) + 7) % 7;
}

/** Zones lie on quarters of an hour, in milliseconds. */
const quarter = 15 * 60_000;
let lastAsked = { zone: '', quarter: Number.NaN, day: '' as IsoDate };

/** The day it is at an instant (milliseconds since 1970) in a time zone. */
export function isoToday(nowMs: number, zone = 'Asia/Tehran'): IsoDate {
  const at = Math.floor(nowMs / quarter);
  // Each request asks for the day of its own moment; no day ends within a quarter of an hour.
  if (lastAsked.quarter === at && lastAsked.zone === zone) return lastAsked.day;
  const day = dayAt(nowMs, zone);
  // Before 1972 a zone could be off by minutes.
  if (nowMs > 2 * 365 * MS_PER_DAY) lastAsked = { zone, quarter: at, day };
  return day;
}

function dayAt(nowMs: number, zone: string): IsoDate {
  const parts = zoneFormat(zone).formatToParts(nowMs);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return isoDate(`${part('year')}-${part('month')}-${part('day')}`);
}

/** The instant at which a day begins in a time zone, in milliseconds since 1970. */
export function dayStart(iso: IsoDate, zone = 'Asia/Tehran'): number {
  // The day begins on the first quarter of an hour that is in it.
  let at = Date.parse(`${iso}T00:00:00Z`) - 15 * 3_600_000;
  while (isoToday(at, zone) !== iso) at += quarter;
  return at;
}

/** First and last day of a Jalali year, which is also the fiscal year. */
export function jalaliYearRange(year: number): DayRange {
  return rangeOfMonths(year, 1, 12);
}

/** First and last day of a Jalali month. */
export function jalaliMonthRange(year: number, month: number): DayRange {
  return rangeOfMonths(year, month, month);
}

/** First and last day of a season in a Jalali year. */
export function jalaliSeasonRange(year: number, season: Season): DayRange {
  const first = 1 + 3 * SEASONS.indexOf(season);
  return rangeOfMonths(year, first, first + 2);
}

function rangeOfMonths(year: number, first: number, last: number): DayRange {
  return {
    from: jalaliToIso(year, first, 1),
    to: jalaliToIso(year, last, jalaliMonthLength(year, last)),
  };
}

function requireYear(year: number): void {
  if (!Number.isInteger(year) || year < FIRST_JALALI_YEAR || year > LAST_JALALI_YEAR) {
    throw new RangeError(`not a supported Jalali year: ${year}`);
  }
}

/** Making a format costs a hundred times what using it does, and a server sees one zone or two. */
const zoneFormats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(zone: string): Intl.DateTimeFormat {
  const known = zoneFormats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  zoneFormats.set(zone, made);
  return made;
}

/** 1 Farvardin in days since 1970-01-01. */
function dayOfNewYear(year: number): number {
  return PERSIAN_EPOCH + 365 * (year - 1) + Math.floor((8 * year + 21) / 33);
}

function daysBeforeMonth(month: number): number {
  return month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6;
}

function dayOf(iso: IsoDate): number {
  return Date.parse(iso) / MS_PER_DAY;
}

/** RangeError for a fraction of a day and outside the four-digit years that ISO dates are sorted in. */
function isoOfDay(day: number): IsoDate {
  const time = new Date(day * MS_PER_DAY);
  if (!Number.isInteger(day) || Number.isNaN(time.getTime())) {
    throw new RangeError(`not a number of days: ${day}`);
  }
  return isoDate(time.toISOString().slice(0, -'T00:00:00.000Z'.length));
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}

import en from '../../kit/en.ts';
import fa from '../../kit/fa.ts';
import { type IsoDate, isIsoDate, isoDate, jalaliToIso, parseJalali } from '../../kit/jalali.ts';
import { compactKey, normaliseText, toAsciiDigits } from '../../kit/persian-text.ts';
import type { CellValue } from '../../platform/spreadsheet/index.ts';
import { cellText } from './cell-text.ts';
import words from './words.json' with { type: 'json' };

export type DayProblem =
  | 'date_unreadable'
  | 'date_two_digit_year'
  | 'date_ambiguous'
  | 'date_impossible';

/** A day, or why the cell says none. */
export type DayRead = IsoDate | { readonly problem: DayProblem };

const FROM_YEAR = 1300;
const TO_YEAR = 1499;
const TIME_OF_DAY = /[ t]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?$/i;
const PARTS =
  /^(\d{1,4}) ?[/.\-\u060d\u2044\u066b\\_, ] ?(\d{1,2}) ?[/.\-\u060d\u2044\u066b\\_, ] ?(\d{1,4})$/;
const EIGHT_DIGITS = /^(1[34]\d\d)(\d\d)(\d\d)$/;
const NAMED = new RegExp(
  `^(\\d{1,2}) ?(\\p{L}[\\p{L}\u200c ]*?) ?(?:${words.month_word})? ?(?:${words.year_word})? ?(\\d{2,4})$`,
  'u',
);

const MONTHS = new Map<string, number>();
for (const months of [fa.months, en.months]) {
  months.forEach((name, index) => {
    MONTHS.set(compactKey(name), index + 1);
  });
}

/**
 * Reads a day from a cell: one of Excel's own dates; a Jalali date year first (1400/01/15,
 * ۱۴۰۰-۱-۱۵, 14000115), with the month's name (۱۵ فروردین ۱۴۰۰), or day first where the day cannot be a
 * month (15/01/1400); an ISO Gregorian date (2021-04-04). The centuries of the two calendars do not
 * meet, so neither is taken for the other. A time of day behind it is dropped.
 */
export function readDay(cell: CellValue): DayRead {
  if (typeof cell === 'object' && cell !== null && 'date' in cell) {
    return isIsoDate(cell.date) ? plausible(cell.date) : { problem: 'date_unreadable' };
  }
  if (typeof cell !== 'string' && typeof cell !== 'number') return { problem: 'date_unreadable' };
  const quick = typeof cell === 'string' ? parseJalali(cell) : undefined;
  if (quick) return quick;
  const text = toAsciiDigits(normaliseText(cellText(cell)))
    .replace(TIME_OF_DAY, '')
    .trim();
  const eight = EIGHT_DIGITS.exec(text);
  if (eight) return day(Number(eight[1]), Number(eight[2]), Number(eight[3]));
  const parts = PARTS.exec(text);
  if (parts) return fromParts(parts[1] ?? '', parts[2] ?? '', parts[3] ?? '');
  return fromNamedMonth(text);
}

/** Outside the Jalali years we can name, a date is a slip of the calendar or of the keyboard. */
function plausible(iso: IsoDate): DayRead {
  return iso >= '1921-03-21' && iso <= '2121-03-19' ? iso : { problem: 'date_unreadable' };
}

function fromParts(first: string, second: string, third: string): DayRead {
  if (first.length === 4 && third.length <= 2) {
    return day(Number(first), Number(second), Number(third));
  }
  if (first.length <= 2 && third.length === 4) {
    // 04/05/1400 may be read from either end; 15/05/1400 may not.
    const [a, b] = [Number(first), Number(second)];
    if (a <= 12 && b <= 12 && a !== b) return { problem: 'date_ambiguous' };
    return a > 12 ? day(Number(third), b, a) : day(Number(third), a, b);
  }
  const short = first.length <= 2 && third.length <= 2;
  return { problem: short ? 'date_two_digit_year' : 'date_unreadable' };
}

function fromNamedMonth(text: string): DayRead {
  const named = NAMED.exec(text);
  const month = MONTHS.get(compactKey(named?.[2] ?? ''));
  if (!named || month === undefined) return { problem: 'date_unreadable' };
  const year = named[3] ?? '';
  if (year.length !== 4) return { problem: 'date_two_digit_year' };
  return day(Number(year), month, Number(named[1]));
}

function day(year: number, month: number, dayOfMonth: number): DayRead {
  if (year >= 1900 && year <= 2121) return gregorian(year, month, dayOfMonth);
  if (year < FROM_YEAR || year > TO_YEAR) return { problem: 'date_unreadable' };
  try {
    return jalaliToIso(year, month, dayOfMonth);
  } catch {
    return { problem: 'date_impossible' };
  }
}

function gregorian(year: number, month: number, dayOfMonth: number): DayRead {
  const text = [year, month, dayOfMonth].map((part) => String(part).padStart(2, '0')).join('-');
  return isIsoDate(text) ? plausible(isoDate(text)) : { problem: 'date_impossible' };
}

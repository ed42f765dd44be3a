import { isoToJalali } from '../src/kit/jalali.ts';
import { toPersianDigits } from '../src/kit/persian-text.ts';
import type { WrittenCell } from '../src/platform/spreadsheet/index.ts';
import type { Day } from './case-story.ts';
import type { Random } from './random.ts';

/** Writes values into cells as hurried people do; the same stream makes the same slips. */
export interface Spelling {
  /** Text with, now and then, an Arabic keyboard's letters or without its ZWNJ. */
  text(value: string): string;
  /** One of the ways to say the same. */
  either(ways: readonly string[]): string;
  /** Digits as text: ASCII, or Persian. */
  digits(value: string): string;
  /** Digits that a spreadsheet may have taken for a number. */
  id(value: string): WrittenCell;
  /** A Jalali date in one of the usual forms, or a day in a cell that the spreadsheet dates itself. */
  date(day: Day): WrittenCell;
  /** A whole number, as a number or as text with separators. */
  amount(value: bigint): WrittenCell;
}

/** Persian yeh and keheh, and what an Arabic keyboard gives for them. */
const ARABIC_LETTERS: Readonly<Record<string, string>> = {
  '\u06cc': '\u064a',
  '\u06a9': '\u0643',
};
const ZWNJ = '\u200c';

function groups(digits: string, separator: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, separator);
}

function writeDate(random: Random, day: Day): WrittenCell {
  const { year, month, day: ofMonth } = isoToJalali(day);
  const two = (value: number) => String(value).padStart(2, '0');
  const usual = `${year}/${two(month)}/${two(ofMonth)}`;
  const draw = random.next();
  if (draw < 0.72) return usual;
  if (draw < 0.88) return toPersianDigits(usual);
  return draw < 0.97 ? `${year}-${month}-${ofMonth}` : { date: day };
}

function writeAmount(random: Random, value: bigint): WrittenCell {
  const draw = random.next();
  if (draw < 0.9) return value;
  const digits = value.toString();
  return draw < 0.95 ? toPersianDigits(groups(digits, '\u066c')) : groups(digits, ',');
}

/** A way of writing that answers the same for the same stream. */
export function makeSpelling(random: Random): Spelling {
  return {
    text: (value) => {
      const draw = random.next();
      if (draw < 0.07)
        return value.replaceAll(/[\u06cc\u06a9]/g, (letter) => ARABIC_LETTERS[letter] ?? letter);
      if (draw < 0.11) return value.replaceAll(ZWNJ, ' ');
      return draw < 0.13 ? `${value} ` : value;
    },
    either: (ways) => random.pick(ways),
    digits: (value) => (random.chance(0.1) ? toPersianDigits(value) : value),
    id: (value) => {
      const draw = random.next();
      if (draw < 0.12) return Number(value);
      return draw < 0.18 ? toPersianDigits(value) : value;
    },
    date: (day) => writeDate(random, day),
    amount: (value) => writeAmount(random, value),
  };
}

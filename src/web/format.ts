import { useMemo } from 'react';
import { formatJalali, isIsoDate, isoToday, parseJalali } from '../kit/jalali.ts';
import { toPersianDigits } from '../kit/persian-text.ts';
import { formatRial, formatToman, rial, roundDiv } from '../kit/rial.ts';
import { type Lang, useLang } from './locale.tsx';

/** A name in both languages, as the server sends it. */
export type Label = { readonly fa: string; readonly en: string };

/** The units an amount is shown in; the answer always carries whole rials. */
export type MoneyUnit = 'toman' | 'thousandToman' | 'millionToman' | 'billionToman';

const rialsIn: Record<MoneyUnit, bigint> = {
  toman: 10n,
  thousandToman: 10_000n,
  millionToman: 10_000_000n,
  billionToman: 10_000_000_000n,
};

/** The largest unit in which the amount has at least one whole. */
export function unitFor(rials: string): MoneyUnit {
  const size = BigInt(rials) < 0n ? -BigInt(rials) : BigInt(rials);
  if (size >= rialsIn.billionToman) return 'billionToman';
  if (size >= rialsIn.millionToman) return 'millionToman';
  return size >= rialsIn.thousandToman ? 'thousandToman' : 'toman';
}

function inUnit(rials: string, unit: MoneyUnit, places: number, lang: Lang): string {
  const scale = 10n ** BigInt(places);
  const scaled = roundDiv(BigInt(rials) * scale, rialsIn[unit]);
  const number = Number(scaled) / Number(scale);
  return new Intl.NumberFormat(lang, { maximumFractionDigits: places }).format(number);
}

/** Between the parts of a line of facts; in Persian the Arabic comma, U+060C. */
const comma: Record<Lang, string> = { fa: '\u060c ', en: ', ' };

/** Days and instants, in the Jalali calendar and Tehran's time. */
function timesOf(lang: Lang) {
  const clock = new Intl.DateTimeFormat(lang, {
    timeZone: 'Asia/Tehran',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const day = (iso: string, style: 'long' | 'short' = 'long'): string =>
    isIsoDate(iso) ? formatJalali(iso, lang, style) : iso;
  return {
    /** An ISO day as a Jalali date. */
    day,
    /** A Jalali day of a query or an answer (`1400-01-01`) as people read it. */
    jalali: (text: string, style: 'long' | 'short' = 'long'): string => {
      const iso = parseJalali(text);
      return iso ? day(iso, style) : text;
    },
    /** An instant as day and time. */
    instant: (text: string): { day: string; time: string } => {
      const date = new Date(text);
      return { day: day(isoToday(date.getTime()), 'short'), time: clock.format(date) };
    },
  };
}

/** Everything that turns a value into words and digits of one language. */
export function formatsOf(lang: Lang) {
  const whole = new Intl.NumberFormat(lang);
  const hundredths = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 });
  return {
    ...timesOf(lang),
    lang,
    collator: new Intl.Collator(lang, { numeric: true }),
    /** A name in this language. */
    label: (label: Label | null | undefined): string => label?.[lang] ?? '',
    /** Several facts on one line; empty ones are left out. */
    line: (...parts: readonly (string | null | undefined)[]): string =>
      parts.filter(Boolean).join(comma[lang]),
    /** A count with its thousands grouped. */
    count: (value: number): string => whole.format(value),
    /** To two decimals: a rate, an average. */
    decimal: (value: number): string => hundredths.format(value),
    percent: (share: number): string => percent.format(share),
    /** Digits only, not grouped: years, codes, ordinals. */
    digits: (text: string | number): string =>
      lang === 'fa' ? toPersianDigits(String(text)) : String(text),
    /** Rials as toman, exact, grouped. */
    toman: (rials: string): string => formatToman(rial(rials), lang),
    rial: (rials: string): string => formatRial(rial(rials), lang),
    /** Rials in a larger unit, rounded half away from zero to `places` decimals. */
    money: (rials: string, unit: MoneyUnit, places = 2): string =>
      inUnit(rials, unit, places, lang),
  };
}

export type Formats = ReturnType<typeof formatsOf>;

/** The formats of the present language. */
export function useFormats(): Formats {
  const lang = useLang();
  return useMemo(() => formatsOf(lang), [lang]);
}

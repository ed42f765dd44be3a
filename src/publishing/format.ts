import { formatJalali, isIsoDate } from '../kit/jalali.ts';
import { toPersianDigits } from '../kit/persian-text.ts';
import { formatRial, rial, roundDiv } from '../kit/rial.ts';
import type { Language } from '../platform/language.ts';

const rialsInMillionToman = 10_000_000n;
const rialsInMilliardToman = 10_000_000_000n;

/** Making the formats of a language costs a hundred times what using them does: they are made once. */
const made: { [L in Language]?: Formats } = {};

/** How values of figures are written in a language. */
export function formatsOf(language: Language): Formats {
  made[language] ??= makeFormats(language);
  return made[language];
}

function makeFormats(language: Language) {
  const whole = new Intl.NumberFormat(language);
  const money = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const exact = new Intl.NumberFormat(language, { maximumFractionDigits: 7 });
  const long = new Intl.NumberFormat(language, { maximumFractionDigits: 20 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const tenths = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return {
    /** To one decimal: the average of a few. */
    decimal: (value: number): string => tenths.format(value),
    count: (value: number): string => whole.format(value),
    percent: (share: number): string => percent.format(share),
    /** An exact decimal, however many digits it has. */
    exact: (value: string): string => long.format(value as Intl.StringNumericLiteral),
    /** Digits not grouped: permit numbers, mobiles, instants. */
    digits: (text: string): string => (language === 'fa' ? toPersianDigits(text) : text),
    rial: (rials: string): string => formatRial(rial(rials), language),
    /** Millions of toman to the last rial: seven decimals of a million toman are one rial. */
    millionToman: (rials: string): string => exact.format(decimal(BigInt(rials), 7)),
    /** Hundredths of a rial as millions of toman, to two decimals. */
    roundMillion: (hundredths: string): string =>
      money.format(decimal(roundDiv(BigInt(hundredths), rialsInMillionToman), 2)),
    /** Milliards of toman where there is one, else millions, to two decimals, halves away from zero. */
    roundToman: (rials: string): { number: string; unit: 'milliard' | 'million' } => {
      const amount = BigInt(rials);
      const large = amount >= rialsInMilliardToman;
      const scaled = roundDiv(amount * 100n, large ? rialsInMilliardToman : rialsInMillionToman);
      return { number: money.format(decimal(scaled, 2)), unit: large ? 'milliard' : 'million' };
    },
    /** An ISO day as a Jalali date. */
    day: (iso: string, style: 'long' | 'short' = 'long'): string =>
      isIsoDate(iso) ? formatJalali(iso, language, style) : iso,
  };
}

export type Formats = ReturnType<typeof makeFormats>;

/** A scaled whole number as a decimal string, which Intl formats without a double in between. */
function decimal(scaled: bigint, places: number): Intl.StringNumericLiteral {
  const sign = scaled < 0n ? '-' : '';
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}` as Intl.StringNumericLiteral;
}

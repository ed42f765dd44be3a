import en from './en.ts';
import fa from './fa.ts';
import type { Locale } from './persian-text.ts';
import { toPersianDigits } from './persian-text.ts';

const scales = [
  { value: 1_000_000_000_000n, name: 'trillion' },
  { value: 1_000_000_000n, name: 'billion' },
  { value: 1_000_000n, name: 'million' },
] as const;

/**
 * A whole number as newspapers say it: in Persian thousands, millions and milliards as words with digits before
 * them, the smallest digits as words before a milliard; in English 2,240 and "5 billion", all digits where
 * three decimals of the scale are not enough. RangeError below nought.
 */
export function sayNumber(value: bigint, locale: Locale): string {
  if (value < 0n) throw new RangeError(`not said: ${value}`);
  return locale === 'fa' ? sayPersian(value) : sayEnglish(value);
}

function sayPersian(value: bigint): string {
  const { small, thousand, one, and } = fa.said;
  if (value < 10n) return small[Number(value)] ?? '';
  const parts: string[] = [];
  let rest = value;
  for (const scale of scales) {
    const many = rest / scale.value;
    rest %= scale.value;
    const number = many < 10n ? small[Number(many)] : digits(many);
    if (many > 0n) parts.push(`${number} ${fa.said[scale.name]}`);
  }
  const thousands = rest / 1000n;
  rest %= 1000n;
  if (thousands === 1n) parts.push(parts.length === 0 ? thousand : `${one} ${thousand}`);
  else if (thousands > 0n) parts.push(`${digits(thousands)} ${thousand}`);
  if (rest > 0n) parts.push(digits(rest));
  return parts.join(` ${and} `);
}

const digits = (value: bigint) => toPersianDigits(value.toString());

function sayEnglish(value: bigint): string {
  const whole = new Intl.NumberFormat('en');
  const scale = scales.find((one) => value >= one.value);
  if (!scale) return whole.format(value);
  const thousandths = (value * 1000n) / scale.value;
  // Longer than three decimals is read wrongly: then all digits stand.
  if ((value * 1000n) % scale.value !== 0n) return whole.format(value);
  const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
  return `${exact.format(Number(thousandths) / 1000)} ${en.said[scale.name]}`;
}

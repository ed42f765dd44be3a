import type { Locale } from './persian-text.ts';
import { toPersianDigits } from './persian-text.ts';

const small = ['صفر', 'یک', 'دو', 'سه', 'چهار', 'پنج', 'شش', 'هفت', 'هشت', 'نه'];
const scales = [
  { value: 1_000_000_000_000n, fa: 'هزار میلیارد', en: 'trillion' },
  { value: 1_000_000_000n, fa: 'میلیارد', en: 'billion' },
  { value: 1_000_000n, fa: 'میلیون', en: 'million' },
] as const;

/**
 * A whole number as newspapers say it: «۸۵۳», «هزار و ۲۰۳», «۲ هزار و ۲۴۰», «پنج میلیارد», «۲ میلیارد و ۵۰۰ میلیون» with
 * small numbers in words; in English 2,240 and «5 billion», with the rest behind it to the last one.
 * RangeError below nought.
 */
export function sayNumber(value: bigint, locale: Locale): string {
  if (value < 0n) throw new RangeError(`not said: ${value}`);
  return locale === 'fa' ? sayPersian(value) : sayEnglish(value);
}

function sayPersian(value: bigint): string {
  if (value < 10n) return small[Number(value)] ?? '';
  const parts: string[] = [];
  let rest = value;
  for (const scale of scales) {
    const many = rest / scale.value;
    rest %= scale.value;
    if (many > 0n) parts.push(`${many < 10n ? small[Number(many)] : digits(many)} ${scale.fa}`);
  }
  const thousands = rest / 1000n;
  rest %= 1000n;
  if (thousands === 1n) parts.push(parts.length === 0 ? 'هزار' : 'یک هزار');
  else if (thousands > 0n) parts.push(`${digits(thousands)} هزار`);
  if (rest > 0n) parts.push(digits(rest));
  return parts.join(' و ');
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
  return `${exact.format(Number(thousandths) / 1000)} ${scale.en}`;
}

import { type Locale, parseNumber, toPersianDigits } from './persian-text.ts';

/** Whole thousandths of a unit as a number that people read: 2500 is 2.5, «۲٫۵». */
export function formatThousandths(quantity: bigint | number, locale: Locale): string {
  const all = BigInt(quantity);
  const fraction = String(all % 1000n)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = String(all / 1000n).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  if (locale === 'en') return text;
  return toPersianDigits(text.replaceAll(',', '\u066c').replace('.', '\u066b'));
}

/** A positive number as people type it, in whole thousandths; undefined for anything else or finer. */
export function parseThousandths(text: string): number | undefined {
  const match = /^(\d{1,7})(?:\.(\d{1,3}))?$/.exec(parseNumber(text) ?? '');
  if (!match) return undefined;
  const found = Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
  return found > 0 ? found : undefined;
}

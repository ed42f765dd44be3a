import kitEn from '../../kit/en.ts';
import kitFa from '../../kit/fa.ts';
import { parseJalali } from '../../kit/jalali.ts';
import { parseNumber } from '../../kit/persian-text.ts';
import { rialFromToman } from '../../kit/rial.ts';
import type { Formats } from '../format.ts';

/** An amount as it was typed, in any digits, as an exact decimal; what is none goes as it is and is refused. */
export function amountTyped(text = ''): string {
  return parseNumber(text) ?? text;
}

/** Toman as they were typed, as whole rial; what is no amount goes as it is and is refused. */
export function rialTyped(text = ''): string {
  const toman = parseNumber(text);
  if (toman === undefined) return text;
  try {
    return String(rialFromToman(toman));
  } catch {
    return text;
  }
}

/** A Jalali day as it was typed, ISO; what is none goes as it is and is refused. */
export function dayTyped(text = ''): string {
  return parseJalali(text) ?? text;
}

/** A Jalali month, 140103, in words. */
export function monthWords({ lang, digits }: Formats, month: number): string {
  const names = { fa: kitFa.months, en: kitEn.months }[lang];
  return `${names[(month % 100) - 1] ?? ''} ${digits(Math.floor(month / 100))}`;
}

/** An exact decimal in the digits of the language. */
export function decimalWords({ digits, lang }: Formats, amount: string): string {
  return lang === 'fa' ? digits(amount).replace('.', '\u066b') : amount;
}

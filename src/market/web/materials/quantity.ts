import { parseNumber } from '../../../kit/persian-text.ts';
import type { Formats } from '../../../web/format.ts';

/** Thousandths of a unit in one unit. */
const scale = 1000;

/** A quantity in thousandths of a unit, in units and the digits of the language. */
export function quantityWords({ lang }: Formats, thousandths: number): string {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: 3 }).format(thousandths / scale);
}

/** Units as they were typed, in whole thousandths; 0, which is refused, where they are none. */
export function quantityTyped(text = ''): number {
  return Math.round(Number(parseNumber(text) ?? 0) * scale);
}

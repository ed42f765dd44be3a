import { parseNumber, searchKey } from '../../kit/persian-text.ts';
import { type Rial, rial } from '../../kit/rial.ts';
import type { CellValue } from '../../platform/spreadsheet/index.ts';
import { cellText } from './cell-text.ts';
import { type AmountUnit, rialsPerUnit, takeUnit } from './units.ts';

export type AmountProblem =
  | 'amount_unreadable'
  | 'amount_slash'
  | 'amount_not_positive'
  | 'amount_not_whole_rial'
  | 'amount_too_large'
  | 'amount_unit_conflict';

/** An amount, or why the cell says none. */
export type AmountRead = Rial | { readonly problem: AmountProblem };

/** More rials than the whole programme lends in a year: a slip of the unit, not a loan. */
const LARGEST = 100_000_000_000_000n;

/**
 * Reads an amount written in `unit`, exactly: 2.95 in million rial is 2,950,000 rial, and what is not
 * a whole rial is refused rather than rounded. A unit in the cell itself must be the column's.
 */
export function readAmount(cell: CellValue, unit: AmountUnit): AmountRead {
  if (typeof cell !== 'string' && typeof cell !== 'number') return { problem: 'amount_unreadable' };
  const number = numberIn(cellText(cell), unit);
  if (typeof number !== 'string') return number;
  const [whole = '0', fraction = ''] = number.split('.');
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(`${whole}${fraction}`) * rialsPerUnit[unit];
  if (scaled <= 0n) return { problem: 'amount_not_positive' };
  if (scaled % scale !== 0n) return { problem: 'amount_not_whole_rial' };
  const amount = scaled / scale;
  return amount > LARGEST ? { problem: 'amount_too_large' } : rial(amount);
}

/** The decimal number a cell states, without its unit. */
function numberIn(text: string, unit: AmountUnit): string | { readonly problem: AmountProblem } {
  // «۱/۵» is one and a half by hand and a slip in a sheet; 920/134 may even be two numbers.
  if (/\d\s*\//.test(searchKey(text))) return { problem: 'amount_slash' };
  const plain = parseNumber(text);
  if (plain !== undefined) return plain;
  const [number, stated] = splitUnit(text);
  if (stated !== undefined && stated !== unit) return { problem: 'amount_unit_conflict' };
  return (stated && parseNumber(number)) ?? { problem: 'amount_unreadable' };
}

/** «۵۰ میلیون تومان» in two: the number, and the unit when the words are nothing but one. */
function splitUnit(text: string): [string, AmountUnit | undefined] {
  const key = searchKey(text);
  const at = key.search(/[^\d.,\s\u066b\u066c\u060c+-]/);
  if (at <= 0) return [text, undefined];
  const { text: rest, unit } = takeUnit(key.slice(at));
  return [key.slice(0, at).trim(), rest === '' ? unit : undefined];
}

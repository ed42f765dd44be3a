import { type Decimal, readDecimal } from './decimal.ts';

/** A numeral in digits: its worth, and its other readings where the writing leaves room for one. */
export type Numeral = {
  readonly value: Decimal;
  /** If the one separator grouped thousands: «1.240». */
  readonly grouped?: Decimal;
  /** If right to left writing had turned it around: «920/134». */
  readonly flipped?: Decimal;
};

const GROUPED =
  /^\d{1,3}(?:([,\u066c\u060c'\u2019.\u066b\u00a0])\d{3})(?:\1\d{3})*(?:([./\u066b,])(\d+))?$/;

/** A numeral in digits: thousands by whatever sign, one decimal point, dot, slash or comma. */
export function numeralOf(key: string): Numeral | undefined {
  if (/^\d+$/.test(key)) return { value: readDecimal(key) };
  const pair = /^(\d+)([./\u066b,\u060c])(\d+)$/.exec(key);
  const bare = GROUPED.exec(key);
  const pointed = pair?.[2] !== ',' && pair?.[2] !== '\u060c';
  if (bare && (!pair || !pointed)) {
    const cut = bare[3] === undefined ? key : key.slice(0, -bare[3].length - 1);
    const digits = cut.replace(/\D/g, '');
    return { value: readDecimal(bare[3] === undefined ? digits : `${digits}.${bare[3]}`) };
  }
  if (!pair) return undefined;
  const [, before = '', sign, after = ''] = pair;
  return {
    value: readDecimal(`${before}.${after}`),
    ...(after.length === 3 && before.length <= 3 && sign !== '/' && before !== '0'
      ? { grouped: readDecimal(before + after) }
      : {}),
    ...(sign === '/' ? { flipped: readDecimal(`${after}.${before}`) } : {}),
  };
}

import { type Locale, toPersianDigits } from './persian-text.ts';

declare const rialBrand: unique symbol;

/** An amount of money in rial. A bigint inside, `bigint` in the database, a string in JSON. */
export type Rial = bigint & { readonly [rialBrand]: true };

export const RIAL_PER_TOMAN = 10n;

/** What a PostgreSQL bigint holds: an amount outside it could be added up but never stored. */
const LARGEST = 2n ** 63n - 1n;
const SMALLEST = -(2n ** 63n);

const WHOLE = /^-?\d{1,19}$/;
const TOMAN = /^(-?)(\d{1,18})(?:\.(\d)0*)?$/;
const BASIS_POINTS_IN_ONE = 10_000n;

/**
 * Reads whole rials from a bigint, a safe integer, or the string that JSON and the database carry.
 * RangeError for fractions, for numbers too large to be exact and for what a bigint column can't hold.
 */
export function rial(amount: bigint | number | string): Rial {
  if (typeof amount === 'number' && !Number.isSafeInteger(amount)) {
    throw new RangeError(`not an exact number of rials: ${amount}`);
  }
  if (typeof amount === 'string' && !WHOLE.test(amount)) {
    throw new RangeError(`not a whole number of rials: ${amount}`);
  }
  const value = BigInt(amount);
  if (value > LARGEST || value < SMALLEST) throw new RangeError(`too large an amount: ${value}`);
  return value as Rial;
}

/**
 * Rials from toman: a bigint, or an exact decimal string as `parseNumber` gives it. One decimal is
 * a rial; RangeError for anything finer, which no payment can carry.
 */
export function rialFromToman(toman: bigint | string): Rial {
  if (typeof toman === 'bigint') return rial(toman * RIAL_PER_TOMAN);
  const match = TOMAN.exec(toman);
  if (!match) throw new RangeError(`not an amount of toman in whole rials: ${toman}`);
  return rial(BigInt(`${match[2]}${match[3] ?? '0'}`) * (match[1] === '-' ? -1n : 1n));
}

/** The sum of the amounts given one by one; zero for none. */
export function addRial(...amounts: readonly Rial[]): Rial {
  return sumRial(amounts);
}

/** The sum of any iterable of amounts; zero for none. RangeError when no column could hold it. */
export function sumRial(amounts: Iterable<Rial>): Rial {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return rial(total);
}

/**
 * The one rounding of the house: a/b to the nearest integer, halves away from zero, so that an amount
 * and its reversal round alike. RangeError when b is zero.
 */
export function roundDiv(a: bigint, b: bigint): bigint {
  const size = (2n * magnitude(a) + magnitude(b)) / (2n * magnitude(b));
  return a < 0n === b < 0n ? size : -size;
}

/** A rate in basis points (1/100 of a per cent) of an amount, rounded to whole rials. */
export function basisPoints(amount: Rial, bp: bigint | number): Rial {
  return rial(roundDiv(amount * BigInt(bp), BASIS_POINTS_IN_ONE));
}

/**
 * Splits an amount into whole toman and the rials left over, both with the amount's sign:
 * `toman × 10 + rial` is the amount again.
 */
export function tomanParts(amount: Rial): { toman: bigint; rial: bigint } {
  return { toman: amount / RIAL_PER_TOMAN, rial: amount % RIAL_PER_TOMAN };
}

/** The amount in toman, digits only (the unit's word is in `fa.ts` and `en.ts`), exact to the rial. */
export function formatToman(amount: Rial, locale: Locale): string {
  const { toman, rial: rest } = tomanParts(amount);
  const fraction = rest === 0n ? '' : `.${magnitude(rest)}`;
  return inLocale(amount < 0n, `${grouped(magnitude(toman))}${fraction}`, locale);
}

/** The amount in rial, digits only (the unit's word is in `fa.ts` and `en.ts`). */
export function formatRial(amount: Rial, locale: Locale): string {
  return inLocale(amount < 0n, grouped(magnitude(amount)), locale);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function grouped(value: bigint): string {
  return value.toString().replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/**
 * CLDR's Persian marks: U+066C between thousands, U+066B before a fraction, and a left-to-right mark
 * before the minus, without which it would stand on the wrong side of the digits.
 */
function inLocale(negative: boolean, digits: string, locale: Locale): string {
  if (locale === 'en') return negative ? `-${digits}` : digits;
  const marked = digits.replaceAll(',', '\u066c').replace('.', '\u066b');
  return `${negative ? '\u200e\u2212' : ''}${toPersianDigits(marked)}`;
}

/** An exact fraction: `denominator` is positive and shares no factor with `numerator`. */
export type Rational = { readonly numerator: bigint; readonly denominator: bigint };

const DECIMAL = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/;

/** The fraction a/b, reduced. RangeError when b is zero. */
export function rational(a: bigint, b = 1n): Rational {
  if (b === 0n) throw new RangeError('a fraction with the denominator zero');
  const shared = greatestDivisor(a, b);
  const sign = b < 0n ? -1n : 1n;
  return { numerator: (sign * a) / shared, denominator: (sign * b) / shared };
}

/** Reads an exact decimal as `parseNumber` gives it, such as `3.25`; undefined for anything else. */
export function parseRational(text: string): Rational | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2]}${fraction}`) * (match[1] === '-' ? -1n : 1n);
  return rational(digits, 10n ** BigInt(fraction.length));
}

/** The product of two fractions, exact. */
export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** The whole number that a fraction is, or undefined when it is none: nothing is rounded. */
export function wholeOf({ numerator, denominator }: Rational): bigint | undefined {
  return denominator === 1n ? numerator : undefined;
}

/** A fraction as a decimal of at most `places` places, rounded to the nearest for reading only. */
export function decimalText({ numerator, denominator }: Rational, places = 3): string {
  const scale = 10n ** BigInt(places);
  const size = numerator < 0n ? -numerator : numerator;
  const scaled = (2n * size * scale + denominator) / (2n * denominator);
  const fraction = (scaled % scale).toString().padStart(places, '0').replace(/0+$/, '');
  const text = fraction ? `${scaled / scale}.${fraction}` : String(scaled / scale);
  return numerator < 0n && scaled !== 0n ? `-${text}` : text;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** An exact decimal number, not negative: `digits` × 10^−`places`. */
export type Decimal = { readonly digits: bigint; readonly places: number };

/** A whole number as a decimal. */
export function whole(value: number | bigint): Decimal {
  return { digits: BigInt(value), places: 0 };
}

/** Reads ASCII digits, perhaps with one point: '12' or '3.50'. */
export function readDecimal(text: string): Decimal {
  const [before = '0', after = ''] = text.split('.');
  return { digits: BigInt(before + after), places: after.length };
}

/** The sum, exact. */
export function plus(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  return { digits: scaledTo(a, places) + scaledTo(b, places), places };
}

/** The number moved by powers of ten: `shift(12, 3)` is 12000. */
export function shift(a: Decimal, powers: number): Decimal {
  if (powers <= a.places) return { digits: a.digits, places: a.places - powers };
  return { digits: a.digits * 10n ** BigInt(powers - a.places), places: 0 };
}

/** Negative, zero or positive, as a is less than, equal to or greater than b. */
export function compare(a: Decimal, b: Decimal): number {
  const places = Math.max(a.places, b.places);
  const difference = scaledTo(a, places) - scaledTo(b, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether there is nothing behind the point. */
export function isWhole(a: Decimal): boolean {
  return a.digits % 10n ** BigInt(a.places) === 0n;
}

/** The number as text, without needless zeros: '26000000000', '4.5'. */
export function decimalText(a: Decimal): string {
  const text = a.digits.toString().padStart(a.places + 1, '0');
  if (a.places === 0) return text;
  const fraction = text.slice(-a.places).replace(/0+$/, '');
  const before = text.slice(0, -a.places);
  return fraction === '' ? before : `${before}.${fraction}`;
}

/** The nearest double, for ratios and percentages. */
export function toNumber(a: Decimal): number {
  return Number(decimalText(a));
}

function scaledTo(a: Decimal, places: number): bigint {
  return a.digits * 10n ** BigInt(places - a.places);
}

/**
 * Splits a whole by weights so that the parts sum to it exactly (largest remainder, as seats are given in
 * an election): each part is the exact share rounded down, and what is left over goes one by one to the
 * largest remainders, the earlier weight first where they are equal.
 * @param whole not negative
 * @param weights not negative, not all zero unless the whole is zero
 * @throws RangeError for negative numbers, and for a whole that nobody has a weight for
 */
export function splitByWeight(whole: bigint, weights: readonly bigint[]): bigint[] {
  if (whole < 0n || weights.some((weight) => weight < 0n)) {
    throw new RangeError('only what is not negative can be split');
  }
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  if (sum === 0n) {
    if (whole !== 0n) throw new RangeError('nobody has a weight');
    return weights.map(() => 0n);
  }
  const parts = weights.map((weight) => (whole * weight) / sum);
  let left = whole - parts.reduce((total, part) => total + part, 0n);
  const byRemainder = weights
    .map((weight, at) => ({ at, remainder: (whole * weight) % sum }))
    .sort((a, b) =>
      a.remainder === b.remainder ? a.at - b.at : a.remainder < b.remainder ? 1 : -1,
    );
  for (const { at } of byRemainder) {
    if (left === 0n) break;
    parts[at] = (parts[at] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}

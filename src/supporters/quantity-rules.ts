import { Problem } from '../kit/problem.ts';
import { decimalText, multiply, parseRational, rational, wholeOf } from '../kit/rational.ts';

/**
 * Units by kind of measure, each as whole grains. A grain is the smallest amount that is counted of a kind:
 * a milligram, a thousandth of a millimetre, a square millimetre, a piece. So every unit here is a whole
 * number of grains (a yard is 914.4 mm by definition), and sums of amounts are exact.
 */
const unitTable = {
  kg: ['mass', 1_000_000n],
  g: ['mass', 1_000n],
  tonne: ['mass', 1_000_000_000n],
  m: ['length', 1_000_000n],
  cm: ['length', 10_000n],
  yard: ['length', 914_400n],
  m2: ['area', 1_000_000n],
  cm2: ['area', 100n],
  piece: ['count', 1n],
  pair: ['count', 2n],
  dozen: ['count', 12n],
} as const;

export type Unit = keyof typeof unitTable;

/** All units, in the order in which they are offered. */
export const units = Object.keys(unitTable) as Unit[];

/** The most that fits the column with room for sums. */
const mostGrains = 10n ** 15n;

/** Whether two units measure the same kind, so that an amount in one is an amount in the other. */
function isSameKind(a: Unit, b: Unit): boolean {
  return unitTable[a][0] === unitTable[b][0];
}

/** How many grains one unit is. */
export function grainsOf(unit: Unit): bigint {
  return unitTable[unit][1];
}

/**
 * An amount in a unit, as grains of a kind of measure.
 * @param amount an exact decimal, such as `3.25`
 * @throws Problem `supporters.wrong_amount` (422) for what is no amount, of another kind, or finer than a grain
 */
export function toGrains(amount: string, unit: Unit, kept: Unit = unit): bigint {
  const value = parseRational(amount);
  const grains = value && wholeOf(multiply(value, rational(grainsOf(unit))));
  if (!isSameKind(unit, kept) || grains === undefined || grains < 0n || grains > mostGrains) {
    throw new Problem('supporters.wrong_amount', { given: amount.slice(0, 40), unit });
  }
  return grains;
}

/** Grains as a decimal in a unit: to the last grain, but for yards. */
export function fromGrains(grains: bigint, unit: Unit): string {
  return decimalText(rational(grains, grainsOf(unit)), 9);
}

/** What one unit of a product takes of a material, in the material's grains. */
export type RecipeLine = {
  readonly materialId: string;
  readonly netGrains: bigint;
  readonly wasteGrains: bigint;
};

/**
 * What making some amount of a product takes of each material, waste included; exact, or refused.
 * @param grains of the product
 * @throws Problem `supporters.not_exact` (422) where the recipe does not come to whole grains
 */
export function consumption(
  recipe: readonly RecipeLine[],
  unit: Unit,
  grains: bigint,
): { materialId: string; grains: bigint }[] {
  return recipe.map(({ materialId, netGrains, wasteGrains }) => {
    const taken = wholeOf(rational((netGrains + wasteGrains) * grains, grainsOf(unit)));
    if (taken === undefined) throw new Problem('supporters.not_exact', { unit });
    return { materialId, grains: taken };
  });
}

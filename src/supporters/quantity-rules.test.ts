import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consumption, fromGrains, grainsOf, toGrains, type Unit, units } from './quantity-rules.ts';

const codeOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('amounts in units', () => {
  test.each([
    ['1', 'tonne', 'kg', '1000'],
    ['3.25', 'kg', 'g', '3250'],
    ['0.000001', 'kg', 'g', '0.001'],
    ['1', 'yard', 'cm', '91.44'],
    ['2.5', 'm', 'cm', '250'],
    ['0.5', 'm2', 'cm2', '5000'],
    ['7', 'dozen', 'piece', '84'],
    ['3', 'pair', 'piece', '6'],
  ] as const)('%s %s are, in %s, %s', (amount, unit, into, said) => {
    expect(fromGrains(toGrains(amount, unit, into), into)).toBe(said);
  });

  test.each([
    ['1', 'kg', 'm'],
    ['1', 'm', 'm2'],
    ['1', 'piece', 'g'],
    ['0.5', 'piece', 'piece'],
    ['0.0000001', 'kg', 'kg'],
    ['-1', 'kg', 'kg'],
    ['', 'kg', 'kg'],
    ['1000000001', 'kg', 'kg'],
  ] as const)('«%s» %s is no amount of something kept in %s', (amount, unit, kept) => {
    expect(codeOf(() => toGrains(amount, unit, kept))).toBe('supporters.wrong_amount');
  });

  test('whole units come back as they were given, in every unit, and in every other of its kind to the grain', () => {
    const unit = fc.constantFrom(...units);
    fc.assert(
      fc.property(unit, unit, fc.bigInt(0n, 100_000n), (one, other, whole) => {
        const grains = toGrains(String(whole), one);
        expect(grains).toBe(whole * grainsOf(one));
        expect(fromGrains(grains, one)).toBe(String(whole));
        const kept = codeOf(() => toGrains(String(whole), one, other));
        expect(kept === grains || kept === 'supporters.wrong_amount').toBe(true);
      }),
    );
  });
});

describe('what goods take of material', () => {
  const recipe = (netGrains: bigint, wasteGrains: bigint) => [
    { materialId: 'yarn', netGrains, wasteGrains },
  ];

  test('is net and waste for each unit, and adds up: two lots take what the whole takes', () => {
    const takes = (unit: Unit, grains: bigint, net: bigint, waste: bigint) =>
      consumption(recipe(net, waste), unit, grains)[0]?.grains ?? 0n;
    // 2.5 m² at 3.5 kg and 140 g of waste each.
    expect(takes('m2', 2_500_000n, 3_500_000n, 140_000n)).toBe(9_100_000n);
    const amount = fc.bigInt(1n, 10n ** 9n);
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.bigInt(1n, 1_000n),
        fc.bigInt(1n, 1_000n),
        (net, waste, a, b) => {
          const [one, two] = [a * grainsOf('m2'), b * grainsOf('m2')];
          const parts = takes('m2', one, net, waste) + takes('m2', two, net, waste);
          expect(parts).toBe(takes('m2', one + two, net, waste));
          expect(parts).toBe((net + waste) * (a + b));
        },
      ),
    );
  });

  test('is refused where it does not come to whole grains, and never rounded', () => {
    expect(codeOf(() => consumption(recipe(1n, 0n), 'm2', 1n))).toBe('supporters.not_exact');
  });
});

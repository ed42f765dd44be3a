import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDays, checkWeights, pointsOf, rank, stallFee } from './rules.ts';

test('weights are whole and a hundred together', () => {
  expect(() => checkWeights({ home_made: 50, quality: 50 })).not.toThrow();
  for (const wrong of [
    {},
    { quality: 99 },
    { quality: 150, local: -50 },
    { quality: 99.5, local: 0.5 },
  ]) {
    expect(() => checkWeights(wrong)).toThrow('market.weights_wrong');
  }
});

test('points are marks by weights, and every criterion has its mark', () => {
  const weights = { home_made: 60, quality: 40 };
  expect(pointsOf(weights, { home_made: 10, quality: 10 })).toBe(1000);
  expect(pointsOf(weights, { home_made: 5, quality: 0 })).toBe(300);
  for (const wrong of [
    { home_made: 5 },
    { home_made: 5, quality: 5, local: 1 },
    { home_made: 11, quality: 1 },
    { home_made: 1.5, quality: 1 },
  ]) {
    expect(() => pointsOf(weights, wrong)).toThrow('market.marks_wrong');
  }
});

test('the order is by points, then by chance, and does not depend on how they came', () => {
  const one = fc.record({ id: fc.uuid(), points: fc.nat(3), chance: fc.uuid() });
  const many = fc.uniqueArray(one, { selector: ({ chance }) => chance, maxLength: 60 });
  fc.assert(
    fc.property(many, (applications) => {
      const order = rank(applications);
      expect(rank(applications.toReversed())).toEqual(order);
      order.forEach((it, at) => {
        const next = order[at + 1];
        if (!next) return;
        const isBefore = it.points > next.points || it.chance < next.chance;
        expect(it.points >= next.points && isBefore).toBe(true);
      });
    }),
  );
});

test('a stall costs its price without the discount, to the rial', () => {
  expect(stallFee(2_000_001n, 5_000)).toBe(1_000_000n);
  expect(stallFee(2_000_000n, 0)).toBe(2_000_000n);
  expect(stallFee(2_000_000n, 10_000)).toBe(0n);
});

test('applications end before the fair begins', () => {
  const days = { applyUntilOn: '2022-07-01', startsOn: '2022-07-05', endsOn: '2022-07-05' };
  expect(() => checkDays(days, '2022-07-01')).not.toThrow();
  for (const [wrong, today] of [
    [days, '2022-07-02'],
    [{ ...days, applyUntilOn: '2022-07-05' }, '2022-06-22'],
    [{ ...days, endsOn: '2022-07-04' }, '2022-06-22'],
  ] as const) {
    expect(() => checkDays(wrong, today)).toThrow('market.fair_days_wrong');
  }
});

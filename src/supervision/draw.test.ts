import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Candidate, drawSample, readPoints, shareOut, signs } from './draw.ts';

const points = readPoints('amount:2 supporter:1 arrears:3 finding:4 home:3 mobile:3 iban:4 far:1');
const candidates = fc
  .uniqueArray(fc.uuid(), { minLength: 1, maxLength: 60 })
  .chain((ids) => fc.tuple(...ids.map((id) => fc.tuple(fc.constant(id), fc.subarray([...signs])))))
  .map((rows) =>
    rows.map(([planId, shown], at): Candidate => {
      return { planId, caseId: planId, countyId: 401 + (at % 5), signs: shown };
    }),
  );
const few = fc.integer({ min: 0, max: 20 });

test('the same seed draws the same sample, whatever the order of the candidates', () => {
  fc.assert(
    fc.property(candidates, fc.string(), few, few, (all, seed, byRisk, byChance) => {
      const drawn = drawSample(all, points, { seed, byRisk, byChance });
      expect(drawSample(all.toReversed(), points, { seed, byRisk, byChance })).toEqual(drawn);
      const of = (how: 'risk' | 'chance' | null) => drawn.filter(({ chosen }) => chosen === how);
      expect(drawn).toHaveLength(all.length);
      expect(of('risk').length).toBeLessThanOrEqual(byRisk);
      expect(of('chance')).toHaveLength(Math.min(byChance, all.length - of('risk').length));
      const least = Math.min(...of('risk').map((one) => one.points), 99);
      const others = [...of('chance'), ...of(null)];
      if (of('risk').length === byRisk) {
        expect(others.every((one) => byRisk === 0 || one.points <= least)).toBe(true);
      }
    }),
  );
});

test('chance differs by seed', () => {
  const all = Array.from({ length: 200 }, (_, n): Candidate => {
    return { planId: `plan ${n}`, caseId: 'x', countyId: 1, signs: [] };
  });
  const drawn = (seed: string) =>
    drawSample(all, points, { seed, byRisk: 10, byChance: 20 })
      .filter(({ chosen }) => chosen === 'chance')
      .map(({ planId }) => planId)
      .sort();
  expect(drawn('a')).toHaveLength(20);
  expect(drawn('a')).not.toEqual(drawn('b'));
});

test('a county goes to one person, and nobody is buried', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 80 }), (counties) => {
      const visits = counties.map((countyId, at) => ({ id: String(at), countyId }));
      const given = shareOut(
        visits,
        new Map([
          ['a', 0],
          ['b', 3],
          ['c', 1],
        ]),
      );
      expect(given.size).toBe(visits.length);
      for (const group of Map.groupBy(visits, ({ countyId }) => countyId).values()) {
        expect(new Set(group.map(({ id }) => given.get(id))).size).toBe(1);
      }
    }),
  );
});

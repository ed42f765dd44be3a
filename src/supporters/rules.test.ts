import { describe, expect, test } from 'vitest';
import { type CapacityRule, capacityOf, type TradeRecord } from './rules.ts';

const rule: CapacityRule = {
  ...{ years: 3, tradeYears: 3, ordersPerPersonRial: 300_000_000n },
  ...{ leastPeople: 5, mostPeople: 20 },
};

/** An order and an invoice of each year, the orders carrying so many people in each. */
function records(years: readonly number[], people: number): TradeRecord[] {
  return years.flatMap((year) =>
    (['order', 'invoice'] as const).map((kind) => {
      return { kind, year, amountRial: 300_000_000n * BigInt(people) };
    }),
  );
}

/** The code of the problem that is thrown, with its details. */
function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    const { code, details } = error as { code: string; details: object };
    return { code, ...details };
  }
}

describe('how many people a supporter can carry', () => {
  const last = [1398, 1399, 1400];

  // Bounds by year, as they were found: 20 until 1402, 40 in 1403, 25 in 1404.
  test.each([
    [20, 12, 12],
    [20, 26, 20],
    [25, 25, 25],
    [25, 26, 25],
    [40, 26, 26],
    [40, 40, 40],
    [40, 41, 40],
  ])('at most %i: orders for %i people carry %i', (mostPeople, people, carried) => {
    expect(capacityOf(records(last, people), 1401, { ...rule, mostPeople })).toBe(carried);
  });

  test('is the orders of all the years, averaged and rounded down; other years and invoices add nothing', () => {
    const uneven = [...records([1398], 0), ...records([1399], 10), ...records([1400], 16)];
    expect(capacityOf(uneven, 1401, rule)).toBe(8);
    expect(capacityOf([...uneven, ...records([1397, 1401], 500)], 1401, rule)).toBe(8);
  });

  test('is refused where a year has no order or no invoice, and where the orders carry too few', () => {
    const without = records(last, 9).filter(
      ({ kind, year }) => kind !== 'invoice' || year !== 1399,
    );
    expect(refusalOf(() => capacityOf(without, 1401, rule))).toEqual({
      ...{ code: 'supporters.record_short', year: 1399 },
    });
    expect(refusalOf(() => capacityOf(records(last, 4), 1401, rule))).toEqual({
      ...{ code: 'supporters.capacity_short', given: 4, limit: 5 },
    });
  });

  test('is refused where no document shows the years in the trade that the day asks for', () => {
    const longer = { ...rule, tradeYears: 5 };
    expect(refusalOf(() => capacityOf(records(last, 9), 1401, longer))).toEqual({
      ...{ code: 'supporters.trade_short', limit: 5, year: 1396 },
    });
    const old = { kind: 'order', year: 1396, amountRial: 1n } as const;
    expect(capacityOf([...records(last, 9), old], 1401, longer)).toBe(9);
  });
});

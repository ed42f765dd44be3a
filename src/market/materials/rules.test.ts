import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkBreaks,
  isRipe,
  type Offer,
  partOf,
  priceHistory,
  quoteFor,
  sharesOf,
} from './rules.ts';

const offer: Offer = {
  id: 'a',
  breaks: [
    { from: 10_000n, unitRial: 900_000n },
    { from: 100_000n, unitRial: 800_000n },
  ],
  freightRial: 1_000_001n,
  most: 150_000n,
};
const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n);

describe('an offer with quantity breaks', () => {
  test.for([
    [9_999n, undefined],
    [10_000n, { quantity: 10_000n, unitRial: 900_000n, priceRial: 9_000_000n }],
    [99_999n, { quantity: 99_999n, unitRial: 900_000n, priceRial: 89_999_100n }],
    [100_000n, { quantity: 100_000n, unitRial: 800_000n, priceRial: 80_000_000n }],
    [400_000n, { quantity: 150_000n, unitRial: 800_000n, priceRial: 120_000_000n }],
  ] as const)('for %s', ([wanted, quote]) => {
    const is = quoteFor(offer, wanted);
    if (quote === undefined) expect(is).toBeUndefined();
    else expect(is).toMatchObject(quote);
  });

  test.for([
    [[], null],
    [[{ from: 0n, unitRial: 5n }], null],
    [[{ from: 5n, unitRial: 5n }], 4n],
    [
      [
        { from: 5n, unitRial: 5n },
        { from: 5n, unitRial: 4n },
      ],
      null,
    ],
    [
      [
        { from: 5n, unitRial: 5n },
        { from: 6n, unitRial: 6n },
      ],
      null,
    ],
  ] as const)('breaks that rise or begin at nothing are none (%#)', ([breaks, most]) => {
    expect(() => checkBreaks(breaks, most)).toThrow('market.breaks_wrong');
  });
});

const quantities = fc.array(fc.bigInt({ min: 1n, max: 5_000n }), { minLength: 1, maxLength: 64 });
const amounts = fc.bigInt({ min: 0n, max: 10n ** 13n });

describe('shares', () => {
  test('of quantity, price, freight and saving sum to the whole to the rial', () => {
    fc.assert(
      fc.property(
        quantities,
        fc.constantFrom(1n, 250n, 1000n),
        fc.record({ price: amounts, freight: amounts, retail: fc.option(amounts) }),
        fc.integer({ min: 1, max: 100 }),
        (counts, step, { price, freight, retail }, percent) => {
          const wanted = counts.map((count) => count * step);
          const some = { id: 'x', breaks: [{ from: 1n, unitRial: price }], freightRial: freight };
          const most = ((sum(counts) * BigInt(percent) + 99n) / 100n) * step;
          const quote = quoteFor({ ...some, most }, sum(wanted));
          if (!quote) throw new Error('an offer from 1 on fits all');
          const shares = sharesOf(quote, wanted, step, retail);
          expect(sum(shares.map((share) => share.quantity))).toBe(quote.quantity);
          expect(sum(shares.map((share) => share.priceRial))).toBe(quote.priceRial);
          expect(sum(shares.map((share) => share.freightRial))).toBe(quote.freightRial);
          shares.forEach((share, at) => {
            expect(share.quantity % step).toBe(0n);
            expect(share.quantity <= (wanted[at] ?? 0n)).toBe(true);
          });
        },
      ),
    );
  });

  test('a saving is against retail, and never less than nothing', () => {
    const quote = quoteFor(offer, 100_000n);
    if (!quote) throw new Error('it fits');
    const saved = (retail: bigint | null) =>
      sum(sharesOf(quote, [60_000n, 40_000n], 1n, retail).map((share) => share.savedRial));
    expect(saved(1_000_000n)).toBe(100_000_000n - 80_000_000n - 1_000_001n);
    expect(saved(700_000n)).toBe(0n);
    expect(saved(null)).toBe(0n);
  });

  test('a part and the rest are the share again', () => {
    const share = fc.record({ priceRial: amounts, freightRial: amounts, savedRial: amounts });
    fc.assert(
      fc.property(
        share,
        fc.bigInt({ min: 1n, max: 10_000n }),
        fc.nat(100),
        (is, whole, percent) => {
          const given = { ...is, quantity: whole } as Parameters<typeof partOf>[0];
          const quantity = (whole * BigInt(percent)) / 100n;
          const part = partOf(given, quantity);
          const nothing = partOf(given, 0n);
          expect(part.priceRial <= is.priceRial && part.freightRial <= is.freightRial).toBe(true);
          expect(nothing).toEqual({ priceRial: 0n, freightRial: 0n, savedRial: 0n });
          expect(partOf(given, whole)).toEqual(is);
        },
      ),
    );
  });
});

test.for([
  ['2022-06-22', 10n, undefined],
  ['2022-06-23', 10n, 'day'],
  ['2022-06-22', 20n, 'quantity'],
] as const)('on %s with %s a purchase is ripe by %s', ([today, pooled, ripe]) => {
  expect(isRipe({ closesOn: '2022-06-22', enough: 20n }, pooled, today)).toBe(ripe);
  expect(isRipe({ closesOn: '2022-06-22', enough: null }, 10n ** 9n, '2022-06-01')).toBe(undefined);
});

test('prices of a month are shown where enough makers bought, and hidden in no total', () => {
  const paid = (month: string, personId: string, quantity: bigint, rial: bigint) => ({
    ...{ month, personId, quantity, rial },
  });
  const rows = [
    paid('1401-03', 'a', 2_000n, 200n),
    paid('1401-03', 'b', 1_000n, 100n),
    paid('1401-03', 'c', 1_000n, 101n),
    paid('1401-02', 'a', 1_000n, 7n),
    paid('1401-02', 'a', 1_000n, 7n),
    paid('1401-02', 'b', 1_000n, 7n),
  ];
  expect(priceHistory(rows, 3)).toEqual([
    { month: '1401-03', makers: 3, quantity: 4_000n, unitRial: 100n },
  ]);
  expect(priceHistory(rows, 2).map(({ month }) => month)).toEqual(['1401-03', '1401-02']);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provincePlaces } from './place-rules.ts';
import {
  nationMeasures,
  type Part,
  rateNames,
  rateOf,
  sumValues,
  type Values,
  wholeOf,
} from './rules.ts';

const values = (some: Partial<Values>): Values => ({
  ...(Object.fromEntries(nationMeasures.map((name) => [name, 0n])) as Values),
  ...some,
});
const part = (provinceId: number, some: Partial<Values>, more: Partial<Part> = {}): Part => ({
  ...{ provinceId, closedOn: '2022-06-21', people: null, values: values(some) },
  ...more,
});

describe('the whole', () => {
  it('is the sum of the provinces that have closed a day', () => {
    const parts = [
      part(4, { permits_issued: 10n }),
      part(5, { permits_issued: 5n }),
      part(6, { permits_issued: 99n }, { closedOn: null }),
    ];
    expect(wholeOf(parts).values.permits_issued).toBe(15n);
  });

  it('has people only where those of all its provinces are known', () => {
    const known = part(4, {}, { people: 100 });
    expect(wholeOf([known, part(5, {}, { people: 50 })]).people).toBe(150);
    expect(wholeOf([known, part(5, {})]).people).toBeNull();
    expect(wholeOf([]).people).toBeNull();
  });

  it('is the sum of its parts, whatever they are', () => {
    const some = fc.record({
      permits_issued: fc.bigInt(0n, 10n ** 9n),
      rial_paid: fc.bigInt(0n, 10n ** 17n),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 31 }), (list) => {
        const sum = sumValues(list.map(values));
        const by = (name: 'permits_issued' | 'rial_paid') =>
          list.reduce((all, one) => all + one[name], 0n);
        expect(sum.permits_issued).toBe(by('permits_issued'));
        expect(sum.rial_paid).toBe(by('rial_paid'));
      }),
    );
  });
});

describe('rates', () => {
  it('are exact to a hundredth, and there is none without what it is reckoned by', () => {
    const one = part(4, { permits_issued: 2340n, plans_referred: 1203n }, { people: 3_000_000 });
    expect(rateOf('referred_per_permits', one, [one])?.hundredths).toBe(5141n);
    expect(rateOf('permits_per_people', one, [one])?.hundredths).toBe(7800n);
    expect(rateOf('funded_per_referred', part(5, {}), [one])).toBeNull();
    expect(rateOf('permits_per_people', part(5, { permits_issued: 5n }), [one])).toBeNull();
  });

  it('say where they stand beside the nation, and nothing of too few', () => {
    const parts = [
      part(1, { plans_referred: 10_000n, plans_funded: 5_000n }),
      part(2, { plans_referred: 400n, plans_funded: 260n }),
      part(3, { plans_referred: 400n, plans_funded: 205n }),
      part(4, { plans_referred: 400n, plans_funded: 120n }),
      part(5, { plans_referred: 8n, plans_funded: 8n }),
    ];
    const standings = parts.map((one) => rateOf('funded_per_referred', one, parts)?.standing);
    expect(standings).toEqual(['like', 'above', 'like', 'below', 'few']);
    expect(rateOf('funded_per_referred', wholeOf(parts), parts)?.standing).toBeNull();
  });

  it('by people are held against those provinces alone whose people are known', () => {
    const parts = [
      part(1, { permits_issued: 1_000n }, { people: 1_000_000 }),
      part(2, { permits_issued: 1_010n }, { people: 1_000_000 }),
      part(3, { permits_issued: 900_000n }),
    ];
    expect(rateOf('permits_per_people', parts[0] as Part, parts)?.standing).toBe('like');
  });

  it('of jobs have no standing: jobs come by the supporter', () => {
    const parts = [
      part(1, { jobs_registered: 900n, plans_funded: 100n }),
      part(2, { plans_funded: 100n }),
    ];
    for (const name of rateNames.filter((one) => one.startsWith('jobs'))) {
      expect(rateOf(name, parts[0] as Part, parts)?.standing ?? null).toBeNull();
    }
  });
});

it('every province has a tile of its own', () => {
  const codes = Array.from({ length: 31 }, (_, code) => String(code).padStart(2, '0'));
  expect([...provincePlaces.keys()].sort()).toEqual(codes);
  const places = [...provincePlaces.values()].map(({ column, row }) => `${column} ${row}`);
  expect(new Set(places).size).toBe(31);
});

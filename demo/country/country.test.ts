import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reference } from '../../src/accounts/index.ts';
import { checkNationalId, checkPermitNumber } from '../../src/kit/identifiers.ts';
import { readProductRows } from '../reference.ts';
import { Copies, type Copy, Home } from './copies.ts';
import { withoutAllocation } from './line.ts';
import { addressPattern, joined, type Names, patternOf, write } from './pattern.ts';
import { sizesOf } from './sizes.ts';

const counties = new Map(
  readProductRows('counties').map((row) => {
    const id = Number(row.id);
    return [id, { id, province_id: Number(row.province_id), name_fa: row.name_fa }];
  }),
);
const provinces = new Map(readProductRows('provinces').map(({ id }) => [Number(id), { id }]));
const reference = { counties, provinces } as unknown as Reference;

const own = '018185b4-6100-72ee-a044-68789cf13c52';
const ids = [
  '018185b4-6100-72ee-a044-68789cf13c53',
  '018185b4-6100-72ee-a044-00000cf13c53',
] as const;
const names: Names = {
  people: new Map([['2750000000', 0]]),
  permits: new Map([['040000000001', 0]]),
  references: new Set(['140012345678']),
  own: new Set([own]),
  counties: ['ارومیه'],
};
const copy = (serial: number, person = serial): Copy => ({
  ...{ home: new Home(23), bundle: 0, serial, person, permit: serial, sexes: ['female'] },
  high: Math.imul(serial + 1, 40_503) & 0xffff,
  low: Math.imul(serial + 1, 2_654_435_761) >>> 0,
  county: { id: '2301', name: 'تهران', key: 'تهران' },
});

describe('a pattern', () => {
  it('leaves everything but its places as it was', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll(/[0-9a-f-]{9,}/g, '');
        expect(write(patternOf(plain, names), copy(1))).toBe(plain);
      }),
    );
  });

  it('gives every copy ids, numbers and references of its own, the same ones at every place', () => {
    const told = ids.map((id) => [1, 2, 70_000].map((n) => write(patternOf(id, names), copy(n))));
    expect(new Set([...told.flat(), ...ids]).size).toBe(8);
    for (const id of told.flat()) expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const facts = `{"plan":"${ids[0]}","permit_number":"040000000001","by":"${own}","to":"140012345678","rial":"500000000"}`;
    const one = JSON.parse(write(patternOf(facts, names), copy(2))) as Record<string, string>;
    expect(one).toMatchObject({ plan: told[0]?.[1], rial: '500000000', to: '140012345678-2' });
    expect(one.by).toBe(new Home(23).ownId(own));
    expect(one.by).not.toBe(new Home(22).ownId(own));
    expect(checkPermitNumber(one.permit_number ?? '').ok).toBe(true);
  });

  it('tells of the county that the copy lives in', () => {
    const text = write(addressPattern('ارومیه، خیابان کاشانی', names, 'countyName'), copy(1));
    expect(text).toBe('تهران، خیابان کاشانی');
  });

  it('is one text where nothing is a place', () => {
    expect(joined(['a', 'b', { is: 'county' }, 'c', 'd'])).toEqual(['ab', { is: 'county' }, 'cd']);
  });

  it('forgets the allocation, which is not copied, and nothing else', () => {
    expect(withoutAllocation('{"a": 1, "allocation": "x"}')).toBe('{"a":1}');
    expect(withoutAllocation('{"a": 1}')).toBe('{"a": 1}');
  });
});

it('invents people whose national IDs are valid and never the same', () => {
  const home = new Home(0);
  const made = Array.from({ length: 20_000 }, (_, n) => home.person(n * 97, 'nationalId', 'male'));
  expect(new Set(made).size).toBe(made.length);
  expect(made.every((id) => checkNationalId(id).ok)).toBe(true);
  // The story's own are above these.
  expect(made.every((id) => Number(id.slice(3, 9)) < 990_000)).toBe(true);
});

it('shares cases out to the last one, by counties', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (cases) => {
      const sizes = sizesOf(reference, cases);
      expect(sizes).toHaveLength(30);
      expect(sizes.reduce((sum, size) => sum + size.cases, 0)).toBe(cases);
    }),
    { numRuns: 50 },
  );
});

it('draws the same copies each time, as many cases as are asked for', () => {
  const bundle = (cases: number, outcome: 'funded' | 'other') => ({
    ...{ cases, outcome, rows: new Map() },
  });
  const bundles = [bundle(1, 'funded'), bundle(1, 'other'), bundle(7, 'funded')];
  const counted = bundles.map(({ cases }) => ({ people: cases, permits: 1, sexes: [] }));
  const [size] = sizesOf(reference, 10_000);
  if (!size) throw new Error('no province');
  const draw = () => {
    const numbering = { serial: 5, person: 9 };
    const copies = new Copies(size, bundles, counted, reference, numbering);
    return { numbering, told: [...copies.all()].map(({ home: _home, ...one }) => one) };
  };
  const { numbering, told } = draw();
  const cases = told.reduce((sum, one) => sum + (bundles[one.bundle]?.cases ?? 0), 0);
  expect(cases).toBe(size.cases);
  expect(numbering.person).toBe(9 + size.cases);
  expect(hash('sha256', JSON.stringify(draw().told))).toBe(hash('sha256', JSON.stringify(told)));
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUuid, uuid7 } from './uuid7.ts';

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

test('the example of RFC 9562, appendix A.6', () => {
  const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  expect(uuid7(0x017f22e279b0, () => random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('always version 7 of variant 10, with its time in front', () => {
  fc.assert(
    fc.property(time, bytes, (nowMs, random) => {
      const before = random.slice();
      const id = uuid7(nowMs, () => random);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(nowMs);
      expect(random).toEqual(before);
    }),
  );
});

test('sorts by time', () => {
  fc.assert(
    fc.property(time, time, bytes, bytes, (a, b, x, y) => {
      fc.pre(a !== b);
      expect(uuid7(a, () => x) < uuid7(b, () => y)).toBe(a < b);
    }),
  );
});

test('within a millisecond it counts up, and does not repeat itself', () => {
  const ids = Array.from({ length: 10_000 }, () => uuid7(1_700_000_000_000));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  const ends = ids.map((id) => id.slice(-12));
  expect(new Set(ends).size).toBe(ids.length);
});

test('refuses what is no time', () => {
  for (const bad of [-1, 1.5, Number.NaN, 2 ** 48]) expect(() => uuid7(bad)).toThrow(RangeError);
});

test('knows a UUID when it sees one', () => {
  expect(isUuid(uuid7(0))).toBe(true);
  for (const bad of [
    '',
    'x',
    uuid7(0).toUpperCase(),
    `${uuid7(0)}0`,
    uuid7(0).replaceAll('-', ''),
  ]) {
    expect(isUuid(bad)).toBe(false);
  }
});

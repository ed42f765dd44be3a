import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCode, encodeCode } from './code.ts';
import { toPersianDigits } from './persian-text.ts';

const province = fc.integer({ min: 0, max: 99 });

test('two digits of province and 26 letters of id', () => {
  expect(encodeCode(4, '017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(
    '0401fwhe4ydgfk1shh6w1g60eecf',
  );
  expect(encodeCode(0, '00000000-0000-0000-0000-000000000000')).toBe(`00${'0'.repeat(26)}`);
  expect(encodeCode(30, 'ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe(`307${'z'.repeat(25)}`);
});

test('there and back for every UUID, however it was retyped', () => {
  fc.assert(
    fc.property(province, fc.uuid(), (provinceId, id) => {
      const code = encodeCode(provinceId, id);
      expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{28}$/);
      const retyped = [
        code,
        code.toUpperCase(),
        toPersianDigits(code),
        ` ${code.slice(0, 2)}-${code.slice(2, 15)} ${code.slice(15)} `,
        code.replaceAll('0', 'O').replaceAll('1', 'l'),
        code.replaceAll('1', 'I'),
      ];
      for (const text of retyped) expect(decodeCode(text)).toEqual({ provinceId, id });
    }),
  );
});

test('codes sort as their ids do within a province', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (a, b) => {
      expect(encodeCode(4, a) < encodeCode(4, b)).toBe(a < b);
    }),
  );
});

test('anything else decodes to nothing', () => {
  const code = encodeCode(4, '017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  const bad = ['', code.slice(1), `${code}0`, `ab${code.slice(2)}`, `048${code.slice(3)}`];
  for (const text of [...bad, code.replace(/.$/, 'u'), code.replace(/.$/, '*')]) {
    expect(decodeCode(text)).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      const parts = decodeCode(text);
      if (parts) expect(encodeCode(parts.provinceId, parts.id)).toHaveLength(28);
    }),
  );
});

test('refuses to encode what is no province or no UUID', () => {
  const id = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
  for (const bad of [-1, 100, 1.5, Number.NaN])
    expect(() => encodeCode(bad, id)).toThrow(RangeError);
  for (const bad of ['', id.toUpperCase(), 'not-a-uuid']) {
    expect(() => encodeCode(4, bad)).toThrow(RangeError);
  }
});

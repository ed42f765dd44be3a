import { randomUUID } from 'node:crypto';
import { encodeCode } from '../../src/kit/code.ts';
import { type Schema, sampleOf } from '../sample.ts';

/** A die that falls the same way for the same seed (mulberry32). */
export function dieOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Die = () => number;

/** One of several, as the die falls. */
export function pick<T>(die: Die, list: readonly T[]): T {
  return list[Math.floor(die() * list.length)] as T;
}

/** Texts that have broken other people's servers. */
const texts: readonly string[] = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\ufffe\uffff',
    '\u202e',
    '\u200c'.repeat(50),
    '٠١٢٣',
  ],
  ..."'|\"|';--|' or 1=1--|\\|%|_|%00|%s%n|#{7*7}|{{7*7}}|`id`|$(id)|;ls|| id".split('|'),
  ...['../../../../etc/passwd', '..%2f..%2fetc', 'C:\\windows', 'file:///etc/passwd', '/dev/zero'],
  ...['http://169.254.169.254/', 'http://127.0.0.1:5432/', 'gopher://x', 'javascript:alert(1)'],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '<!ENTITY x SYSTEM "file:///">',
  ],
  ...['=1+1', '@SUM(A1)', '+cmd|calc', '-2+3', '\t=1'],
  ...['NaN', 'Infinity', '-0', '1e309', '99999999999999999999', '0x7f', '١٤٠١-٠١-٠١', '2022-02-30'],
  ...[
    '9999-12-31',
    '0000-00-00',
    '1401-13-45',
    'null',
    'undefined',
    '[object Object]',
    '__proto__',
  ],
  ...['constructor', 'toString', 'true', '04', '99', '0401', 'DIRECTORATE', '\r\nset-cookie: a=b'],
  ...['x'.repeat(300), 'ک'.repeat(5000), `${'('.repeat(200)}a${')+'.repeat(200)}`],
];

const numbers = [0, -1, 1, 0.1, -0, 2 ** 31, 2 ** 53, 1e308, Number.MIN_VALUE, 4_294_967_296];

/** Any value at all. */
export function anyValue(die: Die, depth = 0): unknown {
  const kind = die();
  if (kind < 0.45) return pick(die, texts);
  if (kind < 0.6) return pick(die, numbers);
  if (kind < 0.72) return pick(die, [null, true, false]);
  if (kind < 0.76) return encodeCode(pick(die, [4, 7, 0, 99]), randomUUID());
  if (depth > 3) return 0;
  const size = Math.floor(die() * 4);
  const inner = () => anyValue(die, depth + 1);
  if (kind < 0.88) return Array.from({ length: size }, inner);
  return Object.fromEntries(Array.from({ length: size }, () => [pick(die, texts), inner()]));
}

/** A text for an address or a header. */
export const anyText = (die: Die): string => pick(die, texts);

/** A value that fits the schema here and there, and elsewhere anything at all. */
export function nearly(die: Die, schema: Schema, depth = 0): unknown {
  const roll = die();
  if (roll < 0.12) return anyValue(die);
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return nearly(die, pick(die, choice), depth + 1);
  if (schema.properties && depth < 8) return nearObject(die, schema, depth);
  if (schema.type === 'array' && depth < 8) {
    const size = pick(die, [0, 1, 2, schema.minItems ?? 1]);
    return Array.from({ length: size }, () => nearly(die, schema.items ?? {}, depth + 1));
  }
  if (schema.type === 'string' && schema.pattern === undefined && roll < 0.7) return anyText(die);
  if (schema.type === 'integer' && roll < 0.5) return pick(die, numbers);
  return sampleOf(schema);
}

function nearObject(die: Die, { properties = {}, required = [] }: Schema, depth: number): object {
  const out: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(properties)) {
    const there = required.includes(name) ? die() > 0.06 : die() < 0.5;
    if (there) out[name] = nearly(die, inner, depth + 1);
  }
  // What nobody asked for: rights, keys and the roots of objects.
  if (die() < 0.1) {
    const name = pick(die, [
      'role',
      'provinceId',
      'id',
      'password_hash',
      '__proto__',
      'constructor',
    ]);
    Object.defineProperty(out, name, { value: anyValue(die), enumerable: true });
  }
  return out;
}

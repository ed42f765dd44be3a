import { toAsciiDigits } from './persian-text.ts';
import { isUuid } from './uuid7.ts';

/** Crockford's base 32 (https://www.crockford.com/base32.html), in lower case: no i, l, o, u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 26;
const CODE = /^(\d{2})([0-7][0-9a-hjkmnp-tv-z]{25})$/;

/** The two parts of a code: numeric province code (4 is West Azerbaijan) and the UUID. */
export interface CodeParts {
  readonly provinceId: number;
  readonly id: string;
}

/**
 * The code under which a row appears in addresses and on paper: two digits of province, so that a
 * request finds its tenant without asking the database, then the UUID in 26 characters.
 * RangeError when the province is not 0…99 or the id is not a lower-case UUID.
 */
export function encodeCode(provinceId: number, uuid: string): string {
  if (!Number.isInteger(provinceId) || provinceId < 0 || provinceId > 99) {
    throw new RangeError(`not a province code: ${provinceId}`);
  }
  if (!isUuid(uuid)) throw new RangeError('not a UUID');
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let letters = '';
  for (let i = 0; i < ID_LENGTH; i += 1) {
    letters = ALPHABET.charAt(Number(rest & 31n)) + letters;
    rest >>= 5n;
  }
  return `${String(provinceId).padStart(2, '0')}${letters}`;
}

/**
 * Reads a code back, or answers undefined. Forgives what a person retyping it gets wrong: capitals,
 * Persian digits, spaces and hyphens, and (Crockford's rule) o for 0, i or l for 1.
 */
export function decodeCode(text: string): CodeParts | undefined {
  const plain = toAsciiDigits(text).toLowerCase().replaceAll(/[\s-]/g, '');
  const match = CODE.exec(plain.replaceAll('o', '0').replaceAll(/[il]/g, '1'));
  if (!match?.[1] || !match[2]) return undefined;
  let number = 0n;
  for (const letter of match[2]) number = (number << 5n) | BigInt(ALPHABET.indexOf(letter));
  const hex = number.toString(16).padStart(32, '0');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { provinceId: Number(match[1]), id };
}

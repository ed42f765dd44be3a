import { type RandomBytes, secureRandom } from './random.ts';

const LARGEST_TIME = 2 ** 48 - 1;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Where the next id stands among those of its millisecond, in 26 bits; it starts anywhere in their first half. */
let turn = secureRandom(4).reduce((all, byte) => all * 256 + byte, 0) % 2 ** 25;

/** Strong randomness behind 26 bits that count up (RFC 9562, section 6.2, method 1). */
function inTurn(length: number): Uint8Array {
  const bytes = secureRandom(length);
  turn = (turn + 1) % 2 ** 26;
  bytes.set([turn >>> 22, turn >>> 14, (turn >>> 8) & 0x3f, turn]);
  return bytes;
}

/**
 * Makes a UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, 26 that count up, then
 * 48 random bits. Ids made by one process for one moment are in the order in which they were made, so
 * that 100,000 rows of one import are added at the end of every index instead of all over it.
 * @param nowMs the clock, in whole milliseconds since 1970; RangeError outside 0…2^48−1
 * @param random gives all that follows the time instead, 10 bytes
 */
export function uuid7(nowMs: number, random: RandomBytes = inTurn): string {
  if (!Number.isInteger(nowMs) || nowMs < 0 || nowMs > LARGEST_TIME) {
    throw new RangeError(`not a time for a UUID: ${nowMs}`);
  }
  const time = nowMs.toString(16).padStart(12, '0');
  const bytes = random(10);
  const hex = (at: number) => HEX_OF_BYTE[bytes[at] ?? 0];
  // Version 7, then 12 random bits; variant 10, then 62.
  const version = `7${hex(0)?.charAt(1)}${hex(1)}`;
  const variant = `${HEX_OF_BYTE[0x80 | ((bytes[2] ?? 0) & 0x3f)]}${hex(3)}`;
  const node = `${hex(4)}${hex(5)}${hex(6)}${hex(7)}${hex(8)}${hex(9)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${node}`;
}

/** True for a UUID of any version, written in lower case with its hyphens, as the database gives it. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

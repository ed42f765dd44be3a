import { type RandomBytes, secureRandom } from './random.ts';

const LARGEST_TIME = 2 ** 48 - 1;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/**
 * Makes a UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then 74 random bits.
 * Ids made in one millisecond are in no particular order.
 * @param nowMs the clock, in whole milliseconds since 1970; RangeError outside 0…2^48−1
 * @param random gives the random part; strong randomness by default
 */
export function uuid7(nowMs: number, random: RandomBytes = secureRandom): string {
  if (!Number.isInteger(nowMs) || nowMs < 0 || nowMs > LARGEST_TIME) {
    throw new RangeError(`not a time for a UUID: ${nowMs}`);
  }
  const time = nowMs.toString(16).padStart(12, '0');
  let tail = '';
  for (const byte of random(10)) tail += HEX_OF_BYTE[byte] ?? '';
  const variant = '89ab'.charAt(Number.parseInt(tail.charAt(4), 16) & 3);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${tail.slice(1, 4)}`,
    variant + tail.slice(5, 8),
    tail.slice(8, 20),
  ].join('-');
}

/** True for a UUID of any version, written in lower case with its hyphens, as the database gives it. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** A source of `length` random bytes; an argument everywhere, so that a test can hold it still. */
export type RandomBytes = (length: number) => Uint8Array;

const STOCK = 8192;
const stock = new Uint8Array(STOCK);
let used = STOCK;

/**
 * Cryptographically strong bytes from the platform: the same global in Node and in browsers. Asked for
 * a stock at a time, because each asking costs as much as a thousand bytes; no byte is given twice.
 */
export const secureRandom: RandomBytes = (length) => {
  if (length > STOCK) return globalThis.crypto.getRandomValues(new Uint8Array(length));
  if (used + length > STOCK) {
    globalThis.crypto.getRandomValues(stock);
    used = 0;
  }
  used += length;
  return stock.slice(used - length, used);
};

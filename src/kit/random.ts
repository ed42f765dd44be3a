/** A source of `length` random bytes; an argument everywhere, so that a test can hold it still. */
export type RandomBytes = (length: number) => Uint8Array;

/** Cryptographically strong bytes from the platform: the same global in Node and in browsers. */
export const secureRandom: RandomBytes = (length) =>
  globalThis.crypto.getRandomValues(new Uint8Array(length));

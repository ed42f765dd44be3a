const pageBits = 1 << 16;

/** Numbers of transactions, which lie close together: a bit each. */
export class XidSet {
  readonly #pages = new Map<number, Uint8Array>();

  /** Adds one; a whole number below 2^53. */
  add(xid: number): void {
    const page = Math.floor(xid / pageBits);
    let bits = this.#pages.get(page);
    if (!bits) {
      bits = new Uint8Array(pageBits / 8);
      this.#pages.set(page, bits);
    }
    const at = xid % pageBits;
    bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
  }

  /** Whether it was added. */
  has(xid: number): boolean {
    const at = xid % pageBits;
    const bits = this.#pages.get(Math.floor(xid / pageBits));
    return bits !== undefined && ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
  }
}

/** The whole number of a transaction whose last 32 bits stand on a row; 1 and 2 are from before all of them. */
export function wholeXid(xid: string, next: bigint): bigint {
  const low = BigInt(xid);
  if (low < 3n) return low;
  const whole = ((next >> 32n) << 32n) + low;
  return whole <= next + (1n << 31n) ? whole : whole - (1n << 32n);
}

/** The last 32 bits of the whole number of a transaction, as they stand on a row. */
export const shortXid = (whole: string): string => String(BigInt(whole) & 0xffffffffn);

import type { WriteTrail } from './marks/trail.ts';
import type { Tx } from './transaction.ts';

/** A keyed digest of a step's bytes, with a key that the database does not hold. */
export interface StepSealer {
  mac(text: string): Buffer;
}

const sealers = new WeakMap<Tx, StepSealer>();

/** Says with what the steps of a transaction are sealed. */
export function sealWith(tx: Tx, sealer: StepSealer): void {
  sealers.set(tx, sealer);
}

/** What seals the steps of a transaction; undefined where the house was given no key. */
export function sealerOf(tx: Tx): StepSealer | undefined {
  return sealers.get(tx);
}

const trails = new WeakMap<Tx, WriteTrail>();

/** Says where it is kept which cases a transaction opens. */
export function trailWith(tx: Tx, trail: WriteTrail): void {
  trails.set(tx, trail);
}

/** Tells which cases a transaction opens, for the mark that it leaves. */
export function noteOpened(tx: Tx, caseIds: readonly string[]): void {
  trails.get(tx)?.opened.push(...caseIds);
}

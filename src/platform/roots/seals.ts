import type { StepSealer } from '../step-seals.ts';
import { type Link, sha256 } from './merkle.ts';

/** The seal from which a chain goes on that the house had no key for until this link of it. */
export function openingSeal(sealer: StepSealer, { caseId, seq, hash }: Link): Buffer {
  return sha256(sealer.mac(`link ${caseId} ${seq} ${Buffer.from(hash).toString('hex')}`));
}

/** The seal after one more step; `before` is undefined for the first. */
export function sealAfter(before: Buffer | undefined, mac: Buffer): Buffer {
  return sha256(before ?? Buffer.alloc(0), mac);
}

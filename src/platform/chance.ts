import { hash, randomBytes } from 'node:crypto';

/**
 * The place of one candidate in a draw, as hex that is compared as text, the smallest first. The same seed and
 * id give the same place on every machine, so a draw that was published with its seed can be done again by
 * anybody who has sha256: `printf '%s %s' SEED ID | sha256sum`.
 */
export function chanceOf(seed: string, id: string): string {
  return hash('sha256', `${seed} ${id}`, 'hex');
}

/** What is published of a seed before it is used, so that it cannot be chosen for its outcome. */
export function fingerprintOf(seed: string): string {
  return hash('sha256', seed, 'hex');
}

/** A seed that nobody can guess. */
export function newSeed(): string {
  return randomBytes(16).toString('hex');
}

import { hash } from 'node:crypto';

/**
 * Draws whom somebody else looks at again: so many of ten thousand (at least one, where there is anybody), in
 * the order of sha256(seed, verification). The same seed and verifications give the same draw on every machine.
 * @returns the ids of the verifications that were drawn
 */
export function drawAgain(
  verifications: readonly string[],
  { seed, shareBp }: { readonly seed: string; readonly shareBp: number },
): Set<string> {
  const size = Math.ceil((verifications.length * shareBp) / 10_000);
  const chance = (id: string) => hash('sha256', `${seed} ${id}`, 'hex');
  const ordered = verifications
    .map((id) => [chance(id), id] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return new Set(ordered.slice(0, size).map(([, id]) => id));
}

import { roundDiv } from '../kit/rial.ts';

/**
 * How much of what was promised was kept, in whole percent, rounded to the nearest; null where nothing was promised.
 * It may be more than a hundred: more was bought than was promised.
 */
export function keptPercent(kept: bigint, promised: bigint): bigint | null {
  return promised > 0n ? roundDiv(kept * 100n, promised) : null;
}

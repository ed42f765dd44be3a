import type { Draft, DraftMaker } from './drafts.ts';
import { COVERED_PERMITS, TERMS } from './plan-targets.ts';
import type { Random } from './random.ts';

/** Groups of five to about a dozen are common, twenty is the most the terms allow. */
const GROUP_WEIGHTS = [8, 12, 14, 15, 12, 14, 6, 8, 4, 3, 5, 2, 1, 2, 1, 2];

/** The people named under one supporter: with a permit of their own, or by name only. */
export interface CoveredGroup {
  readonly withPermit: readonly Draft[];
  readonly nameOnly: readonly Draft[];
}

function drawSize(random: Random): number {
  const { least } = TERMS.supporterPeople;
  return least + random.weighted([...GROUP_WEIGHTS.keys()], (i) => GROUP_WEIGHTS[i] ?? 0);
}

/**
 * Names five to twenty people under each supporter, in the order given. Across the province exactly
 * `COVERED_PERMITS` of them hold a permit; who does is drawn from all places alike.
 */
export function drawCovered(
  random: Random,
  makers: DraftMaker,
  supporters: readonly Draft[],
): CoveredGroup[] {
  const sizes = supporters.map(() => drawSize(random));
  const places = sizes.flatMap((size, supporter) => Array<number>(size).fill(supporter));
  const permits = supporters.map(() => 0);
  for (const supporter of random.shuffle(places).slice(0, COVERED_PERMITS)) {
    permits[supporter] = (permits[supporter] ?? 0) + 1;
  }
  return supporters.map((supporter, i) => {
    const people = Array.from({ length: sizes[i] ?? 0 }, () => makers.coveredBy(supporter));
    const holders = permits[i] ?? 0;
    return { withPermit: people.slice(0, holders), nameOnly: people.slice(holders) };
  });
}

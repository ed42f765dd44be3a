import type { Looked } from '../lighthouse.ts';
import type { Claim } from '../measure.ts';
import type { Served } from './serving.ts';

const limitMs = 50;
const mostTimes = 1.5;

/** What the search has to hold: an absolute limit, and one against bare trigrams in the same run. */
export function searchClaims({
  product,
  trigrams,
  productMiddle,
  trigramsMiddle,
  unasked,
}: Served): Claim[] {
  const against = `PostgreSQL's trigrams alone, p95 ${trigrams.toFixed(1)} ms`;
  const ratio = product / trigrams;
  return [
    {
      id: 'search-p95',
      ...{ value: product, unit: 'ms', against: 'an absolute limit', ratio: null },
      ...{ target: `< ${limitMs} ms`, holds: product < limitMs },
    },
    {
      id: 'search-against-trigrams',
      ...{ value: product, unit: 'ms', against, ratio },
      ...{ target: `at most ${mostTimes} times`, holds: ratio <= mostTimes },
    },
    {
      id: 'search-p50-beside-trigrams',
      ...{
        value: productMiddle,
        unit: 'ms',
        against: `PostgreSQL's trigrams alone, p50 ${trigramsMiddle.toFixed(1)} ms`,
      },
      ...{ ratio: productMiddle / trigramsMiddle, target: 'none: its figure beside', holds: true },
    },
    {
      id: 'unasked-search-p95',
      ...{ value: unasked, unit: 'ms', against, ratio: unasked / trigrams },
      ...{ target: 'none: its figure beside', holds: true },
    },
  ];
}

const mostBytes = 100_000;
const mostPaintMs = 1500;
const leastScore = 95;

/** What the catalogue's first page has to hold on a slow phone. */
export function pageClaims({ bytes, paintMs, scores }: Looked): Claim[] {
  const against = 'an absolute limit';
  return [
    {
      id: 'first-page-bytes',
      ...{ value: bytes, unit: 'bytes', against, ratio: null },
      ...{ target: `< ${mostBytes} bytes`, holds: bytes < mostBytes },
    },
    {
      id: 'first-page-largest-paint',
      ...{ value: paintMs, unit: 'ms', against, ratio: null },
      ...{ target: `< ${mostPaintMs} ms`, holds: paintMs < mostPaintMs },
    },
    ...Object.entries(scores).map(([name, value]) => ({
      id: `first-page-${name}`,
      ...{ value, unit: 'of 100', against, ratio: null },
      ...{ target: `≥ ${leastScore}`, holds: value >= leastScore },
    })),
  ];
}

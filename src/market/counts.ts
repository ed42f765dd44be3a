import type { Count, Measure } from '../platform/counts.ts';
import { bazaarCounts, bazaarMeasures } from './bazaars/counts.ts';
import { materialCounts, materialMeasures } from './materials/counts.ts';

/** What the market adds to the measures: a stall once, a sale when it was delivered, a return when accepted. */
export const marketCounts: readonly Count[] = [
  { measure: 'businesses_in_market', verb: 'market.openStall', add: 'one' },
  ...materialCounts,
  ...bazaarCounts,
];

export const marketMeasures: readonly Measure[] = [
  { name: 'businesses_in_market', unit: 'count' },
  ...materialMeasures,
  ...bazaarMeasures,
];

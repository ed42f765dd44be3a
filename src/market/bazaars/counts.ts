import type { Count, Measure } from '../../platform/counts.ts';

/** A stall counts on the day it was given, sales on the day they were reported. */
export const bazaarCounts: readonly Count[] = [
  { measure: 'stalls_allotted', verb: 'market.allotStall', add: 'one' },
  { measure: 'fair_sales', verb: 'market.reportSales', add: 'rial' },
];

export const bazaarMeasures: readonly Measure[] = [
  { name: 'stalls_allotted', unit: 'count' },
  { name: 'fair_sales', unit: 'rial' },
];

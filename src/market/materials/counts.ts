import type { Count, Measure } from '../../platform/counts.ts';

/**
 * A pooled purchase counts when its offer was chosen, with each maker's share of price and freight; what was
 * saved against the retail price counts when the material is in the maker's hands.
 */
export const materialCounts: readonly Count[] = [
  { measure: 'needs_pooled', verb: 'market.allotShare', add: 'one' },
  { measure: 'pooled_purchases', verb: 'market.allotShare', add: 'rial' },
  { measure: 'materials_saved', verb: 'market.collectRest', add: 'rial' },
  { measure: 'materials_saved', verb: 'market.leaveBehind', add: 'rial' },
  { measure: 'materials_saved', verb: 'market.takeOver', add: 'rial' },
];

export const materialMeasures: readonly Measure[] = [
  { name: 'needs_pooled', unit: 'count' },
  { name: 'pooled_purchases', unit: 'rial' },
  { name: 'materials_saved', unit: 'rial' },
];

import type { Count, Measure } from '../platform/counts.ts';

/** What the steps of supporters' ledgers add to which measure. */
export const supporterCounts: readonly Count[] = [
  { measure: 'covered_contracted', verb: 'supporters.sign', from: ['named'], add: 'one' },
  { measure: 'material_sent_rial', verb: 'supporters.issue', add: 'rial' },
  { measure: 'buyback_promised_rial', verb: 'supporters.promise', add: 'rial' },
  { measure: 'buyback_taken_rial', verb: 'supporters.receive', add: 'rial' },
  { measure: 'covered_months_active', verb: 'supporters.owe', add: 'one' },
  { measure: 'piece_rate_due_rial', verb: 'supporters.owe', add: 'rial' },
  { measure: 'piece_rate_paid_rial', verb: 'supporters.pay', add: 'rial' },
  { measure: 'piece_rate_late_rial', verb: 'supporters.late', add: 'rial' },
];

export const supporterMeasures: readonly Measure[] = [
  { name: 'covered_contracted', unit: 'people' },
  { name: 'covered_months_active', unit: 'count' },
  { name: 'material_sent_rial', unit: 'rial' },
  { name: 'buyback_promised_rial', unit: 'rial' },
  { name: 'buyback_taken_rial', unit: 'rial' },
  { name: 'piece_rate_due_rial', unit: 'rial' },
  { name: 'piece_rate_paid_rial', unit: 'rial' },
  { name: 'piece_rate_late_rial', unit: 'rial' },
];

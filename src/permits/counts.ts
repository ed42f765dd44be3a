import type { Count, Measure } from '../platform/counts.ts';
import { issuingVerbs } from './rules.ts';

/** What the steps of a permit add to which measure. A permit entered from a register was issued. */
export const permitCounts: readonly Count[] = [
  { measure: 'applications_submitted', verb: 'permits.submit', add: 'one' },
  { measure: 'applications_refused', verb: 'permits.refuse', add: 'one' },
  ...issuingVerbs.map((verb): Count => ({ measure: 'permits_issued', verb, add: 'one' })),
  { measure: 'permits_revoked', verb: 'permits.revoke', add: 'one' },
];

export const permitMeasures: readonly Measure[] = [
  { name: 'applications_submitted', unit: 'count' },
  { name: 'applications_refused', unit: 'count' },
  { name: 'permits_issued', unit: 'count' },
  { name: 'permits_revoked', unit: 'count' },
];

import { type RawBuilder, sql } from 'kysely';
import type { Permissions, Principal } from '../platform/policy.ts';

/**
 * The steps that a principal may list, as a predicate over `history h`: their own, their
 * organisation's, or their province's. It looks at what the step carries, as row security does, so
 * an agency's or a bank's list is as long as the figure that is scoped to it.
 */
export function visibleSteps(principal: Principal): RawBuilder<boolean> {
  switch (principal.role) {
    case 'citizen':
      return sql<boolean>`h.person_id::text = ${principal.personId ?? ''}`;
    case 'expert':
      return sql<boolean>`h.agency_id = ${principal.organisationId ?? ''}`;
    case 'bank':
      return sql<boolean>`h.bank_id = ${principal.organisationId ?? ''}`;
    case 'inspector':
    case 'supporter':
      return sql<boolean>`false`;
    default:
      return sql<boolean>`true`;
  }
}

/** Who brings registers into the record (offices that see the whole province), and who has a desk. */
export const figurePermissions: Permissions = {
  'figures.import': ['officer', 'director', 'admin'],
  'figures.targets': ['expert', 'officer', 'director', 'bank', 'ministry', 'auditor', 'admin'],
  'figures.reports': ['expert', 'officer', 'director', 'bank', 'ministry', 'auditor', 'admin'],
  'figures.forecast': ['expert', 'officer', 'director', 'bank', 'ministry', 'auditor', 'admin'],
  // Who looks over those who decide.
  'figures.anomalies': ['director', 'ministry', 'auditor', 'admin'],
  'figures.askTarget': ['officer', 'director', 'ministry'],
  'figures.decideTarget': ['director', 'ministry'],
  'figures.nation': ['ministry', 'auditor'],
  'figures.enterPopulation': ['ministry'],
  // What waits and where it is stuck: each sees their own cases in it.
  'figures.desk': [
    'expert',
    'officer',
    'director',
    'bank',
    'inspector',
    'ministry',
    'auditor',
    'admin',
  ],
};

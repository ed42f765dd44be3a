import { type ExpressionBuilder, sql } from 'kysely';
import type { DB } from '../platform/database.ts';
import { type Permissions, type Principal, reachesCountry } from '../platform/policy.ts';

const office = ['officer', 'director'] as const;
const readers = ['expert', ...office, 'bank', 'ministry', 'auditor', 'admin', 'inspector'] as const;

/** Which roles may take which step. */
export const employmentPermissions: Permissions = {
  'employment.list': readers,
  'employment.register': ['expert', ...office],
  'employment.addEvidence': ['expert', ...office, 'inspector'],
  // Never whoever registered the job: a rule, and a CHECK.
  'employment.verify': ['expert', ...office, 'inspector'],
  'employment.dispute': ['expert', ...office, 'inspector'],
  'employment.confirmAlive': ['expert', ...office, 'inspector'],
  'employment.end': ['expert', ...office],
  'employment.ask': ['expert', ...office],
  'employment.insure': ['expert', ...office],
  'employment.drawRechecks': ['director'],
  'employment.showRechecks': [...office, 'inspector', 'ministry', 'auditor', 'admin'],
  // Never whoever verified it.
  'employment.recheck': [...office, 'inspector'],
  'employment.answerAsk': ['citizen'],
  'employment.takeBack': ['director', 'admin'],
};

/** Which jobs a principal sees: their organisation's, or the province's. */
export function visibleJobs(principal: Principal) {
  return ({ eb, and, ref }: ExpressionBuilder<DB, 'jobs'>) => {
    const within = reachesCountry(principal)
      ? and([])
      : eb(ref('jobs.province_id'), '=', principal.provinceId);
    const theirs = () => {
      switch (principal.role) {
        case 'expert':
          return eb(ref('jobs.agency_id'), '=', principal.organisationId ?? '');
        case 'bank':
          return eb(ref('jobs.bank_id'), '=', principal.organisationId ?? '');
        case 'officer':
        case 'director':
        case 'inspector':
        case 'ministry':
        case 'auditor':
        case 'admin':
          return and([]);
        default:
          return sql<boolean>`false`;
      }
    };
    return and([within, theirs()]);
  };
}

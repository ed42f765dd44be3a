import { type ExpressionBuilder, sql } from 'kysely';
import type { DB } from '../platform/database.ts';
import { type Permissions, type Principal, reachesCountry } from '../platform/policy.ts';

const office = ['officer', 'director'] as const;
const readers = ['expert', ...office, 'bank', 'ministry', 'auditor', 'admin'] as const;

/** Which roles may take which step. */
export const supervisionPermissions: Permissions = {
  'supervision.showCase': ['citizen', 'counter', ...readers],
  'supervision.list': [...readers, 'inspector'],
  'supervision.coverage': readers,
  'supervision.plan': office,
  'supervision.assign': office,
  'supervision.cancel': office,
  // Whoever it is assigned to; the directorate enters it for them.
  'supervision.pass': ['expert', 'inspector', ...office],
  'supervision.orderCorrection': ['expert', 'inspector', ...office],
  'supervision.findDeviation': ['expert', 'inspector', ...office],
  // The same people, with a phone of theirs that has no signal.
  'supervision.field': ['expert', 'inspector', ...office],
  'supervision.revokeDevice': ['expert', 'inspector', ...office],
  'supervision.settle': office,
  'supervision.askParty': office,
  'supervision.excuseParty': office,
  'supervision.takeBack': ['director', 'admin'],
  'supervision.keepChecklist': ['director', 'admin'],
  'supervision.takeSample': ['director'],
  'supervision.showSample': [...office, 'ministry', 'auditor', 'admin'],
  'supervision.showDeviations': ['citizen', ...readers],
  // The holder speaks for themselves, or an office writes down what they said.
  'supervision.hear': ['citizen', 'expert', ...office],
  'supervision.propose': ['expert'],
  'supervision.agree': ['bank'],
  'supervision.returnProposal': ['bank'],
  'supervision.appeal': ['citizen', 'officer'],
  'supervision.upholdMeasure': ['director'],
  'supervision.overturnMeasure': ['director'],
  'supervision.carryOut': office,
  // What the holder is asked by SMS.
  'supervision.answerAsk': ['citizen'],
  'supervision.askOverride': office,
  'supervision.grantOverride': ['director'],
  'supervision.refuseOverride': ['director'],
};

/** Which visits a principal sees: as their cases, and an inspector those that are theirs to make. */
export function visibleVisits(principal: Principal) {
  return ({ eb, and, ref }: ExpressionBuilder<DB, 'visits'>) => {
    const within = reachesCountry(principal)
      ? and([])
      : eb(ref('visits.province_id'), '=', principal.provinceId);
    const theirs = () => {
      switch (principal.role) {
        case 'expert':
          return eb(ref('visits.agency_id'), '=', principal.organisationId ?? '');
        case 'bank':
          return eb(ref('visits.bank_id'), '=', principal.organisationId ?? '');
        case 'inspector':
          return eb(ref('visits.assignee_id'), '=', principal.accountId);
        case 'officer':
        case 'director':
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

/** The one organisation whose plans a principal sees; null for those who see all. */
export function ownOrganisation({
  role,
  organisationId,
}: Pick<Principal, 'role' | 'organisationId'>): string | null {
  return role === 'expert' || role === 'bank' ? (organisationId ?? '-') : null;
}

/** Whether a principal gives visits to people, and so looks after everybody's phones. */
export function mayAssign({ role }: Pick<Principal, 'role'>): boolean {
  return supervisionPermissions['supervision.assign']?.includes(role) ?? false;
}

/** Whether a principal may say what a visit came to: their own visit, or any for the directorate. */
export function mayRecord(
  principal: Pick<Principal, 'role' | 'accountId'>,
  visit: { assigneeId: string | null },
): boolean {
  if (principal.role === 'officer' || principal.role === 'director') return true;
  return visit.assigneeId === principal.accountId;
}

import { type ExpressionBuilder, sql } from 'kysely';
import type { DB } from '../platform/database.ts';
import type { Permissions, Principal } from '../platform/policy.ts';
import { reachesCountry, reachesProvince } from '../platform/policy.ts';

/** Which roles may take which step; on which cases is {@link mayAct}. */
export const permitPermissions: Permissions = {
  'permits.list': [
    'citizen',
    'expert',
    'officer',
    'director',
    'bank',
    'ministry',
    'auditor',
    'admin',
    'counter',
  ],
  'permits.submit': ['expert', 'officer', 'counter'],
  'permits.sign': ['expert'],
  'permits.returnForCorrection': ['expert'],
  'permits.refuse': ['expert', 'director'],
  'permits.grant': ['officer', 'director'],
  'permits.correct': ['citizen', 'expert', 'counter'],
  'permits.withdraw': ['citizen', 'counter'],
  'permits.askClearance': ['expert'],
  'permits.clear': ['expert'],
  'permits.denyClearance': ['expert'],
  'permits.object': ['citizen', 'counter'],
  'permits.uphold': ['officer', 'director'],
  'permits.overturn': ['officer', 'director'],
  'permits.confirm': ['expert'],
  'permits.revoke': ['director'],
  'permits.suspend': ['officer', 'director'],
  'permits.reinstate': ['officer', 'director'],
  'permits.changeAddress': ['expert', 'counter'],
  'permits.changeOccupation': ['expert'],
  'permits.askRenewal': ['citizen', 'counter'],
  'permits.signRenewal': ['expert'],
  'permits.renew': ['officer', 'director'],
  'permits.refuseRenewal': ['expert', 'director'],
  'permits.end': ['officer', 'director'],
  'permits.queue': ['expert', 'officer', 'director', 'bank'],
  'permits.work': ['expert', 'officer', 'director'],
  'permits.takeBack': ['director', 'admin'],
  'permits.apply': ['citizen', 'expert', 'officer', 'counter'],
  'permits.showApplication': ['citizen', 'expert', 'officer', 'director', 'counter'],
  'permits.listOpenings': ['citizen', 'director', 'auditor', 'admin'],
};

/** A case as far as policy looks at it. */
export type PolicyCase = {
  readonly provinceId: number;
  readonly agencyId: string;
  readonly bankId: string | null;
  /** The bodies that have been asked to clear it; null or absent where none has been. */
  readonly clearingIds?: readonly string[] | null;
  readonly personId: string;
};

/** What a clearing body does with a case that is its agency's in everything else. */
const bodyVerbs: readonly string[] = ['permits.clear', 'permits.denyClearance'];

function clears({ organisationId }: Principal, it: PolicyCase): boolean {
  return organisationId !== null && (it.clearingIds?.includes(organisationId) ?? false);
}

/** Whether a principal sees a case: their own, their organisation's, or their province's. */
export function seesCase(principal: Principal, it: PolicyCase): boolean {
  if (!reachesProvince(principal, it.provinceId)) return false;
  if (principal.role === 'citizen') return principal.personId === it.personId;
  if (principal.role === 'expert') {
    return principal.organisationId === it.agencyId || clears(principal, it);
  }
  if (principal.role === 'bank') return principal.organisationId === it.bankId;
  return principal.role !== 'inspector' && principal.role !== 'supporter';
}

/** Whether a principal may take a step on a case, whatever its state: sees it, and holds the verb. */
export function mayAct(principal: Principal, verb: string, it: PolicyCase): boolean {
  const holdsVerb = permitPermissions[verb]?.includes(principal.role) ?? false;
  if (principal.role === 'expert') {
    const own = principal.organisationId === it.agencyId;
    if (bodyVerbs.includes(verb) ? own : !own) return false;
  }
  return holdsVerb && principal.provinceId === it.provinceId && seesCase(principal, it);
}

/** {@link seesCase} as a predicate over `cases`, for lists, counts, searches and exports alike. */
export function visibleTo(principal: Principal) {
  return ({ eb, and, or, ref }: ExpressionBuilder<DB, 'cases'>) => {
    // Row security says so too, but not in a transaction that has to see the whole province.
    const within = reachesCountry(principal)
      ? and([])
      : eb(ref('cases.province_id'), '=', principal.provinceId);
    const theirs = () => {
      switch (principal.role) {
        case 'citizen':
          return eb(ref('cases.person_id'), '=', principal.personId ?? nobody);
        case 'expert':
          return or([
            eb(ref('cases.agency_id'), '=', principal.organisationId ?? ''),
            sql<boolean>`cases.clearing_ids @> array[${principal.organisationId ?? ''}::text]`,
          ]);
        case 'bank':
          return eb(ref('cases.bank_id'), '=', principal.organisationId ?? '');
        case 'inspector':
        case 'supporter':
          return sql<boolean>`false`;
        default:
          return and([]);
      }
    };
    return and([within, theirs()]);
  };
}

const nobody = '00000000-0000-0000-0000-000000000000';

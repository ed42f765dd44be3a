import { type ExpressionBuilder, sql } from 'kysely';
import type { DB } from '../platform/database.ts';
import { type Permissions, type Principal, reachesCountry } from '../platform/policy.ts';
import { bazaarPermissions } from './bazaars/policy.ts';
import { materialPermissions } from './materials/policy.ts';

/** Which roles may take which step. Whoever is a citizen may be a maker, a buyer, or both. */
export const marketPermissions: Permissions = {
  ...materialPermissions,
  ...bazaarPermissions,
  'market.showMyStalls': ['citizen'],
  'market.openStall': ['citizen'],
  'market.keepProducts': ['citizen'],
  'market.order': ['citizen'],
  'market.showOrder': ['citizen', 'officer', 'director', 'ministry', 'auditor', 'admin'],
  'market.actOnOrder': ['citizen', 'officer', 'director'],
  'market.showStatement': ['citizen', 'officer', 'director', 'ministry', 'auditor', 'admin'],
  'market.settle': ['officer', 'director'],
};

/** Which stalls a principal reads beyond what is public: a maker their own, the office its province's. */
export function visibleStalls(principal: Principal) {
  return ({ eb, and, ref }: ExpressionBuilder<DB, 'stalls'>) => {
    const within = reachesCountry(principal)
      ? and([])
      : eb(ref('stalls.province_id'), '=', principal.provinceId);
    switch (principal.role) {
      case 'citizen':
        return principal.personId === null
          ? sql<boolean>`false`
          : and([within, eb(ref('stalls.person_id'), '=', principal.personId)]);
      case 'officer':
      case 'director':
      case 'ministry':
      case 'auditor':
      case 'admin':
        return within;
      default:
        return sql<boolean>`false`;
    }
  };
}

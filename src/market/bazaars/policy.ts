import { type ExpressionBuilder, sql } from 'kysely';
import type { DB } from '../../platform/database.ts';
import { type Permissions, type Principal, reachesCountry } from '../../platform/policy.ts';

const office = ['officer', 'director'] as const;
const readers = [...office, 'ministry', 'auditor', 'admin'] as const;

/** Which roles may take which step of a fair. */
export const bazaarPermissions: Permissions = {
  'market.listFairs': readers,
  'market.showFair': readers,
  'market.announceFair': office,
  'market.cancelFair': office,
  'market.drawStalls': office,
  'market.closeFair': office,
  'market.showMyFairs': ['citizen'],
  'market.applyForStall': ['citizen', ...office],
  'market.withdrawApplication': ['citizen', ...office],
  'market.scoreApplication': office,
  'market.attendFair': office,
  'market.missFair': office,
  'market.reportSales': ['citizen', ...office],
  'market.takeBackSales': ['director', 'admin'],
};

/** Which applications a principal sees: a maker their own, the office its province's. */
export function visibleApplications(principal: Principal) {
  return ({ eb, and, ref }: ExpressionBuilder<DB, 'stall_applications'>) => {
    const within = reachesCountry(principal)
      ? and([])
      : eb(ref('stall_applications.province_id'), '=', principal.provinceId);
    if (principal.role === 'citizen') {
      return principal.personId === null
        ? sql<boolean>`false`
        : and([within, eb(ref('stall_applications.person_id'), '=', principal.personId)]);
    }
    return readers.some((role) => role === principal.role) ? within : sql<boolean>`false`;
  };
}

import { type ExpressionBuilder, sql } from 'kysely';
import type { DB } from '../../platform/database.ts';
import { type Permissions, type Principal, reachesCountry } from '../../platform/policy.ts';

const office = ['officer', 'director'] as const;
const readers = [...office, 'ministry', 'auditor', 'admin'] as const;
/** A supplier signs in as a citizen with a phone, or as a supporter. */
const suppliers = ['citizen', 'supporter'] as const;

/** Which roles may take which step of a pooled purchase. */
export const materialPermissions: Permissions = {
  'market.listMaterials': [...suppliers, ...readers],
  'market.addMaterial': office,
  'market.listSuppliers': readers,
  'market.registerSupplier': office,
  'market.endSupplier': office,
  'market.listPurchases': readers,
  'market.showPurchase': readers,
  'market.openPurchase': office,
  'market.closePurchase': office,
  'market.cancelPurchase': office,
  'market.showMySupply': suppliers,
  'market.offer': [...suppliers, ...office],
  'market.withdrawOffer': [...suppliers, ...office],
  'market.chooseOffer': office,
  'market.deliver': office,
  'market.showMyNeeds': ['citizen'],
  'market.showPrices': ['citizen', ...readers],
  'market.stateNeed': ['citizen', ...office],
  'market.joinPurchase': ['citizen', ...office],
  'market.leavePurchase': ['citizen', ...office],
  'market.withdrawNeed': ['citizen', ...office],
  'market.collect': ['citizen', ...office],
  'market.payShare': office,
  'market.leaveBehind': office,
  'market.giveLeftover': office,
  'market.returnLeftover': office,
};

/** Which needs a principal sees: a maker their own, the office its province's. */
export function visibleNeeds(principal: Principal) {
  return ({ eb, and, ref }: ExpressionBuilder<DB, 'needs'>) => {
    const within = reachesCountry(principal)
      ? and([])
      : eb(ref('needs.province_id'), '=', principal.provinceId);
    if (principal.role === 'citizen') {
      return principal.personId === null
        ? sql<boolean>`false`
        : and([within, eb(ref('needs.person_id'), '=', principal.personId)]);
    }
    return readers.some((role) => role === principal.role) ? within : sql<boolean>`false`;
  };
}

/** Whether a principal speaks for the office, and so for makers and suppliers who came to it. */
export function isOffice({ role }: Pick<Principal, 'role'>): boolean {
  return office.some((one) => one === role);
}

import { Problem } from '../../kit/problem.ts';
import type { Principal } from '../../platform/policy.ts';
import { type OrderVerb, type Party, stepParties } from '../order-rules.ts';
import type { OrderRow } from './queries.ts';

const office: readonly string[] = ['officer', 'director'];
const readers: readonly string[] = [...office, 'auditor', 'ministry', 'admin'];

/** Who a principal is towards an order; undefined for a stranger. A buyer may be of any province. */
function partyOf(
  principal: Principal,
  order: Pick<OrderRow, 'province_id' | 'person_id' | 'buyer_id' | 'buyer_province_id'>,
): Party | undefined {
  const { accountId, provinceId, personId, role } = principal;
  if (role === 'citizen') {
    if (order.buyer_id === accountId && order.buyer_province_id === provinceId) return 'buyer';
    const own = personId !== null && order.person_id === personId;
    return own && provinceId === order.province_id ? 'maker' : undefined;
  }
  if (office.includes(role) && provinceId === order.province_id) return 'office';
  return undefined;
}

/**
 * Whether somebody reads an order: its parties, and who looks over the province or the country.
 * @throws Problem `platform.not_found` (404)
 */
export function demandReader(principal: Principal, order: OrderRow): Party {
  const party = partyOf(principal, order);
  if (party) return party;
  const national = principal.role === 'ministry' || principal.role === 'auditor';
  const within = national || principal.provinceId === order.province_id;
  if (readers.includes(principal.role) && within) return 'office';
  throw new Problem('platform.not_found');
}

/**
 * Who a principal is towards an order, if that party takes the step.
 * @throws Problem `platform.not_found` (404) for a stranger, `platform.forbidden` (403) for another party
 */
export function demandParty(principal: Principal, verb: OrderVerb, order: OrderRow): Party {
  const party = partyOf(principal, order);
  if (!party) throw new Problem('platform.not_found');
  if (!stepParties[verb]?.includes(party)) {
    throw new Problem('platform.forbidden', { permission: verb });
  }
  return party;
}

/**
 * Lets on only the buyer of an order.
 * @throws Problem `platform.not_found` (404) for a stranger, `platform.forbidden` (403) for another party
 */
export function demandBuyer(principal: Principal, order: OrderRow): void {
  const party = partyOf(principal, order);
  if (!party) throw new Problem('platform.not_found');
  if (party !== 'buyer') throw new Problem('platform.forbidden', { permission: 'market.order' });
}

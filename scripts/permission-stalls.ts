import { type OrderVerb, type Party, stepParties } from '../src/market/order-rules.ts';
import { moneyRoutes } from '../src/market/orders/money-routes.ts';
import { orderRoutes } from '../src/market/orders/order-routes.ts';
import { orderStepRoutes } from '../src/market/orders/step-routes.ts';
import { productRoutes } from '../src/market/product-routes.ts';
import { requestRoutes } from '../src/market/requests/routes.ts';
import { stallRoutes } from '../src/market/stall-routes.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import type { Principal } from '../src/platform/policy.ts';
import type { Verdict } from './permission-matrix.ts';

const here = 4;
const buyersProvince = 7;

/** Named by a digest besides: whose photo it is, `objectFrom` and the market's own test say, as its owner, another and nobody. */
export const ofPhotos: readonly string[] = ['market.showOwnPhoto'];

/** Every endpoint about stalls, products, orders and requests; `:code` is one of these. */
export const stallEndpoints: readonly AnyEndpoint[] = [
  ...stallRoutes,
  ...productRoutes(() => '').filter(({ id }) => !ofPhotos.includes(id)),
  ...orderRoutes,
  ...orderStepRoutes,
  ...moneyRoutes(() => ''),
  ...requestRoutes,
];

/** Endpoints at which a maker is held to their own by row security, others by their permission alone. */
const ofOwn: readonly string[] = ['market.keepProducts', 'market.showMyStalls'];
const ofBuyer: readonly string[] = [
  'market.pay',
  'market.confirmPayment',
  'market.complain',
  'market.rate',
];

/**
 * What the policies say of such an endpoint about a stall of the case above, a product of it, and an order
 * of the citizen elsewhere.
 */
export function stallVerdict(
  { id, access, url }: AnyEndpoint,
  principal: Principal | null,
): Verdict {
  if (!('permission' in access)) return 'let';
  if (!principal) return 401;
  const { permission } = access;
  if (!access.table[permission]?.includes(principal.role)) return 403;
  if (id === 'market.openStall') return principal.personId ? 'let' : 404;
  if (!url.includes(':code') && id !== 'market.addPhoto') return 'let';
  if (ofOwn.includes(permission)) return principal.personId ? 'let' : 404;
  if (id === 'market.askMakers') return 'let';
  if (url.startsWith('/api/requests/')) return requestVerdict(principal);
  if (url.startsWith('/api/orders/')) return orderVerdict(id, permission, principal);
  if (id === 'market.order') return 'let';
  const national = principal.role === 'ministry' || principal.role === 'auditor';
  if (principal.role === 'citizen') return principal.personId ? 'let' : 404;
  return national || principal.provinceId === here ? 'let' : 404;
}

/** A request is its buyer's, and may be read by whoever looks over the province or the country. */
function requestVerdict({ role, provinceId, personId }: Principal): Verdict {
  if (role === 'citizen') return !personId && provinceId === buyersProvince ? 'let' : 404;
  const national = role === 'ministry' || role === 'auditor';
  return national || provinceId === here ? 'let' : 404;
}

function orderVerdict(id: string, permission: string, principal: Principal): Verdict {
  const party = partyAt(principal);
  if (permission === 'market.settle') return principal.provinceId === here ? 'let' : 404;
  const reads = ['ministry', 'auditor'].includes(principal.role);
  const looksOver = reads || (principal.role === 'admin' && principal.provinceId === here);
  if (permission === 'market.showOrder' && looksOver) return 'let';
  if (!party) return 404;
  if (ofBuyer.includes(id)) return party === 'buyer' ? 'let' : 403;
  const takers = stepParties[id as OrderVerb];
  return !takers || takers.includes(party) ? 'let' : 403;
}

function partyAt({ role, provinceId, personId }: Principal): Party | undefined {
  if (role === 'citizen') {
    if (personId) return 'maker';
    return provinceId === buyersProvince ? 'buyer' : undefined;
  }
  return (role === 'officer' || role === 'director') && provinceId === here ? 'office' : undefined;
}

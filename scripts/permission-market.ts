import { bazaarRoutes } from '../src/market/bazaars/routes.ts';
import { materialRoutes } from '../src/market/materials/routes.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import { type Principal, reachesProvince } from '../src/platform/policy.ts';
import type { Position, Verdict } from './permission-matrix.ts';

const here = 4;

/** Every endpoint about pooled purchases, suppliers, fairs and applications for stalls. */
export const marketEndpoints: readonly AnyEndpoint[] = [...materialRoutes, ...bazaarRoutes];

/** Endpoints whose code is one maker's own need or application, and those whose body names a case. */
const ofOneMaker = /^\/api\/(?:needs|stall-applications)\/:code/;
const namesCase: readonly string[] = ['market.stateNeed', 'market.applyForStall'];
/** Endpoints for which a citizen or a supporter has to be a registered supplier, which nobody here is. */
const forSuppliers: readonly string[] = ['market.offer'];
/** Endpoints about an offer that is somebody else's. */
const ofOneSupplier: readonly string[] = ['market.withdrawOffer'];
/** Endpoints about a material, which is a province's own. */
const namesMaterial: readonly string[] = ['market.openPurchase', 'market.showPrices'];
const isOffice = ({ role }: Principal) => role === 'officer' || role === 'director';

/**
 * What the policies say of such an endpoint about a purchase, a fair and an offer of province 04, and about a
 * need and an application that belong to the matrix's own citizen.
 */
export function marketVerdict(
  { id, access, url }: AnyEndpoint,
  principal: Principal | null,
  position?: Pick<Position, 'own'>,
): Verdict {
  if (!('permission' in access)) return 'let';
  if (!principal) return 401;
  if (!access.table[access.permission]?.includes(principal.role)) return 403;
  if (namesMaterial.includes(id)) return principal.provinceId === here ? 'let' : 404;
  const named = url.includes(':code') || namesCase.includes(id);
  if (!named) return 'let';
  if (!reachesProvince(principal, here)) return 404;
  const maker = principal.role === 'citizen';
  if (maker && (ofOneMaker.test(url) || namesCase.includes(id))) return position?.own ? 'let' : 404;
  if (forSuppliers.includes(id) && !isOffice(principal)) return 403;
  if (ofOneSupplier.includes(id) && !isOffice(principal)) return 404;
  return 'let';
}

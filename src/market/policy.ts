import type { Permissions } from '../platform/policy.ts';

/** Which roles may take which step. Whoever is a citizen may be a maker, a buyer, or both. */
export const marketPermissions: Permissions = {
  'market.showMyStalls': ['citizen'],
  'market.openStall': ['citizen'],
  'market.keepProducts': ['citizen'],
};

import type { Permissions } from '../platform/policy.ts';
import { bazaarPermissions } from './bazaars/policy.ts';
import { materialPermissions } from './materials/policy.ts';

/** Which roles may take which step. Whoever is a citizen may be a maker, a buyer, or both. */
export const marketPermissions: Permissions = {
  ...materialPermissions,
  ...bazaarPermissions,
  'market.showMyStalls': ['citizen'],
  'market.openStall': ['citizen'],
  'market.keepProducts': ['citizen'],
};

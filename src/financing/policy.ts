import type { Permissions } from '../platform/policy.ts';

/** Which roles may take which step. */
export const financingPermissions: Permissions = {
  'financing.takeBack': ['director', 'admin'],
};

import type { Permissions } from '../platform/policy.ts';

/** Which roles may take which step. */
export const employmentPermissions: Permissions = {
  'employment.takeBack': ['director', 'admin'],
};

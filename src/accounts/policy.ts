import type { Permissions, Role } from '../platform/policy.ts';

/** Everybody who signs in with a password. */
const staff: readonly Role[] = [
  'expert',
  'officer',
  'director',
  'bank',
  'inspector',
  'supporter',
  'ministry',
  'auditor',
  'admin',
  'counter',
];

/** Acts on accounts themselves. */
export const accountPermissions: Permissions = {
  'accounts.signOut': ['citizen', ...staff],
  'accounts.identify': ['citizen'],
  'accounts.setMobile': ['counter', 'officer'],
  'accounts.listClients': ['admin'],
  'accounts.createClient': ['admin'],
  'accounts.revokeClient': ['admin'],
  'accounts.listStaff': ['admin', 'director', 'auditor'],
  'accounts.askChange': ['admin'],
  // Who agrees is another person than who asked.
  'accounts.decideChange': ['admin', 'director'],
  'accounts.listAlarms': ['admin', 'director', 'auditor'],
  'accounts.seeAlarm': ['admin', 'director', 'auditor'],
  'accounts.changePassword': staff,
  'accounts.ownFactors': staff,
  'accounts.ownSessions': ['citizen', ...staff],
};

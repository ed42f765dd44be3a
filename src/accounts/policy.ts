import type { Permissions } from '../platform/policy.ts';

/** Acts on accounts themselves. */
export const accountPermissions: Permissions = {
  'accounts.signOut': [
    'citizen',
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
  ],
  'accounts.identify': ['citizen'],
  'accounts.setMobile': ['counter', 'officer'],
  'accounts.listClients': ['admin'],
  'accounts.createClient': ['admin'],
  'accounts.revokeClient': ['admin'],
};

import type { Permissions } from '../../platform/policy.ts';

/** Who writes the programme's account, who signs it first, and who publishes it. */
export const bulletinPermissions: Permissions = {
  'publishing.readBulletins': ['officer', 'director', 'ministry', 'auditor'],
  'publishing.writeBulletins': ['officer', 'director'],
  'publishing.signBulletin': ['officer', 'director'],
  'publishing.publishBulletin': ['director'],
  'publishing.moderateComments': ['officer', 'director'],
};

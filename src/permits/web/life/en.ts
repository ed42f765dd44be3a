import type { SameWords } from '../../../web/same-words.ts';
import type fa from './fa.ts';

const en = {
  paper: 'Download the permit (PDF)',
  check: 'Public page of the permit',
  versions: 'Versions of the permit',
  version: 'Version {version}: {verb}',
  takesBack: 'Taken back: {verb}',
  validity: '{from} to {until}',
  conditions: 'Conditions',
  approvedBy: '{verb}: {who}, {day}',
  byRule: 'The system',
  renewableFrom: 'Renewable from',
  worth: 'At present',
  occupationHint: 'An occupation of the same agency only; any other needs a new application.',
  status: {
    valid: 'Valid',
    suspended: 'Suspended',
    expired: 'Expired',
    revoked: 'Revoked',
    ended: 'Ended (no holder)',
    void: 'Taken back',
  },
} as const satisfies SameWords<typeof fa>;

export default en;

import type { MarketWords } from './fa.ts';

const en: MarketWords = {
  verbs: { openStall: 'Open a stall', showMyStalls: 'See one’s own stall' },
  measures: {
    businesses_in_market: {
      label: 'Businesses linked to the market',
      definition: 'Permits for which a stall was opened in the period; each permit once.',
    },
  },
  standings: {
    valid: 'Valid',
    suspended: 'Suspended',
    expired: 'Expired',
    revoked: 'Revoked',
    ended: 'Ended',
  },
  problems: {
    permit_not_valid: {
      title: 'Nothing can be sold under this permit now.',
      next: 'Only the holder of a valid permit has a stall. If it is suspended or expired, put that right first.',
    },
    stall_open_already: {
      title: 'This permit has a stall.',
      next: 'Each permit has one stall; open that one.',
    },
  },
};

export default en;

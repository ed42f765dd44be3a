import { answer, api } from '../../../web/api.ts';
import {
  bankFilesPath,
  banksPath,
  casesPath,
  importPath,
  jobsPath,
  queuePath,
  staffPath,
  supportersPath,
  visitsPath,
} from '../../../web/paths.ts';

/** How long a list is; `more` = longer than it was counted. */
type Length = { readonly count: number; readonly more?: boolean };

/** Work beside the queue of cases: whoever holds the permission has it, and its number is its list's own. */
export const workLists = [
  {
    id: 'referable',
    permission: 'financing.refer',
    href: casesPath({ referable: 'true' }),
    read: async () => {
      const query = { referable: true, limit: 1 };
      const { total, more } = await answer(api.GET('/api/cases', { params: { query } }));
      return { count: total, more };
    },
  },
  {
    id: 'visits',
    permission: 'supervision.list',
    href: visitsPath(),
    read: async () => ({ count: (await answer(api.GET('/api/visits'))).total }),
  },
  {
    id: 'lateVisits',
    permission: 'supervision.coverage',
    href: visitsPath({ tab: 'late' }),
    read: async () => ({ count: (await answer(api.GET('/api/visit-escalations'))).items.length }),
  },
  {
    id: 'gates',
    permission: 'supervision.coverage',
    href: visitsPath({ tab: 'gates' }),
    read: async () => ({ count: (await answer(api.GET('/api/gates'))).items.length }),
  },
  {
    id: 'deviations',
    permission: 'supervision.showDeviations',
    href: visitsPath({ tab: 'deviations' }),
    read: async () => ({ count: (await answer(api.GET('/api/deviations'))).items.length }),
  },
  {
    id: 'jobs',
    permission: 'employment.verify',
    href: jobsPath({ state: 'registered' }),
    read: async () => {
      const query = { state: 'registered' as const };
      return { count: (await answer(api.GET('/api/jobs', { params: { query } }))).total };
    },
  },
  {
    id: 'bankLines',
    permission: 'financing.decideLine',
    href: bankFilesPath({ tab: 'waiting' }),
    read: async () => ({ count: (await answer(api.GET('/api/bank-lines'))).total }),
  },
  {
    id: 'enquiries',
    permission: 'financing.closeEnquiry',
    href: banksPath(),
    read: async () => {
      const { enquiries } = await answer(api.GET('/api/payment-enquiries'));
      return { count: enquiries.length };
    },
  },
  {
    id: 'matches',
    permission: 'figures.import',
    href: importPath({ tab: 'matches' }),
    read: async () => ({ count: (await answer(api.GET('/api/matches'))).items.length }),
  },
  {
    id: 'supporterEnquiries',
    permission: 'supporters.closeReceipt',
    href: supportersPath({ tab: 'enquiries' }),
    read: async () => ({ count: (await answer(api.GET('/api/supporter-enquiries'))).items.length }),
  },
  {
    id: 'staff',
    permission: 'accounts.listStaff',
    href: staffPath(),
    read: async () => {
      const { changes } = await answer(api.GET('/api/staff'));
      return { count: changes.filter(({ state }) => state === 'asked').length };
    },
  },
] as const satisfies readonly {
  id: string;
  permission: string;
  href: string;
  read: () => Promise<Length>;
}[];

/** Parts of the queue that are worth a number of their own, in the order of their weight. */
export const queueParts = [
  'late',
  'escalated',
  'soon',
  'toSign',
  'objections',
  'atBank',
  'mine',
  'all',
] as const;

/** The list of a part of the queue. */
export const queuePart = (tab: (typeof queueParts)[number]): string =>
  queuePath({ tab: tab === 'all' ? undefined : tab });

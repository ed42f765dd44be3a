import { referenceOf } from '../../accounts/index.ts';
import { signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { demandReach, type Principal } from '../../platform/policy.ts';
import { figurePermissions as table } from '../policy.ts';
import { readPeriod } from '../question.ts';
import { arrearsByBank, listLateLoans } from './arrears.ts';
import {
  ArrearsAnswer,
  DeskQuery,
  LateLoansAnswer,
  LateLoansQuery,
  StuckAnswer,
} from './contract.ts';
import { listStuck } from './stuck.ts';

const access = { table, permission: 'figures.desk' } as const;
const problems = ['platform.not_found'];

/** The province that is asked about: the one named, else the caller's own. */
const province = ({
  query,
  principal,
}: {
  query: { province?: string };
  principal: Principal | null;
}) => Number(query.province ?? principal?.provinceId ?? 0);

/** What an office's desk shows beside its queues: where cases are stuck, and who is behind with paying back. */
export const deskRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'figures.showStuck',
    method: 'GET',
    url: '/api/stuck',
    summary: 'What waits in each stage, with whom, since when, and how long the last ones took',
    access,
    pool: 'reports',
    query: DeskQuery,
    response: StuckAnswer,
    problems: [...problems, 'figures.bad_period'],
    province,
    handle: async ({ tx, act, principal, query, house }) => {
      const caller = signedIn(principal);
      demandReach(caller, act.provinceId);
      const { provinceId, today } = act;
      const asked = { provinceId, principal: caller, today, period: readPeriod(query, today) };
      return listStuck(tx, await referenceOf(house.database), asked);
    },
  }),
  endpoint({
    id: 'figures.showArrears',
    method: 'GET',
    url: '/api/arrears',
    summary: 'What borrowers owe past its day, by bank, as of the last closed day',
    access,
    pool: 'reports',
    query: DeskQuery,
    response: ArrearsAnswer,
    problems,
    wholeProvince:
      'Which day was closed last is the province’s; whose loans are counted is asked of each loan.',
    province,
    handle: async ({ tx, act, principal, house }) => {
      const caller = signedIn(principal);
      demandReach(caller, act.provinceId);
      const asked = { provinceId: act.provinceId, principal: caller };
      return arrearsByBank(tx, await referenceOf(house.database), asked);
    },
  }),
  endpoint({
    id: 'figures.listLateLoans',
    method: 'GET',
    url: '/api/late-loans',
    summary: 'The late loans behind a number of the arrears, the longest overdue first',
    access,
    pool: 'reports',
    query: LateLoansQuery,
    response: LateLoansAnswer,
    problems,
    wholeProvince:
      'Which day was closed last is the province’s; whose loans are listed is asked of each loan.',
    province,
    handle: async ({ tx, act, principal, query, house }) => {
      const caller = signedIn(principal);
      demandReach(caller, act.provinceId);
      const asked = { provinceId: act.provinceId, principal: caller, ...query };
      return listLateLoans(tx, await referenceOf(house.database), asked);
    },
  }),
];

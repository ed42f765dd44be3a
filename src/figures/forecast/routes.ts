import { referenceOf } from '../../accounts/index.ts';
import { caseKey, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { demandReach } from '../../platform/policy.ts';
import { figurePermissions as table } from '../policy.ts';
import { ForecastAnswer, ForecastParams, WaitingForecast, WaitingQuery } from './contract.ts';
import { forecastMoney } from './money.ts';
import { forecastWaiting } from './waiting.ts';

const access = { table, permission: 'figures.forecast' } as const;

/** Where money and queues will be if things go on as they go, with how far off that was before. */
export const forecastRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'figures.forecastMoney',
    method: 'GET',
    url: '/api/forecast/allocations/:code',
    objectFrom: 'province',
    summary: 'What of an allocation will be unspent on its last day, by which method, how sure',
    access,
    pool: 'reports',
    params: ForecastParams,
    response: ForecastAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const caller = signedIn(principal);
      const key = caseKey(params.code);
      demandReach(caller, key.provinceId);
      const asked = { principal: caller, today: act.today };
      return forecastMoney(tx, await referenceOf(house.database), asked, key);
    },
  }),
  endpoint({
    id: 'figures.forecastWaiting',
    method: 'GET',
    url: '/api/forecast/waiting',
    summary: 'How many will wait for a decision longer than the law allows, and how sure',
    access,
    pool: 'reports',
    query: WaitingQuery,
    response: WaitingForecast,
    problems: ['platform.not_found'],
    province: ({ query, principal }) => Number(query.province ?? principal?.provinceId ?? 0),
    handle: async ({ tx, act, principal, house }) => {
      const caller = signedIn(principal);
      const { provinceId, today } = act;
      demandReach(caller, provinceId);
      const asked = { provinceId, principal: caller, today };
      return forecastWaiting(tx, await referenceOf(house.database), asked);
    },
  }),
];

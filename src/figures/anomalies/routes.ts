import { referenceOf } from '../../accounts/index.ts';
import { signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { demandReach } from '../../platform/policy.ts';
import { figurePermissions as table } from '../policy.ts';
import { AnomaliesAnswer, AnomaliesQuery } from './contract.ts';
import { findAnomalies } from './find.ts';

/** What is worth a look, for those who look over a province. */
export const anomalyRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'figures.anomalies',
    method: 'GET',
    url: '/api/anomalies',
    summary: 'What is out of the ordinary, with the numbers that say why and the cases behind it',
    access: { table, permission: 'figures.anomalies' },
    pool: 'reports',
    query: AnomaliesQuery,
    response: AnomaliesAnswer,
    problems: ['platform.not_found'],
    province: ({ query, principal }) => Number(query.province ?? principal?.provinceId ?? 0),
    handle: async ({ tx, act, principal, house }) => {
      const { provinceId, today } = act;
      demandReach(signedIn(principal), provinceId);
      return findAnomalies(tx, await referenceOf(house.database), { provinceId, today });
    },
  }),
];

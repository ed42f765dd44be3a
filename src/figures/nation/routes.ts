import type { Static } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { isoToday } from '../../kit/jalali.ts';
import { signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { figurePermissions as table } from '../policy.ts';
import { readPeriod } from '../question.ts';
import { answerNation } from './answer.ts';
import { NationAnswer, NationQuery, PopulationAnswer, PopulationBody } from './contract.ts';
import { enterPopulation } from './populations.ts';

/** The nation's figures, and how many people its provinces have. */
export function nationRoutes(homeProvince: number): readonly AnyEndpoint[] {
  return [showNation(homeProvince), enterPopulationRoute];
}

function showNation(homeProvince: number): AnyEndpoint {
  return endpoint({
    id: 'figures.showNation',
    method: 'GET',
    url: '/api/figures/nation',
    summary:
      'The nation’s figures: the sum of its provinces’ closed days, and each of them beside it',
    access: { public: 'Totals only, as the figures of a province.' },
    pool: 'reports',
    query: NationQuery,
    response: NationAnswer,
    problems: ['figures.bad_period'],
    province: () => homeProvince,
    // Each province is read in a transaction of its own, before this one begins.
    ahead: async ({ request, house: { database, clock } }) => {
      const today = isoToday(clock.now().getTime(), clock.zone);
      const period = readPeriod(request.query as Static<typeof NationQuery>, today);
      return answerNation(database, await referenceOf(database), homeProvince, period, today);
    },
    handle: async ({ ahead }) => ahead as Static<typeof NationAnswer>,
  });
}

const enterPopulationRoute = endpoint({
  id: 'figures.enterPopulation',
  method: 'POST',
  url: '/api/populations',
  summary: 'Enter how many people a province has, with the source: rates are reckoned by it',
  access: { table, permission: 'figures.enterPopulation' },
  body: PopulationBody,
  response: PopulationAnswer,
  status: 201,
  problems: ['figures.unknown_province', 'figures.population_day'],
  handle: async ({ tx, act, principal, body, house }) => {
    const reference = await referenceOf(house.database);
    const id = await enterPopulation(tx, act, signedIn(principal), reference, body);
    return { code: encodeCode(act.provinceId, id) };
  },
});

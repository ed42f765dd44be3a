import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { isoToday } from '../../kit/jalali.ts';
import { idIn, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint, type House } from '../../platform/endpoint.ts';
import { demandReach } from '../../platform/policy.ts';
import { figurePermissions as table } from '../policy.ts';
import { askTarget, decideTarget } from './actions.ts';
import {
  AskTargetBody,
  DecideTargetBody,
  TargetCode,
  TargetsAnswer,
  TargetsQuery,
} from './contract.ts';
import { readCountry } from './country.ts';
import { yearOf } from './rules.ts';
import { showTargets, type TargetsAsked } from './show.ts';

const thisYear = ({ clock }: House) => yearOf(isoToday(clock.now().getTime(), clock.zone));

/** The year that an address names, as far as it names one. */
function askedYear(query: unknown, house: House): number {
  const { year } = query as { year?: string | number };
  const found = Number(year);
  return Number.isInteger(found) && found >= 1389 && found <= 1500 ? found : thisYear(house);
}

/** Yearly targets: how they stand, asking for one or another version of it, and the second person's word. */
export const targetRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'figures.targets',
    method: 'GET',
    url: '/api/targets',
    summary: 'The targets of a year: aim, done and pace, with every version there was',
    access: { table, permission: 'figures.targets' },
    wholeProvince: 'A target is of a whole province, agency or county; sums carry no person.',
    pool: 'reports',
    query: TargetsQuery,
    response: TargetsAnswer,
    problems: ['platform.not_found'],
    province: ({ query, principal }) => Number(query.province ?? principal?.provinceId ?? 0),
    // The country's sums are of every province, and this transaction sees one.
    ahead: ({ request, house }) => readCountry(house.database, askedYear(request.query, house)),
    handle: async ({ tx, act, principal, query, house, ahead }) => {
      const caller = signedIn(principal);
      demandReach(caller, act.provinceId);
      const inCountry = ahead as TargetsAsked['inCountry'];
      const asked = { provinceId: act.provinceId, principal: caller, today: act.today, inCountry };
      const reference = await referenceOf(house.database);
      return showTargets(tx, reference, { ...asked, year: askedYear(query, house) });
    },
  }),
  endpoint({
    id: 'figures.askTarget',
    method: 'POST',
    url: '/api/targets',
    summary: 'Ask for a target, or for a new version of one; it holds once a second person agrees',
    access: { table, permission: 'figures.askTarget' },
    body: AskTargetBody,
    response: TargetCode,
    status: 201,
    problems: [
      'figures.target_level',
      'figures.target_day',
      'figures.target_agency',
      'figures.target_waits',
      'accounts.unknown_county',
    ],
    handle: async ({ tx, act, principal, body, house }) => {
      const reference = await referenceOf(house.database);
      const id = await askTarget(tx, act, signedIn(principal), reference, body);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'figures.decideTarget',
    method: 'POST',
    url: '/api/targets/:code/decide',
    objectFrom: 'province',
    summary: 'Agree to a version of a target or refuse it; another person than who asked',
    access: { table, permission: 'figures.decideTarget' },
    params: TargetCode,
    body: DecideTargetBody,
    response: TargetCode,
    problems: ['platform.not_found', 'figures.target_own', 'figures.target_decided'],
    handle: async ({ tx, act, principal, params, body }) => {
      const caller = signedIn(principal);
      const id = idIn(caller.provinceId, params.code);
      await decideTarget(tx, act, caller, id, body);
      return { code: params.code };
    },
  }),
];

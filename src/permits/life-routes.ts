import type { TSchema } from 'typebox';
import { type HouseholdInput, referenceOf } from '../accounts/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { allowStep } from './allow-act.ts';
import { caseKey, signedIn } from './case-key.ts';
import {
  AddressBody,
  CodeAnswer,
  CodeParams,
  OccupationBody,
  StepBody,
  type WireHousehold,
} from './contract.ts';
import { takeLifeStep } from './life.ts';
import { permitPermissions as table } from './policy.ts';
import { type LifeAct, lifeActs } from './rules.ts';
import { tellApplicants } from './tell.ts';

const always = [
  'permits.claimed',
  'platform.not_found',
  'platform.wrong_state',
  'permits.future_date',
  'permits.before_last_step',
  'permits.reason_missing',
];

/** What a verb may be refused for besides what any step may. */
const more: Partial<Record<LifeAct, readonly string[]>> = {
  'permits.changeAddress': ['accounts.unknown_county', 'permits.change_missing'],
  'permits.changeOccupation': [
    'accounts.unknown_occupation',
    'permits.change_missing',
    'permits.needs_new_application',
    'permits.already_open',
  ],
  'permits.askRenewal': ['permits.too_early_to_renew'],
  'permits.renew': ['permits.same_signer'],
  'permits.refuseRenewal': ['permits.condition_missing'],
};

const bodies: Partial<Record<LifeAct, TSchema>> = {
  'permits.changeAddress': AddressBody,
  'permits.changeOccupation': OccupationBody,
};

type Body = {
  reason?: string;
  conditionNumber?: number;
  household?: WireHousehold;
  occupationId?: string;
};

/** `permits.askRenewal` → `/api/permits/:code/ask-renewal`. */
function lifeUrl(verb: LifeAct): string {
  const name = verb.slice('permits.'.length).replaceAll(/[A-Z]/g, (l) => `-${l.toLowerCase()}`);
  return `/api/permits/:code/${name}`;
}

function inputOf({ household, ...body }: Body): Omit<Body, 'household'> & {
  household?: HouseholdInput;
} {
  if (!household) return body;
  return { ...body, household: { ...household, countyId: Number(household.countyId) } };
}

/** The steps of a permit's life after its issue, each on one case. */
export const lifeRoutes: readonly AnyEndpoint[] = lifeActs.map((verb) =>
  endpoint({
    id: verb,
    method: 'POST',
    url: lifeUrl(verb),
    summary: `Take the step ${verb} on a permit`,
    access: { table, permission: verb },
    params: CodeParams,
    body: bodies[verb] ?? StepBody,
    response: CodeAnswer,
    problems: [...always, ...(more[verb] ?? [])],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const { id } = caseKey(params.code);
      await allowStep(tx, act, signedIn(principal), verb, id);
      const reference = await referenceOf(house.database);
      const input = { ...inputOf(body as Body), caseId: id, happenedOn: act.today };
      await takeLifeStep(tx, act, reference, verb, [input]);
      await tellApplicants(tx, act, reference, verb, [id]);
      return { code: params.code };
    },
  }),
);

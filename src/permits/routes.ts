import { Type } from 'typebox';
import { getCounty, getOccupation, referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { takeStep } from './actions.ts';
import { afterSubmission } from './after-submission.ts';
import { allowAct, allowStep } from './allow-act.ts';
import { caseKey, signedIn, stepUrl } from './case-key.ts';
import {
  CaseAnswer,
  CodeAnswer,
  CodeParams,
  StepBody,
  SubmitBody,
  TakeBackBody,
} from './contract.ts';
import { decisionRoutes } from './decision-routes.ts';
import { lifeRoutes } from './life-routes.ts';
import { listCases } from './list.ts';
import { CaseList, CaseListQuery } from './list-contract.ts';
import { submitCases } from './open-cases.ts';
import { recordOpening } from './openings.ts';
import { permitPermissions as table } from './policy.ts';
import { caseVerbs } from './rules.ts';
import { getCase } from './show.ts';
import { takeBackPermitStep } from './take-back.ts';
import { tellApplicants } from './tell.ts';

const stepProblems = [
  'permits.claimed',
  'platform.not_found',
  'platform.wrong_state',
  'permits.future_date',
  'permits.before_last_step',
  'permits.reason_missing',
  'permits.condition_missing',
  'permits.same_signer',
];

/** The steps that need no more than a reason; decisions have routes of their own. */
const plainVerbs = caseVerbs.filter((verb) => !decisionRoutes.some(({ id }) => id === verb));

const stepRoutes = plainVerbs.map((verb) =>
  endpoint({
    id: verb,
    method: 'POST',
    url: stepUrl(verb),
    summary: `Take the step ${verb} on a case`,
    access: { table, permission: verb },
    params: CodeParams,
    body: StepBody,
    response: CodeAnswer,
    problems: stepProblems,
    handle: async ({ tx, act, principal, params, body, house }) => {
      const { id } = caseKey(params.code);
      const reference = await referenceOf(house.database);
      const input = { ...body, caseId: id, happenedOn: act.today };
      await takeStep(tx, act, reference, verb, [input], {
        before: () => allowStep(tx, act, signedIn(principal), verb, id),
        after: () => tellApplicants(tx, act, reference, verb, [id]),
      });
      return { code: params.code };
    },
  }),
);

const takeBackRoute = endpoint({
  id: 'permits.takeBack',
  method: 'POST',
  url: '/api/permits/:code/take-back',
  summary: 'Correct: take back the newest step of a case, with the reason',
  access: { table, permission: 'permits.takeBack' },
  params: CodeParams,
  body: TakeBackBody,
  response: CodeAnswer,
  problems: ['platform.not_found', 'platform.later_step', 'permits.reason_missing'],
  handle: async ({ tx, act, principal, params, body, house }) => {
    const { id } = caseKey(params.code);
    await allowAct(tx, signedIn(principal), 'permits.takeBack', { provinceId: act.provinceId, id });
    const reference = await referenceOf(house.database);
    await takeBackPermitStep(tx, act, reference, [{ caseId: id, reason: body.reason }]);
    return { code: params.code };
  },
});

export const permitRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'permits.list',
    method: 'GET',
    url: '/api/cases',
    summary: 'Cases that the caller sees: search, filters, pages',
    access: { table, permission: 'permits.list' },
    query: CaseListQuery,
    response: CaseList,
    handle: async ({ tx, act, principal, query, house }) => {
      const reference = await referenceOf(house.database);
      return listCases(tx, reference, signedIn(principal), act.provinceId, act.today, query);
    },
  }),
  endpoint({
    id: 'permits.show',
    method: 'GET',
    url: '/api/cases/:code',
    summary: 'One case: where it is, who holds it, and its whole history',
    access: { table, permission: 'permits.list' },
    params: CodeParams,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: CaseAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const reference = await referenceOf(house.database);
      const who = signedIn(principal);
      const found = await getCase(tx, reference, who, act.today, caseKey(params.code));
      recordOpening(tx, act, who, caseKey(params.code).id, 'case');
      return found;
    },
  }),
  endpoint({
    id: 'permits.submit',
    method: 'POST',
    url: '/api/permits',
    summary: 'Submit an application on somebody’s behalf',
    access: { table, permission: 'permits.submit' },
    body: SubmitBody,
    response: CodeAnswer,
    status: 201,
    wholeProvince: 'The applicant may be known through another agency’s case.',
    problems: [
      'accounts.not_a_national_id',
      'accounts.person_differs',
      'accounts.unknown_county',
      'accounts.unknown_occupation',
      'permits.already_open',
    ],
    handle: async ({ tx, act, principal, body, house }) => {
      const reference = await referenceOf(house.database);
      const { agency_id } = getOccupation(reference, body.occupationId);
      const { role, organisationId } = signedIn(principal);
      if (role === 'expert' && organisationId !== agency_id)
        throw new Problem('platform.forbidden');
      const countyId = Number(body.household.countyId);
      getCounty(reference, countyId, act.provinceId);
      const application = { ...body, household: { ...body.household, countyId } };
      const input = { ...application, happenedOn: act.today };
      const after = (ids: readonly string[]) =>
        afterSubmission(tx, act, reference, ids, body.decide ?? false);
      const [id = ''] = await submitCases(tx, act, reference, [input], after);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  ...stepRoutes,
  ...decisionRoutes,
  ...lifeRoutes,
  takeBackRoute,
];

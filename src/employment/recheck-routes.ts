import { referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { CodeAnswer, caseKey, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { demandReach } from '../platform/policy.ts';
import { DrawAnswer, DrawBody, DrawsAnswer, JobCode, LangQuery } from './contract.ts';
import { employmentPermissions as table } from './policy.ts';
import { drawRechecks } from './rechecks.ts';
import { getDraw, listDraws } from './show-draws.ts';

/** Draws of verified jobs that somebody else looks at again. */
export const recheckRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'employment.drawRechecks',
    method: 'POST',
    url: '/api/job-rechecks',
    summary: 'Draw verified jobs by chance for somebody else’s second look',
    access: { table, permission: 'employment.drawRechecks' },
    body: DrawBody,
    response: CodeAnswer,
    status: 201,
    problems: ['employment.nobody_to_draw'],
    handle: async ({ tx, act, body, house }) => {
      const reference = await referenceOf(house.database);
      const id = await drawRechecks(tx, act, reference, body.seed);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'employment.listRechecks',
    method: 'GET',
    url: '/api/job-rechecks',
    summary: 'The draws, the newest first, with what the second looks found',
    access: { table, permission: 'employment.showRechecks' },
    query: LangQuery,
    response: DrawsAnswer,
    handle: async ({ tx, act, house }) => listDraws(tx, act, await referenceOf(house.database)),
  }),
  endpoint({
    id: 'employment.showRechecks',
    method: 'GET',
    url: '/api/job-rechecks/:code',
    summary: 'One draw with everything that could have been drawn, drawn again beside it',
    access: { table, permission: 'employment.showRechecks' },
    params: JobCode,
    query: LangQuery,
    response: DrawAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, principal, params }) => {
      const { provinceId, id } = caseKey(params.code);
      demandReach(signedIn(principal), provinceId);
      return getDraw(tx, provinceId, id);
    },
  }),
];

import { Type } from 'typebox';
import {
  CodeAnswer,
  CodeParams,
  permitPermissions,
  signedIn,
  TakeBackBody,
  visibleCase,
} from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { JobList } from './contract.ts';
import { employmentPermissions } from './policy.ts';
import { jobsOfCase } from './show.ts';
import { takeBackJob } from './take-back.ts';

export const employmentRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'employment.listJobs',
    method: 'GET',
    url: '/api/cases/:code/jobs',
    summary: 'The people at work in a case’s plans',
    access: { table: permitPermissions, permission: 'permits.list' },
    params: CodeParams,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: JobList,
    problems: ['platform.not_found'],
    handle: async ({ tx, principal, params }) => {
      const key = await visibleCase(tx, principal, params.code);
      return { jobs: await jobsOfCase(tx, signedIn(principal), key) };
    },
  }),
  endpoint({
    id: 'employment.takeBack',
    method: 'POST',
    url: '/api/jobs/:code/take-back',
    summary: 'Correct: take back the newest step of the case’s jobs, with the reason',
    access: { table: employmentPermissions, permission: 'employment.takeBack' },
    params: CodeParams,
    body: TakeBackBody,
    response: CodeAnswer,
    problems: ['platform.not_found', 'platform.later_step', 'employment.reason_missing'],
    handle: async ({ tx, act, principal, params, body }) => {
      const { id } = await visibleCase(tx, principal, params.code);
      const inputs = [{ caseId: id, reason: body.reason }];
      await takeBackJob(tx, act, inputs);
      return { code: params.code };
    },
  }),
];

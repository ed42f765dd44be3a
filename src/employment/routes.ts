import { Type } from 'typebox';
import { CodeAnswer, CodeParams, TakeBackBody } from '../permits/contract.ts';
import { caseKey, demandVisible, maskedId, permitPermissions, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Principal } from '../platform/policy.ts';
import { JobList } from './contract.ts';
import { employmentPermissions } from './policy.ts';
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
      const key = caseKey(params.code);
      await demandVisible(tx, signedIn(principal), key);
      const rows = await tx
        .selectFrom('jobs')
        .innerJoin('people', (join) =>
          join
            .onRef('people.id', '=', 'jobs.person_id')
            .on('people.province_id', '=', key.provinceId),
        )
        .select([
          'people.first_name',
          'people.last_name',
          'people.national_id',
          'jobs.relation',
          'jobs.started_on',
          'jobs.ended_on',
        ])
        .where('jobs.province_id', '=', key.provinceId)
        .where('jobs.case_id', '=', key.id)
        .where('jobs.taken_back_at', 'is', null)
        .orderBy('jobs.id')
        .execute();
      return { jobs: rows.map((row) => toJob(signedIn(principal), row)) };
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
      const { provinceId, id } = caseKey(params.code);
      await demandVisible(tx, signedIn(principal), { provinceId, id });
      const inputs = [{ caseId: id, reason: body.reason }];
      await takeBackJob(tx, act, inputs);
      return { code: params.code };
    },
  }),
];

type Row = {
  first_name: string;
  last_name: string;
  national_id: string;
  relation: string;
  started_on: unknown;
  ended_on: unknown;
};

function toJob(principal: Principal, row: Row) {
  return {
    name: `${row.first_name} ${row.last_name}`,
    nationalId: maskedId(principal, row.national_id),
    relation: row.relation,
    startedOn: String(row.started_on),
    endedOn: row.ended_on === null ? null : String(row.ended_on),
  };
}

import { type Static, Type } from 'typebox';
import { type PersonInput, type Reference, referenceOf } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import {
  CodeAnswer,
  CodeParams,
  findCases,
  getCasesForUpdate,
  openCase,
  permitPermissions,
  signedIn,
  TakeBackBody,
  visibleCase,
} from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import { registerJobs } from './actions.ts';
import { JobList, RegisterBody } from './contract.ts';
import { writeEvidence } from './evidence.ts';
import { jobRoutes } from './job-routes.ts';
import { employmentPermissions as table } from './policy.ts';
import { recheckRoutes } from './recheck-routes.ts';
import { jobsOfCase } from './show.ts';
import { takeBackJob } from './take-back.ts';

/** Why acts on jobs see the whole province: whose they are is asked first. */
const wholeProvince =
  'a person may be at work in another agency’s plan, and counts once in all of them';

const caseRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'employment.listJobs',
    method: 'GET',
    url: '/api/cases/:code/jobs',
    summary: 'The people at work in a case’s plans, and how far the promise has come',
    access: { table: permitPermissions, permission: 'permits.list' },
    params: CodeParams,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: JobList,
    wholeProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const key = await openCase(tx, act, principal, params.code);
      const reference = await referenceOf(house.database);
      const reader = { principal: signedIn(principal), reference, today: act.today };
      return jobsOfCase(tx, reader, key);
    },
  }),
  endpoint({
    id: 'employment.register',
    method: 'POST',
    url: '/api/cases/:code/jobs',
    summary: 'Register somebody at work in the case’s plan',
    access: { table, permission: 'employment.register' },
    params: CodeParams,
    body: RegisterBody,
    response: CodeAnswer,
    status: 201,
    wholeProvince,
    problems: [
      ...['platform.not_found', 'financing.no_plan', 'employment.not_funded'],
      ...['employment.already_at_work', 'employment.beyond_promise', 'accounts.person_differs'],
    ],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const { id: caseId } = await visibleCase(tx, principal, params.code);
      await demandOwnAgency(tx, signedIn(principal), { provinceId: act.provinceId, id: caseId });
      await registerFrom(tx, act, await referenceOf(house.database), caseId, body);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'employment.takeBack',
    method: 'POST',
    url: '/api/cases/:code/jobs/take-back',
    summary: 'Correct: take back the newest registration of the case’s jobs, with the reason',
    access: { table, permission: 'employment.takeBack' },
    params: CodeParams,
    body: TakeBackBody,
    response: CodeAnswer,
    problems: ['platform.not_found', 'platform.later_step', 'employment.reason_missing'],
    handle: async ({ tx, act, principal, params, body }) => {
      const { id } = await visibleCase(tx, principal, params.code);
      await takeBackJob(tx, act, [{ caseId: id, reason: body.reason }]);
      return { code: params.code };
    },
  }),
];

/**
 * A body that clears a case sees it; who is at work in its plan is its own agency's to say.
 * @throws Problem `platform.forbidden` (403)
 */
async function demandOwnAgency(
  tx: Tx,
  { role, organisationId }: Principal,
  { provinceId, id }: { readonly provinceId: number; readonly id: string },
): Promise<void> {
  if (role !== 'expert') return;
  const permission = 'employment.register';
  const it = (await getCasesForUpdate(tx, provinceId, [id])).get(id);
  if (it?.dims.agencyId !== organisationId) throw new Problem('platform.forbidden', { permission });
}

/** What a form registers is true today: it counts from this day on. */
async function registerFrom(
  tx: Tx,
  act: Act,
  reference: Reference,
  caseId: string,
  { evidence, person: given, ...job }: Static<typeof RegisterBody>,
): Promise<void> {
  const person = given
    ? { ...given, idKind: 'national' as const }
    : await holderOf(tx, act, caseId);
  const input = { ...job, caseId, person, happenedOn: act.today };
  const jobs = await registerJobs(tx, act, reference, [input]);
  if (!evidence) return;
  const shown = jobs.map((jobId) => ({ jobId, seenOn: act.today, ...evidence }));
  await writeEvidence(tx, act, shown);
}

/**
 * The permit's holder as the record knows them.
 * @throws Problem `platform.not_found` (404)
 */
async function holderOf(tx: Tx, { provinceId }: Act, caseId: string): Promise<PersonInput> {
  const person = (await findCases(tx, provinceId, { ids: [caseId] })).byId(caseId)?.person;
  if (!person) throw new Problem('platform.not_found');
  const { nationalId, firstName, lastName, sex } = person;
  const idKind = nationalId.length === 10 ? 'national' : 'foreign';
  return { nationalId, firstName, lastName, sex, idKind };
}

/** Everything about jobs: those of a case, each of them, and the second look at a sample. */
export const employmentRoutes: readonly AnyEndpoint[] = [
  ...caseRoutes,
  ...jobRoutes,
  ...recheckRoutes,
];

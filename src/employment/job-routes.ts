import type { Static, TSchema } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import { CodeAnswer, caseKey, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, type Call, endpoint } from '../platform/endpoint.ts';
import { answerAsk, askPeople, asksOf } from './asks.ts';
import {
  AskAnswerBody,
  EndBody,
  EvidenceBody,
  InsureBody,
  JobCode,
  JobsAnswer,
  JobsQuery,
  LangQuery,
  MyJobs,
  ReasonBody,
  RecheckBody,
  SeenBody,
} from './contract.ts';
import { writeEvidence } from './evidence.ts';
import { insure } from './insurance.ts';
import { listJobs, visibleJob } from './list.ts';
import { confirmAlive, disputeJobs, endJobs, verifyJobs } from './moves.ts';
import { employmentPermissions as table } from './policy.ts';
import { recheckJobs } from './rechecks.ts';
import { takeBackJobStep } from './take-back.ts';

const wholeProvince = 'what becomes of a job is written beside what other offices see of its plan';

/** What an act on one job does, once the job is known to be the caller's to see. */
type Deed<B extends TSchema> = (
  jobId: string,
  call: Call<typeof JobCode, TSchema, B>,
) => Promise<unknown>;

/** One act on one job: its address, its words, its body, what it does. */
function act<B extends TSchema>(
  id: string,
  path: string,
  told: { readonly summary: string; readonly body: B; readonly problems?: readonly string[] },
  deed: Deed<B>,
): AnyEndpoint {
  const { summary, body, problems = [] } = told;
  return endpoint({
    ...{ id, method: 'POST' as const, url: `/api/jobs/:code/${path}`, summary, body },
    access: { table, permission: id === 'employment.takeBackStep' ? 'employment.takeBack' : id },
    params: JobCode,
    response: CodeAnswer,
    wholeProvince,
    problems: ['platform.not_found', 'platform.wrong_state', ...problems],
    handle: async (call) => {
      const { tx, principal, params } = call;
      const jobId = await visibleJob(tx, signedIn(principal), caseKey(params.code));
      await deed(jobId, call as Call<typeof JobCode, TSchema, B>);
      return { code: params.code };
    },
  }) as unknown as AnyEndpoint;
}

const acts: readonly AnyEndpoint[] = [
  act(
    'employment.addEvidence',
    'evidence',
    { summary: 'Add what shows that somebody is at work', body: EvidenceBody },
    (jobId, { tx, act: by, body }) => {
      const { seenOn = by.today, ...evidence } = body;
      return writeEvidence(tx, by, [{ jobId, seenOn, ...evidence }]);
    },
  ),
  act(
    'employment.verify',
    'verify',
    {
      summary: 'Say that somebody was found at work, by phone or on a visit',
      body: SeenBody,
      problems: ['employment.same_person', 'employment.wrong_day'],
    },
    (jobId, { tx, act: by, body }) => verifyJobs(tx, by, [{ jobId, ...body }]),
  ),
  act(
    'employment.dispute',
    'dispute',
    { summary: 'Say that nobody was found at work', body: ReasonBody },
    (jobId, { tx, act: by, body }) => disputeJobs(tx, by, [{ jobId, ...body }]),
  ),
  act(
    'employment.confirmAlive',
    'confirm-alive',
    {
      summary: 'Say that a verified job still lives after its first year',
      body: SeenBody,
      problems: ['employment.too_young', 'employment.recheck_open'],
    },
    async (jobId, { tx, act: by, body, house }) =>
      confirmAlive(tx, by, await referenceOf(house.database), [{ jobId, ...body }]),
  ),
  act(
    'employment.end',
    'end',
    {
      summary: 'End a job, with the reason',
      body: EndBody,
      problems: ['employment.recheck_open', 'employment.wrong_day'],
    },
    (jobId, { tx, act: by, body: { endedOn = by.today, reason } }) =>
      endJobs(tx, by, [{ jobId, endedOn, reason }]),
  ),
  act(
    'employment.ask',
    'ask',
    {
      summary: 'Ask somebody by SMS whether they are at work',
      body: LangQuery,
      problems: ['employment.no_mobile', 'employment.ask_open'],
    },
    (jobId, { tx, act: by, house }) => askPeople(tx, by, house.publicUrl, 'work', [jobId]),
  ),
  act(
    'employment.insure',
    'insure',
    {
      summary: 'Keep somebody’s own-account insurance, and until when it is paid',
      body: InsureBody,
      problems: ['employment.wrong_rate', 'employment.wrong_number'],
    },
    async (jobId, { tx, act: by, body, house }) =>
      insure(tx, by, await referenceOf(house.database), { jobId, ...body }),
  ),
  act(
    'employment.recheck',
    'recheck',
    {
      summary: 'Say what the second look at a drawn job found',
      body: RecheckBody,
      problems: ['employment.no_recheck', 'employment.same_person'],
    },
    (jobId, { tx, act: by, body }) => recheckJobs(tx, by, [{ jobId, ...body }]),
  ),
  act(
    'employment.takeBackStep',
    'take-back',
    {
      summary: 'Correct: take back the newest step of a job, with the reason',
      body: ReasonBody,
      problems: ['platform.later_step', 'employment.recheck_open'],
    },
    (jobId, { tx, act: by, body: { reason } }) => takeBackJobStep(tx, by, { jobId, reason }),
  ),
];

const lists: readonly AnyEndpoint[] = [
  endpoint({
    id: 'employment.list',
    method: 'GET',
    url: '/api/jobs',
    summary: 'The jobs that the caller sees, and how many there are in each state',
    access: { table, permission: 'employment.list' },
    query: JobsQuery,
    response: JobsAnswer,
    wholeProvince: 'inspectors see the jobs of their province, and hold no case',
    handle: async ({ tx, act: by, principal, query, house }) => {
      const who = { reference: await referenceOf(house.database), principal: signedIn(principal) };
      return listJobs(tx, by.provinceId, who, query);
    },
  }),
  endpoint({
    id: 'employment.myJobs',
    method: 'GET',
    url: '/api/my-jobs',
    summary: 'What the caller was asked about jobs of their own',
    access: { table, permission: 'employment.answerAsk' },
    query: LangQuery,
    response: MyJobs,
    wholeProvince: 'the plan is another person’s; only its holder’s name is told',
    handle: async ({ tx, act: by, principal }) => {
      const { personId } = signedIn(principal);
      return { jobs: personId ? await asksOf(tx, by.provinceId, personId) : [] };
    },
  }),
  endpoint({
    id: 'employment.answerAsk',
    method: 'POST',
    url: '/api/my-jobs/:code/answer',
    summary: 'Say whether a job of one’s own is true',
    access: { table, permission: 'employment.answerAsk' },
    params: JobCode,
    body: AskAnswerBody,
    response: CodeAnswer,
    problems: ['platform.not_found', 'employment.no_ask'],
    handle: async ({ tx, act: by, principal, params, body }) => {
      const { id: askId } = caseKey(params.code);
      const { personId } = signedIn(principal);
      if (!personId) throw new Problem('employment.no_ask');
      await answerAsk(tx, by, personId, { askId, answer: body.answer as Answer });
      return { code: params.code };
    },
  }),
];

type Answer = Static<typeof AskAnswerBody>['answer'];

/** The list of jobs, and what can be done with each of them. */
export const jobRoutes: readonly AnyEndpoint[] = [...lists, ...acts];

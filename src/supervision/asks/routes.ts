import { Problem } from '../../kit/problem.ts';
import { CodeAnswer, caseKey, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import type { Answers } from '../checklist-rules.ts';
import { LangQuery, VisitCode } from '../contract.ts';
import { supervisionPermissions as table } from '../policy.ts';
import { answerVisit, asksOf } from './asks.ts';
import { AskAnswerBody, AsksAnswer } from './contract.ts';

const wholeProvince = 'the checklist is the house’s; only what the caller was asked is told';

/** What a holder is asked by SMS, and answers for themselves. */
export const askRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.myAsks',
    method: 'GET',
    url: '/api/my-visits',
    summary: 'What the caller is asked by SMS about plans of their own, with the questions',
    access: { table, permission: 'supervision.answerAsk' },
    query: LangQuery,
    response: AsksAnswer,
    wholeProvince,
    handle: async ({ tx, act, principal }) => {
      const { personId } = signedIn(principal);
      return { items: personId ? await asksOf(tx, act.provinceId, personId) : [] };
    },
  }),
  endpoint({
    id: 'supervision.answerAsk',
    method: 'POST',
    url: '/api/my-visits/:code/answer',
    summary: 'Answer what one was asked by SMS about a plan of one’s own',
    access: { table, permission: 'supervision.answerAsk' },
    params: VisitCode,
    body: AskAnswerBody,
    response: CodeAnswer,
    wholeProvince,
    problems: ['platform.not_found', 'supervision.no_ask', 'supervision.answers_wrong'],
    handle: async ({ tx, act, principal, params, body }) => {
      const { personId } = signedIn(principal);
      if (!personId) throw new Problem('supervision.no_ask');
      const said = { visitId: caseKey(params.code).id, answers: body.answers as Answers };
      await answerVisit(tx, act, personId, said);
      return { code: params.code };
    },
  }),
];

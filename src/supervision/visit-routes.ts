import { type TSchema, Type } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import { CodeAnswer, caseKey, recordOpening, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, type Call, endpoint } from '../platform/endpoint.ts';
import { holderSaid } from './asks/asks.ts';
import type { Answers } from './checklist-rules.ts';
import {
  AssignBody,
  CorrectionBody,
  DeviationBody,
  PassBody,
  ReasonBody,
  VisitAnswer,
  VisitCode,
  VisitsAnswer,
  VisitsQuery,
} from './contract.ts';
import { listParties } from './joint/parties.ts';
import { assignVisits, cancelVisits } from './plan-visits.ts';
import { mayRecord, supervisionPermissions as table } from './policy.ts';
import { recordVisits } from './record-visits.ts';
import type { Deviation, OutcomeVerb } from './rules.ts';
import { countOpen, getVisit, listVisits, visibleVisit } from './show.ts';
import { takeBackVisit } from './take-back.ts';

const wholeProvince =
  'a visit’s outcome opens or closes the gate of a plan, and its own list is asked first';
const shown = 200;

const reads: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.list',
    method: 'GET',
    url: '/api/visits',
    summary: 'The visits that are to be made, or all, what is due first on top',
    access: { table, permission: 'supervision.list' },
    query: VisitsQuery,
    response: VisitsAnswer,
    handle: async ({ tx, act, principal, query, house }) => {
      const who = { reference: await referenceOf(house.database), principal: signedIn(principal) };
      const items = await listVisits(tx, act.provinceId, who, { ...query, limit: shown });
      return { total: await countOpen(tx, act.provinceId, who.principal), items };
    },
  }),
  endpoint({
    id: 'supervision.show',
    method: 'GET',
    url: '/api/visits/:code',
    summary: 'One visit with its checklist, and what was answered',
    access: { table, permission: 'supervision.list' },
    params: VisitCode,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: VisitAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const reference = await referenceOf(house.database);
      const who = signedIn(principal);
      const { assigneeId, ...visit } = await getVisit(tx, reference, who, caseKey(params.code));
      const holds = table['supervision.pass']?.includes(who.role) ?? false;
      const parties = await listParties(tx, reference, caseKey(params.code));
      const holder = await holderSaid(tx, caseKey(params.code));
      const may = holds && visit.state === 'assigned' && mayRecord(who, { assigneeId });
      recordOpening(tx, act, who, caseKey(visit.caseCode).id, 'visit');
      return { ...visit, parties, holder, mayRecord: may };
    },
  }),
];

const moves: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.assign',
    method: 'POST',
    url: '/api/visits/:code/assign',
    summary: 'Give a visit to somebody, or to somebody else',
    access: { table, permission: 'supervision.assign' },
    params: VisitCode,
    body: AssignBody,
    response: CodeAnswer,
    wholeProvince,
    problems: ['platform.not_found', 'platform.wrong_state', 'supervision.no_such_assignee'],
    handle: async ({ tx, act, principal, params, body }) => {
      const key = caseKey(params.code);
      await visibleVisit(tx, signedIn(principal), key);
      const { assignee: assigneeId, dueOn } = body;
      await assignVisits(tx, act, [{ visitId: key.id, assigneeId, dueOn }]);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'supervision.cancel',
    method: 'POST',
    url: '/api/visits/:code/cancel',
    summary: 'Call a visit off, with the reason',
    access: { table, permission: 'supervision.cancel' },
    params: VisitCode,
    body: ReasonBody,
    response: CodeAnswer,
    wholeProvince,
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, principal, params, body }) => {
      const key = caseKey(params.code);
      await visibleVisit(tx, signedIn(principal), key);
      await cancelVisits(tx, act, [key.id], body.reason);
      return { code: params.code };
    },
  }),
];

const takeBackRoute = endpoint({
  id: 'supervision.takeBack',
  method: 'POST',
  url: '/api/visits/:code/take-back',
  summary: 'Correct: take back the newest step of a visit, with the reason',
  access: { table, permission: 'supervision.takeBack' },
  params: VisitCode,
  body: ReasonBody,
  response: CodeAnswer,
  wholeProvince,
  problems: ['platform.not_found', 'financing.pass_used', 'supervision.revisit_stands'],
  handle: async ({ tx, act, principal, params, body }) => {
    const key = caseKey(params.code);
    await visibleVisit(tx, signedIn(principal), key);
    await takeBackVisit(tx, act, { visitId: key.id, reason: body.reason });
    return { code: params.code };
  },
});

/** Every field that an outcome's body may have. */
type OutcomeBody = {
  answers: Answers;
  visitedOn?: string;
  note?: string;
  correctUntil?: string;
  deviation?: Deviation;
};

function outcomeRoute(id: OutcomeVerb, path: string, summary: string, body: TSchema): AnyEndpoint {
  return endpoint({
    id,
    method: 'POST',
    url: `/api/visits/:code/${path}`,
    summary,
    access: { table, permission: id },
    params: VisitCode,
    body,
    response: CodeAnswer,
    wholeProvince,
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['supervision.answers_wrong', 'supervision.wrong_day', 'supervision.note_missing'],
      'supervision.party_unsigned',
    ],
    handle: (call) => takeOutcome(id, call as Call<typeof VisitCode, TSchema, TSchema>),
  });
}

async function takeOutcome(
  verb: OutcomeVerb,
  { tx, act, principal, params, body, house }: Call<typeof VisitCode, TSchema, TSchema>,
): Promise<{ code: string }> {
  const key = caseKey(params.code);
  const who = signedIn(principal);
  const visit = await visibleVisit(tx, who, key);
  if (!mayRecord(who, visit)) throw new Problem('platform.forbidden', { permission: verb });
  const { visitedOn = act.today, ...rest } = body as OutcomeBody;
  const reference = await referenceOf(house.database);
  await recordVisits(tx, act, reference, verb, [{ ...rest, visitId: key.id, visitedOn }]);
  return { code: params.code };
}

/** Visits: read, given to people, and what they came to. */
export const visitRoutes: readonly AnyEndpoint[] = [
  ...reads,
  ...moves,
  takeBackRoute,
  outcomeRoute('supervision.pass', 'pass', 'The visit found all in order', PassBody),
  outcomeRoute(
    'supervision.orderCorrection',
    'order-correction',
    'Something is to be put right by a day, and will be seen again',
    CorrectionBody,
  ),
  outcomeRoute(
    'supervision.findDeviation',
    'find-deviation',
    'The money or the business went another way',
    DeviationBody,
  ),
];

import { referenceOf } from '../accounts/index.ts';
import { CodeAnswer, CodeParams, caseKey, openCase, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, type Call, endpoint } from '../platform/endpoint.ts';
import { DeviationsAnswer, LangQuery, ProposeBody, ReasonBody, VisitCode } from './contract.ts';
import type { DeviationVerb, Measure } from './deviation-rules.ts';
import { moveDeviation } from './deviations.ts';
import { supervisionPermissions as table } from './policy.ts';
import { demandDeviation, listDeviations } from './show-deviations.ts';

const wholeProvince =
  'what is decided about a deviation reaches its permit, its loan and its visits';

type MoveCall = Call<typeof VisitCode, typeof LangQuery, typeof ReasonBody>;

async function move(verb: DeviationVerb, { tx, act, principal, params, body, house }: MoveCall) {
  const key = caseKey(params.code);
  await demandDeviation(tx, signedIn(principal), key);
  const { reason, measure } = body as { reason: string; measure?: Measure };
  const input = { id: key.id, reason, measure };
  await moveDeviation(tx, act, await referenceOf(house.database), verb, input);
  return { code: params.code };
}

function moveRoute(id: DeviationVerb, path: string, summary: string): AnyEndpoint {
  return endpoint({
    id,
    method: 'POST',
    url: `/api/deviations/:code/${path}`,
    summary,
    access: { table, permission: id },
    params: VisitCode,
    body: id === 'supervision.propose' ? ProposeBody : ReasonBody,
    response: CodeAnswer,
    wholeProvince,
    problems: [
      ...['platform.not_found', 'platform.wrong_state', 'supervision.note_missing'],
      ...['supervision.too_late', 'supervision.appeal_open'],
    ],
    handle: (call) => move(id, call as unknown as MoveCall),
  });
}

/** Deviations: the holder is heard, agency and bank decide, the holder may appeal, and it is carried out. */
export const deviationRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supervision.listDeviations',
    method: 'GET',
    url: '/api/deviations',
    summary: 'Deviations that visits found, the newest first, with what was decided',
    access: { table, permission: 'supervision.showDeviations' },
    query: LangQuery,
    response: DeviationsAnswer,
    handle: async ({ tx, act, principal, house }) => {
      const who = { reference: await referenceOf(house.database), principal: signedIn(principal) };
      return { items: await listDeviations(tx, act.provinceId, who) };
    },
  }),
  endpoint({
    id: 'supervision.showDeviations',
    method: 'GET',
    url: '/api/cases/:code/deviations',
    summary: 'The deviations of a case, with what its holder said and what was decided',
    access: { table, permission: 'supervision.showDeviations' },
    params: CodeParams,
    query: LangQuery,
    response: DeviationsAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const { provinceId, id } = await openCase(tx, act, principal, params.code);
      const who = { reference: await referenceOf(house.database), principal: signedIn(principal) };
      return { items: await listDeviations(tx, provinceId, who, id) };
    },
  }),
  moveRoute('supervision.hear', 'hear', 'What the holder says, or that they did not answer'),
  moveRoute('supervision.propose', 'propose', 'The agency proposes what is to be done'),
  moveRoute('supervision.returnProposal', 'return', 'The bank does not agree, and says why'),
  moveRoute('supervision.agree', 'agree', 'The bank agrees: it is decided, and can be appealed'),
  moveRoute('supervision.appeal', 'appeal', 'The holder appeals'),
  moveRoute('supervision.upholdMeasure', 'uphold', 'The appeal changes nothing'),
  moveRoute('supervision.overturnMeasure', 'overturn', 'The appeal is right'),
  moveRoute('supervision.carryOut', 'carry-out', 'What was decided is done'),
];

import { referenceOf } from '../../accounts/index.ts';
import { idIn, signedIn } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { CodeAnswer, CodeParams } from '../contract.ts';
import type { OrderVerb, Party } from '../order-rules.ts';
import { marketPermissions as table } from '../policy.ts';
import {
  AcceptReturnBody,
  AskReturnBody,
  RateBody,
  ReasonBody,
  SaidBody,
  StepBody,
} from './contract.ts';
import { anyProvince } from './order-routes.ts';
import { demandBuyer, demandParty, demandReader } from './party.ts';
import { getOrderForUpdate, type OrderRow } from './queries.ts';
import { acceptReturn, askReturn, refuseReturn } from './returns.ts';
import { stepOrder } from './steps.ts';
import { complain, rateOrder, sendMessage } from './talk.ts';

const acting = { table, permission: 'market.actOnOrder' };
const problems = ['platform.not_found', 'platform.wrong_state'];

type Called = { readonly tx: Tx; readonly act: Act; readonly principal: Principal | null };

/** The order that a code names, locked, and who the caller is to it if they take the step. */
async function demandOrder(
  { tx, act, principal }: Called,
  code: string,
  verb: OrderVerb,
): Promise<{ readonly order: OrderRow; readonly party: Party }> {
  const order = await getOrderForUpdate(tx, act.provinceId, idIn(act.provinceId, code));
  return { order, party: demandParty(signedIn(principal), verb, order) };
}

/** The order that a code names, locked, for its buyer alone. */
async function demandBought({ tx, act, principal }: Called, code: string): Promise<OrderRow> {
  const order = await getOrderForUpdate(tx, act.provinceId, idIn(act.provinceId, code));
  demandBuyer(signedIn(principal), order);
  return order;
}

const plainSteps = (
  [
    ['market.acceptOrder', 'accept', 'Accept an order of one’s stall'],
    ['market.declineOrder', 'decline', 'Decline an order; what was paid goes back'],
    ['market.sendOrder', 'send', 'Say that an order was sent'],
    ['market.deliverOrder', 'deliver', 'Say that an order came; it is a sale from then on'],
    ['market.cancelOrder', 'cancel', 'Call off an order that was not accepted yet'],
  ] as const
).map(([verb, path, summary]) =>
  endpoint({
    id: verb,
    method: 'POST',
    url: `/api/orders/:code/${path}`,
    summary,
    access: acting,
    params: CodeParams,
    body: StepBody,
    response: CodeAnswer,
    anyProvince,
    problems,
    handle: async (call) => {
      const { order, party } = await demandOrder(call, call.params.code, verb);
      await stepOrder(call.tx, call.act, order, { verb, party, note: call.body.note });
      return { code: call.params.code };
    },
  }),
);

const returning: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.askReturn',
    method: 'POST',
    url: '/api/orders/:code/ask-return',
    summary: 'Ask to send back some of what came',
    access: acting,
    params: CodeParams,
    body: AskReturnBody,
    response: CodeAnswer,
    anyProvince,
    problems: [...problems, 'market.return_too_late', 'market.return_of_nothing'],
    handle: async (call) => {
      const reference = await referenceOf(call.house.database);
      const { order } = await demandOrder(call, call.params.code, 'market.askReturn');
      await askReturn(call.tx, call.act, reference, order, call.body);
      return { code: call.params.code };
    },
  }),
  endpoint({
    id: 'market.acceptReturn',
    method: 'POST',
    url: '/api/orders/:code/accept-return',
    summary: 'Take goods back; the money goes back with them',
    access: acting,
    params: CodeParams,
    body: AcceptReturnBody,
    response: CodeAnswer,
    anyProvince,
    problems,
    handle: async (call) => {
      const { order, party } = await demandOrder(call, call.params.code, 'market.acceptReturn');
      await acceptReturn(call.tx, call.act, order, { party, ...call.body });
      return { code: call.params.code };
    },
  }),
  endpoint({
    id: 'market.refuseReturn',
    method: 'POST',
    url: '/api/orders/:code/refuse-return',
    summary: 'Refuse to take goods back, with the reason',
    access: acting,
    params: CodeParams,
    body: ReasonBody,
    response: CodeAnswer,
    anyProvince,
    problems,
    handle: async (call) => {
      const { order, party } = await demandOrder(call, call.params.code, 'market.refuseReturn');
      await refuseReturn(call.tx, call.act, order, { party, ...call.body });
      return { code: call.params.code };
    },
  }),
];

const talking: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.sendMessage',
    method: 'POST',
    url: '/api/orders/:code/messages',
    summary: 'Say something to the other party of an order',
    access: acting,
    params: CodeParams,
    body: SaidBody,
    response: CodeAnswer,
    status: 201,
    anyProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, body }) => {
      const order = await getOrderForUpdate(tx, act.provinceId, idIn(act.provinceId, params.code));
      const party = demandReader(signedIn(principal), order);
      await sendMessage(tx, act, order, { party, said: body.said });
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.complain',
    method: 'POST',
    url: '/api/orders/:code/complaints',
    summary: 'Complain to the directorate about an order of one’s own',
    access: { table, permission: 'market.order' },
    params: CodeParams,
    body: SaidBody,
    response: CodeAnswer,
    status: 201,
    anyProvince,
    problems: [...problems, 'market.complaint_open'],
    handle: async (call) => {
      const order = await demandBought(call, call.params.code);
      await complain(call.tx, call.act, order, call.body.said);
      return { code: call.params.code };
    },
  }),
  endpoint({
    id: 'market.rate',
    method: 'POST',
    url: '/api/orders/:code/rate',
    summary: 'Rate what was delivered, once',
    access: { table, permission: 'market.order' },
    params: CodeParams,
    body: RateBody,
    response: CodeAnswer,
    status: 201,
    anyProvince,
    problems: [...problems, 'market.not_delivered', 'market.rated_already'],
    handle: async (call) => {
      const order = await demandBought(call, call.params.code);
      const { stars, said = '' } = call.body;
      await rateOrder(call.tx, call.act, order, { stars, said });
      return { code: call.params.code };
    },
  }),
];

/** What the parties of an order do with it. */
export const orderStepRoutes: readonly AnyEndpoint[] = [...plainSteps, ...returning, ...talking];

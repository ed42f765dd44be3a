import { referenceOf } from '../../accounts/index.ts';
import { CodeParams, openCase, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { financingPermissions as table } from '../policy.ts';
import { CaseOrdersAnswer, LangQuery, OrderableAnswer, OrderableQuery } from './contract.ts';
import { listOrderable, ordersOfCase } from './order-lists.ts';

/** As many plans as one act orders payments of. */
const atOnce = 100;

/** Which plans' payments can be ordered, for whoever orders them. */
export const orderableRoute: AnyEndpoint = endpoint({
  id: 'financing.orderable',
  method: 'GET',
  url: '/api/orderable-plans',
  summary: 'Plans of which a payment can be ordered, the longest waiting first',
  access: { table, permission: 'financing.orderPayments' },
  query: OrderableQuery,
  response: OrderableAnswer,
  handle: async ({ tx, act, query, house }) => {
    const reference = await referenceOf(house.database);
    const { bank, limit = atOnce } = query;
    const asked = { limit, ...(bank === undefined ? {} : { bank }) };
    return listOrderable(tx, reference, act.provinceId, asked);
  },
});

/** The orders of one case, and whether another may be given. */
export const caseOrdersRoute: AnyEndpoint = endpoint({
  id: 'financing.showOrders',
  method: 'GET',
  url: '/api/cases/:code/payment-orders',
  summary: 'The payment orders of a case with their state, and what may be ordered next',
  access: { table, permission: 'financing.bankFiles' },
  params: CodeParams,
  query: LangQuery,
  response: CaseOrdersAnswer,
  problems: ['platform.not_found'],
  handle: async ({ tx, act, principal, params, house }) => {
    const key = await openCase(tx, act, principal, params.code);
    const reference = await referenceOf(house.database);
    const asked = { caseId: key.id, limit: 1 };
    const { items } = await listOrderable(tx, reference, key.provinceId, asked);
    const orders = await ordersOfCase(tx, reference, key, signedIn(principal));
    return { next: items[0] ?? null, orders };
  },
});

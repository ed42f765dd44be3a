import { referenceOf } from '../../accounts/index.ts';
import { signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { financingPermissions, bankApiPermissions as table } from '../policy.ts';
import { EventsAnswer, WebhookAnswer, WebhookBody } from './contract.ts';
import { bankOf } from './referrals.ts';
import {
  demandAddress,
  failedEvents,
  keepWebhook,
  removeWebhook,
  showWebhook,
} from './webhooks.ts';

const access = { table, permission: 'banks.setWebhook' };
const clientScope = 'webhooks.write';
const url = '/api/bank/v1/webhook';

/** Where a bank is told of what happens, and how that goes. */
export const webhookRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'banks.showWebhook',
    method: 'GET',
    url,
    summary: 'Where the bank is told of events; the secret is not shown',
    access,
    clientScope,
    response: WebhookAnswer,
    handle: ({ tx, act, principal }) => showWebhook(tx, act.provinceId, bankOf(principal)),
  }),
  endpoint({
    id: 'banks.setWebhook',
    method: 'PUT',
    url,
    summary: 'Say where the bank is to be told of events, and the secret that signs them',
    access,
    clientScope,
    body: WebhookBody,
    response: WebhookAnswer,
    problems: ['banks.webhook_not_https', 'banks.webhook_address'],
    handle: async ({ tx, act, principal, body, house }) => {
      demandAddress(body.url, house.demonstration);
      const { accountId } = signedIn(principal);
      const webhook = { bankId: bankOf(principal), accountId, ...body };
      await keepWebhook(tx, act, house.keyring, webhook);
      return showWebhook(tx, act.provinceId, bankOf(principal));
    },
  }),
  endpoint({
    id: 'banks.removeWebhook',
    method: 'DELETE',
    url,
    summary: 'Tell the bank of nothing any more; what waits is not sent',
    access,
    clientScope,
    response: WebhookAnswer,
    notIdempotent: 'Removing what was removed changes nothing.',
    handle: async ({ tx, act, principal }) => {
      await removeWebhook(tx, act.provinceId, bankOf(principal));
      return { webhook: null };
    },
  }),
  endpoint({
    id: 'banks.listEvents',
    method: 'GET',
    url: '/api/bank-events',
    summary: 'What banks could not be told: waiting for another try, and given up',
    access: { table: financingPermissions, permission: 'financing.bankEvents' },
    response: EventsAnswer,
    handle: async ({ tx, act, house }) => ({
      events: await failedEvents(tx, act.provinceId, await referenceOf(house.database)),
    }),
  }),
];

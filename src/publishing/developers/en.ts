import type { DeveloperWords } from './fa.ts';

const en: DeveloperWords = {
  title: 'A guide for banks that connect',
  lede: 'With this API the system of an agent bank gets its referrals and reports files, contracts, payments and repayments. A bank sees its own referrals only.',
  openapi: 'All addresses and shapes: OpenAPI, under the tag banks',
  head: {
    scope: 'Scope',
    means: 'Meaning',
    act: 'Act',
    path: 'End of the address',
    fields: 'Fields',
    code: 'Code',
    event: 'Event',
    status: 'HTTP status',
  },
  scopes: {
    referrals_read: 'Read the plans that were referred to the bank',
    plans_write: 'Open a file, sign a contract, return or refuse a plan',
    payments_write: 'Report payments and repayments',
    webhooks_write: 'Say where events are sent to',
  },
  start: {
    heading: '1. Get an id and a secret',
    text: 'The administrator at the directorate makes an id and a secret for the bank, and says what they may be used for. The secret is shown once and not kept. If it is lost, ask for a new id.',
  },
  token: {
    heading: '2. Get a token',
    text: 'With id and secret get a token that works for {minutes} minutes (OAuth 2.0, RFC 6749 section 4.4). Errors are the words of the standard: invalid_client, invalid_scope, unsupported_grant_type and invalid_request.',
  },
  list: {
    heading: '3. Read the referrals',
    text: 'The list is in the order of change. Keep the cursor of the answer and ask with it the next time: only changes come. What changed in the last quarter of an hour may come twice; changed_at shows that it is the same. You can also begin at a moment with changed_since. Amounts are rial, as strings; days are Gregorian.',
  },
  act: {
    heading: '4. Report an act',
    text: 'Every write needs an op_id: a fresh UUID made for that one act. If no answer came, send the same request with the same op_id again: the act is done once, and the first answer comes back. on is the day on which the bank did it; today when absent.',
  },
  pay: {
    heading: '5. Report a payment',
    text: 'The bank’s word on money is the truth. The first payment opens the loan. reference is the bank’s own and is taken once. Payments together are never more than the contract, and a national ID has one open loan in the country.',
  },
  reasons: {
    heading: 'Codes of a return',
    text: 'reason_code is one of these. No official list was found: the codes are assumed, and kept by date in the settings.',
  },
  webhook: {
    heading: '6. Hear of events',
    text: 'Register an https address and a secret. Each event comes at least once, perhaps out of order; the webhook-id of an event is always the same. An event says only which referral: read the referral itself over the API.',
  },
  events: {
    plan_referred: 'A plan was referred to the bank',
    plan_withdrawn: 'The applicant withdrew from the loan',
    plan_taken_back: 'The newest act on the plan was taken back; read the plan anew',
    permit_suspended: 'The permit of the plan was suspended',
    permit_reinstated: 'The permit of the plan holds again',
    permit_revoked: 'The permit of the plan was revoked',
    permit_ended: 'The permit of the plan ended',
  },
  signature: {
    heading: '7. Check the signature',
    text: 'The signature is that of Standard Webhooks. An answer from 200 to 299 means that you have it. Otherwise we send it up to {tries} times, later each time (from 5 seconds to a day), and then show it to the administrator. We wait 10 seconds for an answer and follow no redirect.',
  },
  errors: {
    heading: '8. Errors',
    text: 'Every error is a document as in RFC 9457, with a stable code, a title and what to do next, in Persian or English (Accept-Language). faults says which field is wrong.',
  },
  faults: {
    platform_bad_request: 'The shape of the request is wrong; see faults',
    platform_invalid_token: 'No token, or out of date; get a new one',
    platform_insufficient_scope: 'The act is not in the scope of the token',
    platform_not_found: 'There is no such referral for this bank',
    platform_wrong_state: 'The plan is not in a state for this act',
    platform_operation_reused: 'This op_id was used for another request',
    financing_reference_taken: 'This reference was recorded before',
    financing_loan_elsewhere: 'This national ID has another open loan',
    financing_over_plan: 'The payments would come to more than the plan',
    platform_busy: 'Send again a little later, with the same op_id',
  },
  tls: {
    heading: 'A TLS certificate',
    text: 'Where bank and directorate agreed on it, the id is bound to a TLS certificate too (RFC 8705): no token is given without that certificate, and none works without it.',
  },
  sandbox: {
    heading: 'Trying it out',
    text: 'The demonstration is this same program with invented data, and a bank can run it on its own machine. Only there may the address for events be http, on that same machine.',
  },
};

export default en;

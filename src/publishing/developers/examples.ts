/** What a bank's engineer may copy, as it is typed: the house at `url`, which the page knows. */
export const examples = {
  token: (url: string) => `curl -u "$CLIENT_ID:$CLIENT_SECRET" \\
  -d grant_type=client_credentials \\
  ${url}/oauth/token

{"access_token": "04.…", "token_type": "Bearer", "expires_in": 900,
 "scope": "referrals.read plans.write payments.write webhooks.write"}`,

  list: (url: string) => `curl -H "Authorization: Bearer $TOKEN" \\
  "${url}/api/bank/v1/referrals?limit=50"

{"referrals": [{"id": "04…", "state": "referred", "requested_rial": "400000000", …}],
 "cursor": "1655884800000.0190…", "more": false}`,

  act: (url: string) => `curl -X POST -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"op_id": "2f1d6c1e-5f0b-4f5a-9c7e-0a4f6f1c2b3d"}' \\
  ${url}/api/bank/v1/referrals/$ID/open-file`,

  payment: (url: string) => `curl -X POST -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"op_id": "6f0d7e0a-8f51-4b7f-8a0e-5b9f6b2f7c11",
       "amount_rial": "100000000", "reference": "T-1401-000123", "number": 1}' \\
  ${url}/api/bank/v1/referrals/$ID/payments`,

  webhook: (url: string) => `curl -X PUT -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"op_id": "…", "url": "https://bank.example.com/karkhaneh",
       "secret": "whsec_'$(openssl rand -base64 32)'"}' \\
  ${url}/api/bank/v1/webhook`,

  event: () => `POST /karkhaneh HTTP/1.1
webhook-id: 01817e2f-7c00-7000-8000-000000000001
webhook-timestamp: 1655884800
webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
content-type: application/json

{"type": "plan.referred", "timestamp": "2022-06-22T08:00:00.000Z",
 "data": {"referral": "04…", "state": "referred"}}`,

  signature: () => `key       = base64_decode(secret without "whsec_")
signed    = webhook-id + "." + webhook-timestamp + "." + body as it came
expected  = "v1," + base64(hmac_sha256(key, signed))
accept if   expected == webhook-signature  (compare in constant time)
        and abs(now - webhook-timestamp) < 300 seconds`,

  problem: () => `HTTP/1.1 409 Conflict
content-type: application/problem+json

{"type": "/problems/financing.reference_taken", "status": 409,
 "code": "financing.reference_taken", "title": "…", "next": "…",
 "instance": "id of the request", "details": {}, "faults": []}`,
} as const;

/** The acts of the API in the order of a plan's life: path, then the fields besides `op_id` and `on`. */
export const acts: readonly (readonly [verb: string, path: string, fields: string])[] = [
  ['openFile', 'open-file', ''],
  ['returnPlan', 'return', 'reason_code, reason?'],
  ['refusePlan', 'refuse', 'reason'],
  ['contract', 'contract', 'approved_rial'],
  ['pay', 'payments', 'amount_rial, reference, number?'],
  ['repay', 'repayments', 'amount_rial, reference'],
];

/** What a bank hears of. */
export const events = [
  'plan.referred',
  'plan.withdrawn',
  'plan.taken_back',
  'permit.suspended',
  'permit.reinstated',
  'permit.revoked',
  'permit.ended',
] as const;

/** What goes wrong most often, and under which status. */
export const faults: readonly (readonly [code: string, status: number])[] = [
  ['platform.bad_request', 400],
  ['platform.invalid_token', 401],
  ['platform.insufficient_scope', 403],
  ['platform.not_found', 404],
  ['platform.wrong_state', 409],
  ['platform.operation_reused', 409],
  ['financing.reference_taken', 409],
  ['financing.loan_elsewhere', 409],
  ['financing.over_plan', 422],
  ['platform.busy', 503],
];

import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/index.ts';
import type { ProblemTable } from '../../kit/problem.ts';
import { ReasonCode, RialInput } from '../contract.ts';
import { planStates } from '../rules.ts';

/** Rial: a string of digits, since an amount may be larger than JSON's numbers are exact. */
const Rial = Type.String({ pattern: '^[0-9]+$', description: 'Rial' });
const Instant = Type.String({ format: 'date-time' });
const State = Type.Enum(planStates);

/** One plan as its bank's system sees it. */
const Referral = Type.Object({
  id: Type.String({ description: 'Names the referral in every address' }),
  state: State,
  state_since: IsoDay,
  changed_at: Instant,
  referred_on: IsoDay,
  applicant: Type.Object({
    national_id: Type.String(),
    id_kind: Type.String({ description: 'national or foreign' }),
    first_name: Type.String(),
    last_name: Type.String(),
    father_name: Nullable(Type.String()),
    birth_on: Nullable(IsoDay),
    mobile: Nullable(Type.String()),
  }),
  kind: Type.String({ description: 'independent or supporter' }),
  people: Type.Integer(),
  occupation: Nullable(Named),
  county: Named,
  agency: Named,
  branch: Nullable(Named),
  credit_line: Named,
  fee_bp: Type.Integer({ description: 'Yearly fee in basis points, whoever bears it' }),
  fee_shares_bp: Type.Object(
    { government: Type.Integer(), support_body: Type.Integer() },
    {
      description:
        'How much of the fee others bear, in ten-thousandths of it; the borrower bears the rest',
    },
  ),
  tenor_months: Type.Integer(),
  grace_months: Type.Integer(),
  cap_rial: Rial,
  requested_rial: Rial,
  approved_rial: Nullable(Rial),
  paid_rial: Rial,
});

export const ReferralAnswer = Type.Object({
  referral: Referral,
  payments: Type.Array(
    Type.Object({
      number: Type.Integer(),
      amount_rial: Rial,
      on: IsoDay,
      reference: Type.String(),
    }),
  ),
  repayments: Type.Array(Type.Object({ amount_rial: Rial, on: IsoDay, reference: Type.String() })),
});

export const ReferralList = Type.Object({
  referrals: Type.Array(Referral),
  cursor: Type.String({ description: 'Ask with it for what comes after, now or later' }),
  more: Type.Boolean({ description: 'There is more to ask for already' }),
});

export const ReferralQuery = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 60 })),
    changed_since: Type.Optional(Instant),
    state: Type.Optional(State),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    lang: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

export const ReferralParams = Type.Object({
  code: Type.String({ minLength: 28, maxLength: 60, description: 'The id of the referral' }),
});

const strict = { additionalProperties: false };
const key = {
  op_id: Type.String({
    format: 'uuid',
    description: 'Made once for one act; the same one gives the first answer again',
  }),
};
const act = { ...key, on: Type.Optional(IsoDay) };
const Reference = Type.String({
  minLength: 1,
  maxLength: 60,
  description: 'The bank’s own reference of the payment; it is taken once',
});
const Reason = Type.String({ minLength: 1, maxLength: 500 });

export const OpenFileBody = Type.Object(act, strict);
export const ContractBody = Type.Object({ ...act, approved_rial: RialInput }, strict);
export const ReturnBody = Type.Object(
  { ...act, reason_code: ReasonCode, reason: Type.Optional(Reason) },
  strict,
);
export const RefuseBody = Type.Object({ ...act, reason: Reason }, strict);
export const PaymentBody = Type.Object(
  {
    ...act,
    amount_rial: RialInput,
    reference: Reference,
    number: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 99, description: 'Refused unless it is the next one' }),
    ),
  },
  strict,
);
export const RepaymentBody = Type.Object(
  { ...act, amount_rial: RialInput, reference: Reference },
  strict,
);

export const WebhookBody = Type.Object(
  {
    ...key,
    url: Type.String({ minLength: 10, maxLength: 300 }),
    secret: Type.String({
      pattern: '^whsec_[A-Za-z0-9+/]{32,86}={0,2}$',
      description: '24 to 64 random bytes in base64, behind whsec_ (Standard Webhooks)',
    }),
  },
  strict,
);
export const WebhookAnswer = Type.Object({
  webhook: Nullable(Type.Object({ url: Type.String(), registered_at: Instant })),
});

/** What banks could not be told, for the administrator. */
export const EventsAnswer = Type.Object({
  events: Type.Array(
    Type.Object({
      id: Type.String(),
      event: Type.String(),
      bank: Named,
      referral: Type.String(),
      recordedAt: Instant,
      tries: Type.Integer(),
      lastFault: Nullable(Type.String()),
      nextTryAt: Nullable(Instant),
      givenUpAt: Nullable(Instant),
    }),
  ),
});

/** Problem codes of the banks' API and their statuses. */
export const bankApiProblems: ProblemTable = {
  'banks.wrong_cursor': 400,
  'banks.webhook_not_https': 422,
  'banks.webhook_address': 422,
  'banks.not_newest': 409,
};

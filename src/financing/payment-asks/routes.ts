import { Type } from 'typebox';
import { IsoDay, Named, Nullable, referenceOf } from '../../accounts/index.ts';
import { CodeAnswer, CodeParams, openCase, visibleCase } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { RialInput } from '../contract.ts';
import { financingPermissions as table } from '../policy.ts';
import { answerAsk, asksOfCase, closeEnquiry, openEnquiries } from './actions.ts';
import { askAnswers } from './rules.ts';

const Rial = Type.String({ pattern: '^[0-9]+$', description: 'Rial' });
const Instant = Type.String({ format: 'date-time' });
const AskId = Type.String({ format: 'uuid', description: 'The payment that was asked about' });

const AsksAnswer = Type.Object({
  asks: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.Integer(),
      amountRial: Rial,
      paidOn: IsoDay,
      answer: Nullable(Type.String({ description: 'came, not_came or other_sum' })),
      answeredRial: Nullable(Rial),
      answeredAt: Nullable(Instant),
      closedAt: Nullable(Instant),
      closedReason: Nullable(Type.String()),
    }),
  ),
});

const EnquiriesAnswer = Type.Object({
  enquiries: Type.Array(
    Type.Object({
      id: Type.String(),
      code: Type.String(),
      name: Type.String(),
      bank: Named,
      bankReference: Type.String(),
      paidOn: IsoDay,
      amountRial: Rial,
      answer: Type.String(),
      answeredRial: Nullable(Rial),
      answeredAt: Instant,
    }),
  ),
});

const AnswerBody = Type.Object(
  { askId: AskId, answer: Type.Enum(askAnswers), amountRial: Type.Optional(RialInput) },
  { additionalProperties: false },
);
const CloseBody = Type.Object(
  { askId: AskId, reason: Type.String({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false },
);

/** What borrowers are asked about payments, what they say, and what the directorate does about it. */
export const paymentAskRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'financing.showAsks',
    method: 'GET',
    url: '/api/cases/:code/payment-asks',
    summary: 'What the borrower was asked about payments, and said; banks do not see it',
    access: { table, permission: 'financing.showAsks' },
    params: CodeParams,
    response: AsksAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params }) => ({
      asks: await asksOfCase(tx, await openCase(tx, act, principal, params.code)),
    }),
  }),
  endpoint({
    id: 'financing.answerAsk',
    method: 'POST',
    url: '/api/cases/:code/payment-asks/answer',
    summary: 'Say whether a payment came, and how much',
    access: { table, permission: 'financing.answerAsk' },
    params: CodeParams,
    body: AnswerBody,
    response: CodeAnswer,
    problems: ['platform.not_found', 'financing.ask_answered', 'financing.sum_missing'],
    handle: async ({ tx, act, principal, params, body }) => {
      const { id } = await visibleCase(tx, principal, params.code);
      const { amountRial, ...rest } = body;
      const sum = amountRial === undefined ? {} : { amountRial: BigInt(amountRial) };
      await answerAsk(tx, act, id, { ...rest, ...sum });
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'financing.closeEnquiry',
    method: 'POST',
    url: '/api/cases/:code/payment-asks/close',
    summary: 'Close an enquiry about a payment, with what was found',
    access: { table, permission: 'financing.closeEnquiry' },
    params: CodeParams,
    body: CloseBody,
    response: CodeAnswer,
    problems: ['platform.not_found', 'financing.no_enquiry', 'financing.reason_missing'],
    handle: async ({ tx, act, principal, params, body }) => {
      const { id } = await visibleCase(tx, principal, params.code);
      await closeEnquiry(tx, act, id, body);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'financing.listEnquiries',
    method: 'GET',
    url: '/api/payment-enquiries',
    summary: 'Payments of which the borrower says that they did not come, or not that sum',
    access: { table, permission: 'financing.closeEnquiry' },
    response: EnquiriesAnswer,
    handle: async ({ tx, act, house }) => ({
      enquiries: await openEnquiries(tx, act.provinceId, await referenceOf(house.database)),
    }),
  }),
];

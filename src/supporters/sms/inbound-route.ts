import { Type } from 'typebox';
import { referenceOf, settingOn } from '../../accounts/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { readAnswer } from './answer-rules.ts';
import { hearAnswer } from './hear.ts';

const InboundBody = Type.Object(
  {
    id: Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'The provider’s own name of the message, the same when it comes again',
    }),
    from: Type.String({ minLength: 1, maxLength: 40, description: 'The sender’s mobile' }),
    text: Type.String({ maxLength: 2000 }),
    receivedAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'The record goes by the house’s clock' }),
    ),
  },
  { additionalProperties: false },
);

const provinces = 31;

/** Where the SMS provider hands over what people wrote; what becomes of it is told to them alone. */
export const inboundRoute: AnyEndpoint = endpoint({
  id: 'supporters.hearSms',
  method: 'POST',
  url: '/api/sms/inbound',
  summary: 'An SMS that a person sent, signed by the provider as Standard Webhooks has it',
  access: { public: 'The provider signs each message, and a sender reaches what they were asked.' },
  signed: true,
  body: InboundBody,
  response: Type.Object({ received: Type.Literal(true) }),
  wholeProvince: 'nobody is signed in: a mobile says whose question it is',
  bodyLimit: 16 * 1024,
  // One address hands over the messages of a country.
  rateLimit: { max: 1200, windowMs: 60_000 },
  province: ({ body }) => {
    const said = readAnswer(body.text);
    return said && said.provinceId < provinces ? said.provinceId : undefined;
  },
  handle: async ({ tx, act, body, house }) => {
    const reference = await referenceOf(house.database);
    const most = settingOn(reference, 'supporters.sms_replies', act.provinceId, act.today);
    await hearAnswer(tx, act, body, Number(most));
    return { received: true as const };
  },
}) as unknown as AnyEndpoint;

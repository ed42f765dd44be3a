import { Type } from 'typebox';

const text = (most: number) => Type.String({ minLength: 1, maxLength: most });
const Instant = Type.String({ format: 'date-time' });
const closed = { additionalProperties: false };

/** The password again, where a session is whole and the account has one (ASVS 5.0, 7.5.1). */
const password = Type.Optional(text(200));

export const SecondBody = Type.Object({ code: text(40) }, closed);
export const BeginBody = Type.Object({ password, name: Type.Optional(text(60)) }, closed);
export const ConfirmTotpBody = Type.Object({ factor: text(60), code: text(20) }, closed);
export const PasswordBody = Type.Object({ password }, closed);

/** What a browser's `navigator.credentials` gave, in the standard's JSON (WebAuthn 3, 5.1). */
const Credential = Type.Object(
  {
    id: text(1400),
    rawId: text(1400),
    type: Type.Literal('public-key'),
    response: Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), { maxProperties: 12 }),
    clientExtensionResults: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    authenticatorAttachment: Type.Optional(Type.Unknown()),
  },
  closed,
);

export const NewPasskeyBody = Type.Object({ name: text(60), response: Credential }, closed);
export const PasskeyBody = Type.Object({ response: Credential }, closed);

/** Options for `navigator.credentials`, as the standard writes them. */
export const OptionsAnswer = Type.Object({ options: Type.Record(Type.String(), Type.Unknown()) });

export const NewTotpAnswer = Type.Object({
  factor: Type.String(),
  secret: Type.String(),
  uri: Type.String(),
  qr: Type.String({ description: 'An image, as a data URL' }),
});

/** Recovery codes are told once, here, with the first factor or when asked for anew. */
export const AddedAnswer = Type.Object({
  recoveryCodes: Type.Union([Type.Array(Type.String()), Type.Null()]),
});

export const FactorsAnswer = Type.Object({
  factors: Type.Array(
    Type.Object({
      code: Type.String(),
      kind: Type.String({ description: 'totp or passkey' }),
      name: Type.String(),
      addedAt: Instant,
      usedAt: Type.Union([Instant, Type.Null()]),
    }),
  ),
  recoveryCodes: Type.Integer({ description: 'How many are left' }),
  needed: Type.Boolean({ description: 'Whether the role asks for one' }),
  exempt: Type.Boolean({ description: 'Of the demonstration’s cast, which needs none' }),
  hasPassword: Type.Boolean(),
});

export const SessionsAnswer = Type.Object({
  sessions: Type.Array(
    Type.Object({
      code: Type.String(),
      browser: Type.Union([Type.String(), Type.Null()]),
      factors: Type.Array(Type.String()),
      openedAt: Instant,
      expiresAt: Instant,
      current: Type.Boolean(),
    }),
  ),
});

export const ServersAnswer = Type.Object({
  identityServer: Type.Union([Type.String(), Type.Null()]),
});
export const LeaveAnswer = Type.Object({ url: Type.String() });
export const ReturnBody = Type.Object(
  { query: Type.String({ minLength: 1, maxLength: 4000, description: 'The address’s query' }) },
  closed,
);

import { Type } from 'typebox';
import { changeVerbs } from '../staff-rules.ts';

const text = (most: number) => Type.String({ minLength: 1, maxLength: most });
const Nullable = <T extends ReturnType<typeof Type.String>>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const Label = Type.Object({ fa: Type.String(), en: Type.String() });
const Named = Type.Object({ id: Type.String(), label: Label });
const Instant = Type.String({ format: 'date-time' });

/** What is asked: an account to open, or what an open one is to become, or its end. */
export const ChangeBody = Type.Object(
  {
    verb: Type.Enum([...changeVerbs]),
    account: Type.Optional(
      Type.String({
        maxLength: 60,
        description: 'Code of the account, unless one is to be opened',
      }),
    ),
    username: Type.Optional(text(40)),
    nameFa: Type.Optional(text(80)),
    nameEn: Type.Optional(text(80)),
    role: Type.Optional(text(20)),
    organisationId: Type.Optional(text(40)),
    mobile: Type.Optional(Type.String({ maxLength: 30 })),
    externalName: Type.Optional(
      Type.String({ maxLength: 200, description: 'Their name at the ministry’s identity server' }),
    ),
    reason: text(500),
  },
  { additionalProperties: false },
);

export const DecideBody = Type.Object(
  {
    agree: Type.Boolean(),
    emergency: Type.Optional(
      Type.Boolean({ description: 'Alone, because nobody else is there: raises an alarm' }),
    ),
  },
  { additionalProperties: false },
);

export const RedeemBody = Type.Object(
  { code: text(60), password: text(200) },
  { additionalProperties: false },
);

export const PasswordBody = Type.Object(
  { old: text(200), password: text(200) },
  { additionalProperties: false },
);

const Account = Type.Object({
  code: Type.String(),
  username: Type.String(),
  name: Label,
  role: Type.String(),
  organisation: Type.Union([Named, Type.Null()]),
  openedAt: Instant,
  closedAt: Nullable(Instant),
  demonstration: Type.Boolean(),
});

const Change = Type.Object({
  code: Type.String(),
  verb: Type.String(),
  username: Type.String(),
  name: Label,
  role: Type.String(),
  organisation: Named,
  reason: Type.String(),
  state: Type.String({ description: 'asked, done or refused' }),
  emergency: Type.Boolean(),
  byCommand: Type.Boolean(),
  askedBy: Type.Union([Label, Type.Null()]),
  askedAt: Instant,
  decidedBy: Type.Union([Label, Type.Null()]),
  decidedAt: Nullable(Instant),
  mayAgree: Type.Boolean({ description: 'Whether the asker of this list may agree' }),
});

export const StaffAnswer = Type.Object({
  accounts: Type.Array(Account),
  changes: Type.Array(Change),
  roles: Type.Array(Type.String()),
  organisations: Type.Array(Type.Object({ id: Type.String(), label: Label, kind: Type.String() })),
});

/** What became of it; the opening code is told once, here, where no mobile took it. */
export const ChangeAnswer = Type.Object({
  code: Type.String(),
  state: Type.String(),
  openingCode: Nullable(Type.String()),
});

export const AlarmsAnswer = Type.Object({
  alarms: Type.Array(
    Type.Object({
      code: Type.String(),
      kind: Type.String({ description: 'emergency, command or guessing' }),
      account: Type.Union([Label, Type.Null()]),
      raisedBy: Type.Union([Label, Type.Null()]),
      raisedAt: Instant,
      reason: Nullable(Type.String()),
      mayClose: Type.Boolean(),
    }),
  ),
});

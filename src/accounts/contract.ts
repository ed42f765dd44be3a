import { type TSchema, Type } from 'typebox';
import type { ProblemTable } from '../kit/problem.ts';
import { type ClientScope, clientScopes } from '../platform/client-token.ts';

/** A word in both languages. */
export const Label = Type.Object({ fa: Type.String(), en: Type.String() });

/** Something with an id and a name: an organisation, a county, an occupation, … */
export const Named = Type.Object({ id: Type.String(), label: Label });

/** A value that may be absent; `null` on the wire, never missing. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A day; ISO on the wire, shown in the Jalali calendar. */
export const IsoDay = Type.String({ format: 'date' });

/** The signed-in account as the browser knows it. */
const Account = Type.Object({
  id: Type.String(),
  name: Label,
  role: Type.String(),
  organisation: Type.Union([Named, Type.Null()]),
  province: Named,
  permissions: Type.Array(Type.String()),
  demonstration: Type.Boolean(),
  confinedTo: Nullable(
    Type.String({
      description: 'code: show the second factor; enrol: set one up; null: signed in',
    }),
  ),
  /** The day that the house goes by; a demonstration has a calendar of its own. */
  today: IsoDay,
});

export const SessionAnswer = Type.Object({ account: Type.Union([Account, Type.Null()]) });

/** What is still to be shown or set up before anything else: nothing, mostly. */
export const SignedInAnswer = Type.Object({
  signedIn: Type.Literal(true),
  next: Nullable(Type.String({ description: 'code or enrol; see confinedTo' })),
});

export const SignInBody = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);

export const CodeBody = Type.Object(
  { mobile: Type.String({ minLength: 5, maxLength: 30 }) },
  { additionalProperties: false },
);

export const CodeAnswer = Type.Object({
  mobile: Type.String(),
  expiresAt: Type.String({ format: 'date-time' }),
});

export const CitizenSignInBody = Type.Object(
  {
    mobile: Type.String({ minLength: 5, maxLength: 30 }),
    code: Type.String({ minLength: 4, maxLength: 12 }),
  },
  { additionalProperties: false },
);

export const IdentityBody = Type.Object(
  {
    nationalId: Type.String({ minLength: 8, maxLength: 20 }),
    idKind: Type.Union([Type.Literal('national'), Type.Literal('foreign')]),
    firstName: Type.String({ minLength: 1, maxLength: 80 }),
    lastName: Type.String({ minLength: 1, maxLength: 80 }),
    fatherName: Type.Optional(Type.String({ maxLength: 80 })),
    birthOn: IsoDay,
    sex: Type.Union([Type.Literal('female'), Type.Literal('male')]),
  },
  { additionalProperties: false },
);

export const IdentityAnswer = Type.Object({
  person: Nullable(
    Type.Object({
      nationalId: Type.String(),
      idKind: Type.String(),
      firstName: Type.String(),
      lastName: Type.String(),
      fatherName: Nullable(Type.String()),
      birthOn: Nullable(IsoDay),
      sex: Type.String(),
      mobile: Nullable(Type.String()),
      state: Nullable(
        Type.String({ description: 'unconfirmed, confirmed or differs; null = nobody asked' }),
      ),
    }),
  ),
});

export const MobileBody = Type.Object(
  {
    nationalId: Type.String({ pattern: '^[0-9]{8,14}$' }),
    mobile: Type.String({ minLength: 5, maxLength: 30 }),
  },
  { additionalProperties: false },
);

const Scope = Type.Enum(Object.keys(clientScopes) as ClientScope[]);

export const ClientParams = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });

export const NewClientBody = Type.Object(
  {
    bankId: Type.String({ minLength: 1, maxLength: 40 }),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    scopes: Type.Array(Scope, { minItems: 1, maxItems: 10 }),
    certificate: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_-]{43}$',
        description: 'SHA-256 of its TLS certificate, base64url (x5t#S256)',
      }),
    ),
  },
  { additionalProperties: false },
);

export const NewClientAnswer = Type.Object({ clientId: Type.String(), secret: Type.String() });

export const ClientsAnswer = Type.Object({
  clients: Type.Array(
    Type.Object({
      clientId: Type.String(),
      bank: Named,
      name: Type.String(),
      scopes: Type.Array(Type.String()),
      certificate: Nullable(Type.String()),
      createdAt: Type.String({ format: 'date-time' }),
      revokedAt: Nullable(Type.String({ format: 'date-time' })),
    }),
  ),
  scopes: Type.Array(Type.String(), { description: 'What a client may be let do' }),
});

/** RFC 6749, 4.4.2; what is more in the form is passed over, as the standard says. */
export const TokenBody = Type.Object({
  grant_type: Type.Optional(Type.String({ description: 'client_credentials' })),
  scope: Type.Optional(Type.String({ description: 'Scopes between spaces; all when absent' })),
  client_id: Type.Optional(Type.String({ description: 'Unless in a Basic header' })),
  client_secret: Type.Optional(Type.String({ description: 'Unless in a Basic header' })),
});

export const TokenAnswer = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer({ description: 'Seconds' }),
  scope: Type.String(),
});

/** Everything forms and filters choose from. */
export const ReferenceAnswer = Type.Object({
  provinces: Type.Array(Named),
  counties: Type.Array(Type.Object({ id: Type.String(), label: Label, provinceId: Type.String() })),
  agencies: Type.Array(Named),
  banks: Type.Array(Named),
  creditLines: Type.Array(Named),
  occupations: Type.Array(
    Type.Object({
      id: Type.String(),
      label: Label,
      agencyId: Type.String(),
      family: Type.String(),
      starred: Type.Boolean(),
      clearanceIds: Type.Array(Type.String()),
      aliases: Type.Array(Type.String()),
    }),
  ),
  returnReasons: Type.Array(Named),
  refusalConditions: Type.Array(
    Type.Object({
      number: Type.Integer(),
      family: Type.Union([Type.String(), Type.Null()]),
      label: Label,
      kind: Type.String(),
      applicantKind: Type.Union([Type.String(), Type.Null()]),
      clearanceId: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});

/** Problem codes of this slice and their statuses. */
export const accountProblems: ProblemTable = {
  'accounts.wrong_sign_in': 401,
  'accounts.wrong_code': 401,
  'accounts.not_a_mobile': 422,
  'accounts.too_many_codes': 429,
  'accounts.not_a_national_id': 422,
  'accounts.person_differs': 409,
  'accounts.unknown_occupation': 422,
  'accounts.unknown_county': 422,
  'accounts.needs_counter': 409,
  'accounts.unknown_bank': 422,
  'accounts.invalid_client': 401,
  'accounts.unsupported_grant_type': 400,
  'accounts.invalid_scope': 400,
  'accounts.not_a_username': 422,
  'accounts.username_taken': 409,
  'accounts.role_not_given': 422,
  'accounts.role_elsewhere': 422,
  'accounts.weak_password': 422,
  'accounts.own_account': 403,
  'accounts.second_person_needed': 403,
  'accounts.change_waits': 409,
  'accounts.change_is_over': 409,
  'accounts.wrong_opening_code': 401,
  'accounts.too_many_tries': 429,
  'accounts.wrong_second_factor': 401,
  'accounts.passkey_failed': 422,
  'accounts.last_factor': 409,
  'accounts.password_needed': 401,
  'accounts.identity_server_failed': 401,
  'accounts.unknown_to_us': 401,
};

/** Named constraints of this slice's tables and the problems they stand for. */
export const accountConstraints: Readonly<Record<string, string>> = {
  people_national_id_digits: 'accounts.not_a_national_id',
  sign_in_names_pkey: 'accounts.username_taken',
};

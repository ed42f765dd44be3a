import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';
import { ProblemDocument } from '../platform/problem-document.ts';
import { bulletinProblems } from './bulletins/contract.ts';
import { commentProblems } from './comments/contract.ts';
import { mostNumbers } from './rules.ts';

const Status = Type.Union([
  Type.Literal('valid'),
  Type.Literal('expired'),
  Type.Literal('suspended'),
  Type.Literal('revoked'),
  Type.Literal('ended'),
]);

/** What anyone may know of a permit: that it is real, whose, for what, and until when. */
export const PermitCheck = Type.Object({
  number: Type.String(),
  status: Status,
  name: Type.String({ description: 'The holder, as written on the permit' }),
  occupation: Named,
  county: Named,
  province: Named,
  agency: Named,
  issuedOn: IsoDay,
  since: IsoDay,
  validUntil: IsoDay,
  revokedOn: Nullable(IsoDay),
  basis: Type.Union(
    [
      Type.Literal('signatures'),
      Type.Literal('register'),
      Type.Literal('silence'),
      Type.Literal('automatic'),
      Type.Literal('provisional'),
    ],
    { description: 'How the permit came to be; anything but two signatures is marked' },
  ),
  conditions: Type.Array(Type.String()),
  demonstration: Type.Boolean(),
});

export const VerifyBody = Type.Object(
  { numbers: Type.Array(Type.String({ maxLength: 100 }), { maxItems: mostNumbers }) },
  { additionalProperties: false },
);

/** One number of a batch: what the permit is worth, nothing about its holder. */
export const VerifiedNumber = Type.Object({
  typed: Type.String(),
  number: Nullable(Type.String()),
  status: Type.Union([...Status.anyOf, Type.Literal('unknown')]),
  occupation: Nullable(Type.String({ description: 'Its id in /api/reference' })),
  since: Nullable(IsoDay),
  validUntil: Nullable(IsoDay),
});

/** The numbers in the order in which they were sent. */
export const VerifyAnswer = Type.Object({
  checkedOn: IsoDay,
  items: Type.Array(VerifiedNumber),
});

/** Problem codes of this slice and their statuses. */
export const publishingProblems: ProblemTable = {
  'publishing.unknown_permit': 404,
  'publishing.bad_sheet': 422,
  'publishing.too_many_numbers': 422,
  ...bulletinProblems,
  ...commentProblems,
};

const Text = Type.Optional(Type.String({ maxLength: 40 }));

/** The public check as OpenAPI tells it: a page for people, JSON for programs. */
export const checkSchema = {
  operationId: 'publishing.checkPermit',
  summary: 'Is this permit real and valid? For anyone who holds its number',
  tags: ['publishing'],
  params: Type.Object({ number: Type.String({ maxLength: 100 }) }),
  querystring: Type.Object({
    format: Type.Optional(Type.String({ description: '`json`; or by the Accept header' })),
    lang: Text,
  }),
  response: {
    200: {
      description: 'The permit',
      content: {
        'application/json': { schema: PermitCheck },
        'text/html': { schema: Type.String() },
      },
    },
    404: {
      description: 'publishing.unknown_permit',
      content: {
        'application/problem+json': { schema: ProblemDocument },
        'text/html': { schema: Type.String() },
      },
    },
  },
};

/** The figures as CSV: the same question as `/api/figures`. */
export const csvSchema = {
  operationId: 'publishing.figuresCsv',
  summary: 'Figures for a period, exact, one line for each part',
  tags: ['publishing'],
  querystring: Type.Object({
    province: Type.Optional(Type.String({ pattern: '^[0-9]{2}$' })),
    from: Text,
    to: Text,
    by: Text,
    lang: Text,
  }),
  response: {
    200: {
      description: 'UTF-8 with a byte-order mark; amounts in rial',
      content: { 'text/csv': { schema: Type.String() } },
    },
  },
};

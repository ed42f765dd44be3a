import { Type } from 'typebox';
import { Label, Nullable } from '../../accounts/contract.ts';
import type { ProblemTable } from '../../kit/problem.ts';

/** The longest that a comment may be, in characters. */
export const longestComment = 2000;

const Body = Type.String({ minLength: 1, maxLength: longestComment });

export const ChallengeAnswer = Type.Object({
  parameters: Type.Object(
    {
      algorithm: Type.String(),
      nonce: Type.String(),
      salt: Type.String(),
      cost: Type.Number(),
      keyLength: Type.Number(),
      keyPrefix: Type.String(),
    },
    { additionalProperties: true },
  ),
  signature: Type.Optional(Type.String()),
});

export const CommentBody = Type.Object(
  {
    number: Type.String({ maxLength: 20, description: 'Of the bulletin' }),
    version: Type.Integer({ minimum: 1 }),
    parent: Type.Optional(Type.String({ description: 'The comment that it answers' })),
    text: Body,
    altcha: Type.String({ maxLength: 4000, description: 'The proof of work; good once' }),
  },
  { additionalProperties: false },
);

export const CommentTaken = Type.Object({ state: Type.Literal('waiting') });

const Comment = Type.Object({
  code: Type.String(),
  number: Type.String(),
  version: Type.Integer(),
  text: Type.String(),
  parent: Nullable(Type.String({ description: 'What the comment it answers says' })),
  state: Type.String(),
  writtenAt: Type.String({ format: 'date-time' }),
  decidedAt: Nullable(Type.String({ format: 'date-time' })),
  decidedBy: Nullable(Label),
  reason: Nullable(Type.String()),
});

export const CommentQueue = Type.Object({
  waiting: Type.Array(Comment),
  decided: Type.Array(Comment),
});

export const DecideCommentBody = Type.Object(
  {
    verdict: Type.Union([Type.Literal('approved'), Type.Literal('refused')]),
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { additionalProperties: false },
);

export const AnswerCommentBody = Type.Object({ text: Body }, { additionalProperties: false });

/** Problem codes of comments and their statuses. */
export const commentProblems: ProblemTable = {
  'publishing.challenge_failed': 422,
  'publishing.challenge_spent': 409,
  'publishing.comment_decided': 409,
  'publishing.refusal_reason_missing': 422,
  'publishing.comment_not_shown': 409,
};

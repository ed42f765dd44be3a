import type { Static } from 'typebox';
import { Type } from 'typebox';
import { decodeCode, encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { CodeParams, idIn } from '../../permits/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { type AnyEndpoint, endpoint, type House } from '../../platform/endpoint.ts';
import { bulletinPermissions as table } from '../bulletins/policy.ts';
import { readBulletinNumber } from '../bulletins/rules.ts';
import { answerComment, decideComment, writeComment } from './actions.ts';
import { askChallenge, spendChallenge } from './challenge.ts';
import {
  AnswerCommentBody,
  ChallengeAnswer,
  CommentBody,
  CommentQueue,
  CommentTaken,
  DecideCommentBody,
} from './contract.ts';
import { listComments } from './queries.ts';

/** Comments from one address, and proofs of work that it may ask for. */
const writing = { max: 5, windowMs: 600_000 };
const asking = { max: 60, windowMs: 600_000 };

const wholeProvince = 'Comments on bulletins are the whole province’s.';
const moderation = { access: { table, permission: 'publishing.moderateComments' }, wholeProvince };

/** Browsers go by the machine's clock, whatever calendar the house has. */
const browserNow = ({ deviceClock = systemClock }: House) => deviceClock.now();

const challenge = endpoint({
  id: 'publishing.askChallenge',
  method: 'GET',
  url: '/api/comments/challenge',
  summary: 'A proof of work to ask for before a comment is taken; ALTCHA’s format',
  access: { public: 'Whoever wants to write to the office needs one; it says nothing.' },
  rateLimit: asking,
  response: ChallengeAnswer,
  handle: async ({ house, reply }) => {
    reply.header('cache-control', 'no-store');
    return askChallenge(house.keyring, browserNow(house));
  },
});

const write = endpoint({
  id: 'publishing.writeComment',
  method: 'POST',
  url: '/api/comments',
  summary: 'What a reader says of a version of a bulletin; shown when somebody has read it',
  access: { public: 'Readers are not asked who they are.' },
  wholeProvince: 'What a reader says is nobody’s row.',
  rateLimit: writing,
  notIdempotent: 'The proof of work is good once: sent again, the same comment is refused.',
  body: CommentBody,
  response: CommentTaken,
  status: 202,
  problems: [
    ...['publishing.unknown_bulletin', 'publishing.comment_not_shown'],
    ...['publishing.challenge_failed', 'publishing.challenge_spent'],
  ],
  province: ({ body }) => readBulletinNumber(body.number)?.provinceId ?? 0,
  handle: async ({ tx, act, body, house }) => {
    const { number, version, text, altcha, parent } = body;
    const { provinceId } = act;
    await spendChallenge(tx, house.keyring, {
      provinceId,
      payload: altcha,
      now: browserNow(house),
    });
    const parentId = parent === undefined ? undefined : decodeCode(parent)?.id;
    if (parent !== undefined && parentId === undefined) {
      throw new Problem('publishing.comment_not_shown');
    }
    await writeComment(tx, act, { number, version, text, parentId });
    return { state: 'waiting' as const };
  },
});

async function queueOf(tx: Tx, provinceId: number): Promise<Static<typeof CommentQueue>> {
  const [waiting, decided] = [
    await listComments(tx, provinceId, true),
    await listComments(tx, provinceId, false),
  ];
  const line = (row: (typeof waiting)[number]) => ({
    ...{ code: encodeCode(provinceId, row.id), number: row.number, version: row.version },
    ...{ text: row.body, parent: row.parent_body, state: row.state, reason: row.reason },
    ...{ writtenAt: row.written_at.toISOString() },
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy:
      row.decided_by === null ? null : { fa: row.decider_fa ?? '', en: row.decider_en ?? '' },
  });
  return { waiting: waiting.map(line), decided: decided.map(line) };
}

const queue = endpoint({
  id: 'publishing.listComments',
  method: 'GET',
  url: '/api/comments',
  summary: 'Comments that wait to be read, the oldest first, and those decided last',
  ...moderation,
  query: Type.Object({ lang: Type.Optional(Type.String()) }),
  response: CommentQueue,
  handle: async ({ tx, act }) => queueOf(tx, act.provinceId),
});

const decide = endpoint({
  id: 'publishing.decideComment',
  method: 'POST',
  url: '/api/comments/:code/decideComment',
  summary: 'Show a comment, or keep it away and say why',
  ...moderation,
  objectFrom: 'province',
  params: CodeParams,
  body: DecideCommentBody,
  response: CommentQueue,
  problems: [
    'platform.not_found',
    'publishing.comment_decided',
    'publishing.refusal_reason_missing',
  ],
  handle: async ({ tx, act, params, body }) => {
    await decideComment(tx, act, { ...body, id: idIn(act.provinceId, params.code) });
    return queueOf(tx, act.provinceId);
  },
});

const answer = endpoint({
  id: 'publishing.answerComment',
  method: 'POST',
  url: '/api/comments/:code/answerComment',
  summary: 'The office’s answer below a comment that is shown',
  ...moderation,
  objectFrom: 'province',
  params: CodeParams,
  body: AnswerCommentBody,
  response: CommentQueue,
  problems: ['platform.not_found', 'publishing.comment_not_shown'],
  handle: async ({ tx, act, params, body }) => {
    await answerComment(tx, act, { id: idIn(act.provinceId, params.code), text: body.text });
    return queueOf(tx, act.provinceId);
  },
});

/** Readers' comments: their proof of work, writing one, and the office's queue. */
export const commentEndpoints: readonly AnyEndpoint[] = [challenge, write, queue, decide, answer];

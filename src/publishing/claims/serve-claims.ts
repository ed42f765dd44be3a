import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IsoDate } from '../../kit/jalali.ts';
import { isProblem } from '../../kit/problem.ts';
import type { House } from '../../platform/endpoint.ts';
import type { Html } from '../../platform/html.ts';
import type { Language, Say } from '../../platform/language.ts';
import type { Visit } from '../layout.ts';
import { answerOf } from './check-account.ts';
import type { Account } from './contract.ts';
import { readAccount } from './find-claims.ts';
import { shippedKnowledge } from './knowledge.ts';
import { checkPath, claimsPage, type Pasted } from './page.ts';
import { compareWithRecord, readRecord } from './record.ts';

/** What the public site lends this page. */
export type Serving = {
  readonly house: House;
  readonly sayers: Readonly<Record<Language, Say>>;
  readonly homeProvince: number;
  readonly visitBy: (request: FastifyRequest) => Promise<Visit>;
  readonly sendPage: (request: FastifyRequest, reply: FastifyReply, page: Html) => FastifyReply;
  readonly today: () => IsoDate;
};

const longestText = 20_000;
/** A letter takes six bytes in a form. */
const bodyLimit = 6 * longestText + 4096;
/** Texts a minute from one address: an article takes milliseconds, twenty thousand letters of numbers a second. */
const rateLimit = { max: 12, timeWindow: 60_000 };

/** The page that takes a pasted text apart. It keeps nothing: neither the text nor what was found. */
export function serveClaims(app: FastifyInstance, it: Serving): void {
  app.get(checkPath, { schema: { hide: true } }, async (request, reply) => {
    const blank = { text: '', from: '', to: '' };
    return it.sendPage(request, reply, claimsPage(await it.visitBy(request), blank, undefined));
  });
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit },
      async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
    );
    const options = { schema: { hide: true }, bodyLimit, config: { rateLimit } };
    scope.post(checkPath, options, async (request, reply) => {
      const pasted = pastedIn(request.body);
      const visit = await it.visitBy(request);
      const result = await takeApart(it, visit, pasted);
      if (result.pasted.fault) reply.code(422);
      reply.header('x-robots-tag', 'noindex');
      return it.sendPage(request, reply, claimsPage(visit, result.pasted, result.account));
    });
  });
}

function pastedIn(body: unknown): Pasted {
  const fields = body instanceof URLSearchParams ? body : new URLSearchParams();
  const field = (name: string) => fields.get(name)?.trim() ?? '';
  // A form sends line ends as two characters; the text is shown and cut as one of them.
  return { text: field('text').replaceAll('\r\n', '\n'), from: field('from'), to: field('to') };
}

type Result = { readonly pasted: Pasted; readonly account: Account | undefined };

async function takeApart(it: Serving, visit: Visit, pasted: Pasted): Promise<Result> {
  const { say, language } = visit;
  const fault = (field: 'text' | 'from', name: string): Result => ({
    pasted: { ...pasted, fault: { field, text: say(`claims.${name}`) } },
    account: undefined,
  });
  if (pasted.text === '') return fault('text', 'empty');
  if (pasted.text.length > longestText) return fault('text', 'tooLong');
  const knowledge = await shippedKnowledge();
  const read = readAccount(pasted.text, knowledge);
  try {
    const record = await recordOf(it, pasted);
    const more = record ? compareWithRecord(read.facts, record, it.homeProvince) : [];
    return { pasted, account: answerOf(read, knowledge, { language, say }, more) };
  } catch (error) {
    if (isProblem(error, 'figures.bad_period')) return fault('from', 'badPeriod');
    throw error;
  }
}

/** The home province's record, where a period was asked for. */
function recordOf({ house, sayers, homeProvince, today }: Serving, { from, to }: Pasted) {
  if (from === '' && to === '') return undefined;
  const period = { ...(from && { from }), ...(to && { to }) };
  const now = house.clock.now();
  const question = { provinceId: homeProvince, period, today: today(), now };
  return readRecord(house.database, sayers, question);
}

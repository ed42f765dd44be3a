import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { decodeCode } from '../kit/code.ts';
import { isoToday } from '../kit/jalali.ts';
import { Problem } from '../kit/problem.ts';
import { clientSecurity, demandScope, findClient } from './client-token.ts';
import type { Tx } from './database.ts';
import type { AnyEndpoint, Download, House } from './endpoint.ts';
import type { Act } from './history.ts';
import { chooseLanguage, type Language, type Say } from './language.ts';
import {
  type Answer,
  bearsKey,
  findAnswer,
  keepAnswer,
  opIdOf,
  requestHash,
} from './operations.ts';
import { contextOf, demand, demandReach, type Principal, provinceContext } from './policy.ts';
import { ProblemDocument } from './problem-document.ts';
import { findPrincipal } from './session.ts';
import { Turns } from './turns.ts';
import { readUpload, type Upload } from './upload.ts';

/** What a server needs to put endpoints on the wire. */
export type Wire = {
  readonly house: House;
  readonly sayers: Readonly<Record<Language, Say>>;
  readonly statuses: Readonly<Record<string, number>>;
  /** Used when neither the code, the query nor the account says a province. */
  readonly homeProvince: number;
};

/** Codes that every endpoint may answer with. */
const always = [
  'platform.bad_request',
  'platform.before_rules',
  'platform.too_many_requests',
  'platform.failed',
  'platform.busy',
];
const whenWriting = [
  'platform.op_id_missing',
  'platform.operation_reused',
  'platform.too_large',
  'platform.out_of_room',
];
const whenGuarded = [
  'platform.not_signed_in',
  'platform.forbidden',
  'platform.second_factor_first',
];
const whenClient = ['platform.invalid_token', 'platform.insufficient_scope'];

/** Registers one endpoint: schema, permission, one transaction, reply after commit. */
export function serveEndpoint(app: FastifyInstance, wire: Wire, it: AnyEndpoint): void {
  const turns = it.turns && new Turns(it.turns);
  const work = (request: FastifyRequest, reply: FastifyReply) => answer(wire, it, request, reply);
  app.route({
    method: it.method,
    url: it.url,
    schema: schemaOf(it, wire.statuses),
    // The parts of an upload are checked when they have been read, in `takeUpload`.
    ...(it.upload ? { bodyLimit: it.upload.maxBytes, validatorCompiler: () => () => true } : {}),
    ...(it.bodyLimit ? { bodyLimit: it.bodyLimit } : {}),
    config: configOf(it),
    handler: turns ? (asked, reply) => turns.take(() => work(asked, reply)) : work,
  });
}

function configOf({ rateLimit, refusal, pool }: AnyEndpoint) {
  return {
    ...(pool ? { pool } : {}),
    ...(rateLimit ? { rateLimit: { max: rateLimit.max, timeWindow: rateLimit.windowMs } } : {}),
    ...(refusal ? { refusal } : {}),
  };
}

function isWrite(it: AnyEndpoint): boolean {
  return it.method !== 'GET' && it.notIdempotent === undefined;
}

function schemaOf(it: AnyEndpoint, statuses: Wire['statuses']) {
  const codes = [
    ...always,
    ...(it.method === 'GET' ? [] : whenWriting),
    ...('public' in it.access ? [] : it.clientScope ? whenClient : whenGuarded),
    ...(it.problems ?? []),
  ];
  const byStatus = Map.groupBy(codes, (code) => statuses[code] ?? 500);
  const problems = [...byStatus].map(([status, list]) => [
    status,
    {
      description: list.join(', '),
      content: {
        'application/problem+json': {
          schema: Type.Object({ ...ProblemDocument.properties, code: Type.Enum(list) }),
        },
      },
    },
  ]);
  return {
    operationId: it.id,
    summary: it.summary,
    tags: [it.id.split('.')[0] ?? 'platform'],
    ...(it.params ? { params: it.params } : {}),
    ...(it.query ? { querystring: it.query } : {}),
    ...(it.body ? { body: it.body } : {}),
    ...(it.upload ? { consumes: ['multipart/form-data'] } : {}),
    ...(it.form ? { consumes: ['application/x-www-form-urlencoded'] } : {}),
    ...(isWrite(it) && !bearsKey(it) ? { headers: idempotencyHeader } : {}),
    ...(it.clientScope ? { security: [{ [clientSecurity]: [it.clientScope] }] } : {}),
    response: { [it.status ?? 200]: goodAnswer(it), ...Object.fromEntries(problems) },
  };
}

function goodAnswer({ download, response }: AnyEndpoint) {
  if (download === undefined) return response;
  return { description: 'A file', content: { [download]: { schema: response } } };
}

const idempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description: 'A UUID made once per act; the same key returns the first answer.',
    }),
  ),
});

async function answer(wire: Wire, it: AnyEndpoint, request: FastifyRequest, reply: FastifyReply) {
  const { house } = wire;
  const now = house.clock.now();
  const principal = unconfined(it, await whoAsks(house, it, request, now));
  if ('permission' in it.access) demand(it.access.table, it.access.permission, principal);
  const provinceId = provinceOf(wire, it, request, principal);
  if (it.wholeProvince && 'permission' in it.access && principal) {
    // Row security would show the province's rows to anybody there.
    demandReach(principal, provinceId);
  }
  const act = actOf(wire, it, request, principal, provinceId, now);
  const whole = it.wholeProvince !== undefined || it.anyProvince !== undefined;
  const context = whole ? provinceContext(provinceId) : contextOf(principal, provinceId);
  const options = {
    prepare:
      it.method !== 'GET' ||
      it.params !== undefined ||
      (it.prepare?.({ query: request.query }) ?? false),
    ...(it.pool ? { pool: it.pool } : {}),
  };
  const ahead = await it.ahead?.({ body: request.body, request, house });
  const upload = await takeUpload(wire, it, request);
  const carry = () =>
    house.database.transaction({ ...context, ...options }, (tx) =>
      carryOut(wire, it, { tx, act, principal, request, reply, upload, ahead }),
    );
  const { status, body } = await carry().catch(async (error) => {
    if (upload) await house.files.delete(upload.key);
    const first = await answeredMeanwhile(wire, it, act, request);
    if (first) return first;
    throw error;
  });
  return send(it, reply.code(status), body);
}

/** A person by the cookie of their browser, or a bank's system by its token; neither opens the other's doors. */
async function whoAsks(
  house: House,
  it: AnyEndpoint,
  request: FastifyRequest,
  now: Date,
): Promise<Principal | null> {
  if (!it.clientScope) {
    const principal = await findPrincipal(house.database, request, now);
    if (principal && !it.polled) await house.noteActivity?.(principal, now);
    return principal;
  }
  const client = await findClient(house, request, now);
  demandScope(client, it.clientScope);
  return client;
}

/**
 * Whoever has shown a password alone is nobody yet, but where the second factor is shown or set up.
 * @throws Problem `platform.second_factor_first` (403)
 */
function unconfined(it: AnyEndpoint, principal: Principal | null): Principal | null {
  if (principal?.confinedTo === undefined || it.whileConfined) return principal;
  if ('public' in it.access) return null;
  throw new Problem('platform.second_factor_first');
}

function send({ download }: AnyEndpoint, reply: FastifyReply, body: unknown): FastifyReply {
  if (download === undefined) return reply.send(body);
  const { fileName, bytes } = body as Download;
  return reply
    .type(download)
    .header('content-disposition', `attachment; filename="${encodeURIComponent(fileName)}"`)
    .send(bytes);
}

/** Keeps the file that came, and puts the fields that came with it in the place of the body. */
async function takeUpload(
  { house }: Wire,
  { upload: asked, body }: AnyEndpoint,
  request: FastifyRequest,
): Promise<Upload | undefined> {
  if (!asked) return undefined;
  const read = await readUpload(request, house.files, { ...asked, body });
  request.body = read.body;
  return read.upload;
}

/**
 * A key that was used before: the act stumbles over its own first rows, or over its kept answer at the
 * latest, and the first answer is given again. Only an act that fails pays for looking.
 */
async function answeredMeanwhile(wire: Wire, it: AnyEndpoint, act: Act, request: FastifyRequest) {
  if (!isWrite(it)) return undefined;
  const asked = requestHash(it.id, request.params, request.body);
  return wire.house.database.transaction(provinceContext(act.provinceId), (tx) =>
    findAnswer(tx, act, asked),
  );
}

type Doing = {
  tx: Tx;
  act: Act;
  principal: Principal | null;
  request: FastifyRequest;
  reply: FastifyReply;
  upload: Upload | undefined;
  ahead: unknown;
};

async function carryOut(wire: Wire, it: AnyEndpoint, doing: Doing): Promise<Answer> {
  const { tx, act, request } = doing;
  const language = languageOf(request);
  const body = await it.handle({
    ...doing,
    params: request.params,
    query: request.query,
    body: request.body,
    language,
    say: wire.sayers[language],
    house: wire.house,
  });
  const given = { status: it.status ?? 200, body };
  if (isWrite(it)) {
    keepAnswer(tx, act, it.id, requestHash(it.id, request.params, request.body), given);
  }
  return given;
}

function provinceOf(
  wire: Wire,
  it: AnyEndpoint,
  request: FastifyRequest,
  principal: Principal | null,
): number {
  const { params, query, body } = request;
  if (it.province) return it.province({ params, query, body, principal }) ?? wire.homeProvince;
  const code = (params as { code?: string }).code;
  if (code === undefined) return principal?.provinceId ?? wire.homeProvince;
  const decoded = decodeCode(code);
  if (!decoded) throw new Problem('platform.not_found');
  return decoded.provinceId;
}

function actOf(
  wire: Wire,
  it: AnyEndpoint,
  request: FastifyRequest,
  principal: Principal | null,
  provinceId: number,
  now: Date,
): Act {
  return {
    provinceId,
    actorId: principal?.accountId ?? null,
    organisationId: principal?.organisationId ?? null,
    now,
    today: isoToday(now.getTime(), wire.house.clock.zone),
    opId: isWrite(it) ? opIdOf(it, request) : randomUUID(),
  };
}

/** The language of a request; see {@link chooseLanguage}. */
export function languageOf(request: FastifyRequest): Language {
  return chooseLanguage({
    query: (request.query as { lang?: unknown } | undefined)?.lang,
    // Absent when the request failed before cookies were read.
    cookie: request.cookies?.lang,
    header: request.headers['accept-language'],
  });
}

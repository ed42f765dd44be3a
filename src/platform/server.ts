import { setTimeout as sleep } from 'node:timers/promises';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { type FieldFault, isProblem, Problem } from '../kit/problem.ts';
import { keepFromCaches, refuseForeignWrites } from './browser-guards.ts';
import { clientSecuritySchemes } from './client-token.ts';
import type { Database } from './database.ts';
import { isDraining } from './drain.ts';
import type { AnyEndpoint, Refusal } from './endpoint.ts';
import type { Language } from './language.ts';
import { lateCompilers } from './late-compilers.ts';
import { type LoadLimits, refuseOverload, secondsToComeBack, usualLimits } from './overload.ts';
import type { ProblemWriter } from './problem-document.ts';
import { problemDocument, toProblem } from './problem-document.ts';
import { languageOf, serveEndpoint, type Wire } from './serve-endpoint.ts';
import { serveSigned } from './serve-signed.ts';
import { sharedLimits } from './shared-limits.ts';
import { type Log, type Metrics, requestId } from './telemetry.ts';

/** How much is too much. */
export type Limits = {
  /** Requests a minute from one address that may ask for a sign-in; undefined = no limit. */
  readonly signInsPerMinute?: number;
  /** When to refuse; see {@link usualLimits}. */
  readonly load?: LoadLimits;
};

/** Everything a server is put together from; `app.ts` collects it from the slices. */
export type ServerParts = Limits & {
  readonly wire: Wire;
  readonly endpoints: readonly AnyEndpoint[];
  readonly problems: ProblemWriter;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly version: string;
  /** Draws a problem for somebody who reads in a browser; undefined = send the document. */
  readonly errorPage?: (
    request: FastifyRequest,
    write: (language: Language) => ReturnType<typeof problemDocument>,
  ) => Promise<string | undefined>;
};

/** The largest JSON body; files go up in their own routes. */
const bodyLimit = 256 * 1024;

/** Builds the web server with the house's endpoints; it does not listen yet. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = parts.log;
  const app: FastifyInstance = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request) => requestId(request.headers['x-request-id']),
    bodyLimit,
    // What comes while the server is closing is still answered, and its connection closed.
    return503OnClosing: false,
    // An address that can't even be decoded never reaches a route, nor the error handler.
    frameworkErrors: (_error, request, reply) =>
      answerUnreadable(parts, request as FastifyRequest, reply as unknown as FastifyReply),
    trustProxy: 'loopback',
    ajv: { customOptions: { removeAdditional: false, allErrors: true, coerceTypes: 'array' } },
    schemaController: { compilersFactory: lateCompilers },
  });
  await registerPlugins(app, parts);
  refuseOverload(app, parts.wire.house.database.pools, parts.load ?? usualLimits);
  // Pieces of uploads come as bytes; what may stand in them is for the endpoint to judge.
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => body,
  );
  answerErrors(app, parts);
  measure(app, parts);
  keepFromCaches(app);
  refuseForeignWrites(app);
  for (const endpoint of parts.endpoints) {
    if (endpoint.form) await serveForm(app, parts.wire, endpoint);
    else if (endpoint.signed) await serveSigned(app, parts.wire, endpoint);
    else serveEndpoint(app, parts.wire, endpoint);
  }
  serveUpkeep(app, parts);
  return app;
}

/** Forms are read where an endpoint takes them and nowhere else: a browser sends one from any site. */
async function serveForm(app: FastifyInstance, wire: Wire, endpoint: AnyEndpoint): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => readForm(body),
    );
    serveEndpoint(scope, wire, endpoint);
  });
}

/** A field without a value is as if it were not there; one that is given twice is refused (RFC 6749, 3.2). */
function readForm(body: string): Record<string, string> {
  const fields = [...new URLSearchParams(body)].filter(([, value]) => value !== '');
  if (new Set(fields.map(([name]) => name)).size < fields.length) {
    throw new Problem('platform.bad_request');
  }
  return Object.fromEntries(fields);
}

async function registerPlugins(app: FastifyInstance, parts: ServerParts): Promise<void> {
  await app.register(cookie);
  await app.register(compress, { threshold: 1024 });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    // Only where TLS ends here or at a proxy that says so; on plain loopback it would lock people out.
    strictTransportSecurity: parts.wire.house.publicUrl.startsWith('https:'),
  });
  limitSignIns(app, parts.signInsPerMinute);
  const store = sharedLimits(parts.wire.house.database);
  await app.register(rateLimit, { global: false, store, skipOnError: true });
  await app.register(multipart);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Karkhaneh', version: parts.version },
      components: { securitySchemes: clientSecuritySchemes },
    },
  });
}

/** Sign-in is limited by address besides the limits by number; see accounts. */
const limitedRoutes = ['/api/session', '/api/session/code', '/api/session/citizen'];

/** The limit has to be known of a route before the plugin that counts looks at it. */
function limitSignIns(app: FastifyInstance, max: number | undefined): void {
  if (max === undefined) return;
  app.addHook('onRoute', (route) => {
    if (route.method !== 'POST' || !limitedRoutes.includes(route.url)) return;
    route.config = { ...route.config, rateLimit: { max, timeWindow: 60_000 } };
  });
}

function answerErrors(app: FastifyInstance, parts: ServerParts): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const problem = error.validation ? badRequest(error) : toProblem(parts.problems, error);
    if (problem.code === 'platform.failed') request.log.error({ err: error }, 'a request failed');
    else if (problem.code === 'platform.busy' && !isProblem(error))
      request.log.warn({ err: error }, 'the database had no time for a request');
    const status = parts.problems.statuses[problem.code] ?? 500;
    if (status === 503) reply.header('retry-after', secondsToComeBack());
    const refused = refusalOf(request)?.(problem, status);
    if (refused) return refuse(reply, refused);
    if (problem.code === 'platform.invalid_token')
      reply.header('www-authenticate', bearer(problem));
    return reply.code(status).send(await describe(parts, problem, request, reply));
  });
  app.setNotFoundHandler(async (request, reply) => {
    const problem = new Problem('platform.not_found');
    return reply.code(404).send(await describe(parts, problem, request, reply));
  });
}

function refusalOf(request: FastifyRequest): AnyEndpoint['refusal'] {
  return (request.routeOptions.config as { refusal?: AnyEndpoint['refusal'] }).refusal;
}

function refuse(reply: FastifyReply, { status, headers, body }: Refusal): FastifyReply {
  reply.serializer((given) => JSON.stringify(given));
  return reply.code(status).headers(headers).type('application/json; charset=utf-8').send(body);
}

/** RFC 6750, 3: what was wrong with a token is said to whoever sent one, and to nobody else. */
function bearer({ details }: Problem): string {
  return details.given ? 'Bearer error="invalid_token"' : 'Bearer';
}

async function answerUnreadable(
  parts: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const problem = new Problem('platform.bad_request');
  await reply.code(400).send(await describe(parts, problem, request, reply));
}

async function describe(
  parts: ServerParts,
  problem: Problem,
  request: FastifyRequest,
  reply: {
    type: (type: string) => unknown;
    serializer: (write: (x: unknown) => string) => unknown;
  },
) {
  const write = (language: Language) => {
    const speaker = { language, say: parts.wire.sayers[language] };
    return problemDocument(parts.problems, problem, speaker, request.id);
  };
  const page = await parts.errorPage?.(request, write);
  reply.type(page ? 'text/html; charset=utf-8' : 'application/problem+json; charset=utf-8');
  reply.serializer((body) => (typeof body === 'string' ? body : JSON.stringify(body)));
  return page ?? write(languageOf(request));
}

const faultCodes: Readonly<Record<string, string>> = {
  required: 'missing',
  type: 'type',
  format: 'format',
  pattern: 'format',
  maxLength: 'too_long',
  minLength: 'too_short',
  minimum: 'range',
  maximum: 'range',
  enum: 'choice',
  const: 'choice',
  anyOf: 'choice',
  additionalProperties: 'unknown',
};

function badRequest(error: FastifyError): Problem {
  const faults = (error.validation ?? []).map((fault): FieldFault => {
    const missing = (fault.params as { missingProperty?: string }).missingProperty;
    const pointer = missing ? `${fault.instancePath}/${missing}` : fault.instancePath;
    return { pointer, code: faultCodes[fault.keyword] ?? 'format' };
  });
  return new Problem('platform.bad_request', {}, faults.slice(0, 20));
}

function measure(app: FastifyInstance, parts: ServerParts): void {
  app.addHook('onSend', async (_request, reply) => {
    if (isDraining(app)) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    parts.metrics.request(request.method, route, reply.statusCode, seconds);
    const { method, id } = request;
    parts.log.info({ id, method, route, status: reply.statusCode, seconds }, 'answered');
  });
}

/** Longer than this no proxy waits for an answer, and a machine that vanished gives none. */
const readyWithinMs = 3000;

async function reachesDatabase(database: Database): Promise<boolean> {
  const nobody = { province: null, organisation: '', person: '', timeoutMs: 2000 } as const;
  const asked = database
    .transaction({ ...nobody, retry: 'not_even_begun' }, async (tx) => {
      await tx.selectFrom('provinces').select('id').limit(1).execute();
      return true;
    })
    .catch(() => false);
  return Promise.race([asked, sleep(readyWithinMs, false, { ref: false })]);
}

function serveUpkeep(app: FastifyInstance, { metrics, wire }: ServerParts): void {
  const hidden = { schema: { hide: true } };
  app.get('/healthz', hidden, async () => ({ ok: true }));
  app.get('/readyz', hidden, async (_request, reply) => {
    const ready = !isDraining(app) && (await reachesDatabase(wire.house.database));
    if (ready) return { ready };
    return reply.code(503).header('retry-after', '5').send({ ready });
  });
  app.get('/metrics', hidden, async (_request, reply) => {
    const { contentType, text } = await metrics.page();
    return reply.type(contentType).send(text);
  });
  app.get('/api/openapi.json', hidden, async () => app.swagger());
}

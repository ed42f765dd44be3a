import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { demoPages } from '../demo/pages.ts';
import { insertAccount, type NewAccount } from '../src/accounts/index.ts';
import { hashSecret } from '../src/accounts/password.ts';
import { type AppParts, buildApp } from '../src/app.ts';
import { fixedClock } from '../src/platform/clock.ts';
import { keyringOf, makeKey } from '../src/platform/keyring.ts';
import { provinceContext, type Role } from '../src/platform/policy.ts';
import { makeSigningKey } from '../src/platform/signing-key.ts';
import { outboxSms } from '../src/platform/sms.ts';
import { openMetrics, silentLog } from '../src/platform/telemetry.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { memoryFiles } from './files.ts';

/** Where the people of the tests would find the house. */
export const publicUrl = 'http://localhost:8080';

/** The keys of every house of a test run. */
export const testKeyring = keyringOf([makeKey()]);

/** What an SMS provider signs with, where a house takes messages: a demonstration. */
export const testInboundSecret = randomBytes(32);

/** What every house of a test run signs with. */
export const testSigningKey = makeSigningKey();

/** A server on a database of its own, at a moment that the test moves. */
export type TestHouse = {
  readonly app: FastifyInstance;
  readonly database: TestDatabase;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly files: ReturnType<typeof memoryFiles>;
  /** Opens an account and signs it in; the answer is a caller that carries its cookie. */
  readonly signIn: (account: Partial<NewAccount> & { role: Role }) => Promise<Caller>;
  /** A caller that carries a cookie. */
  readonly holding: (cookie: string) => Caller;
  /** A caller who is nobody. */
  readonly nobody: Caller;
  readonly close: () => Promise<void>;
};

export type Caller = {
  /** What its requests carry, for a browser that goes on from there; empty for nobody. */
  readonly cookie: string;
  readonly get: (url: string, headers?: Record<string, string>) => Promise<Reply>;
  /** A write; a fresh Idempotency-Key unless one is given. */
  readonly post: (url: string, body?: unknown, key?: string) => Promise<Reply>;
  /** A form with a file in it. */
  readonly upload: (url: string, form: FormData, key?: string) => Promise<Reply>;
  /** Bytes as they are: a piece of an upload. */
  readonly put: (url: string, bytes: Uint8Array) => Promise<Reply>;
};

export type Reply = {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of any shape.
  readonly body: any;
  readonly headers: Record<string, unknown>;
  readonly bytes: Buffer;
};

const password = 'a password of tests';
let passwordHash: Promise<string> | undefined;

/** Builds the whole product on a fresh database, or on one that is there; 1401/04/01 is today unless the test says otherwise. */
export async function testHouse(
  now = '2022-06-22T08:00:00Z',
  demonstration = true,
  more: Partial<AppParts> = {},
  filled?: TestDatabase,
): Promise<TestHouse> {
  const database = filled ?? (await testDatabase({ sealer: testSigningKey }));
  const clock = fixedClock(now);
  const files = memoryFiles();
  const app = await buildApp({
    database,
    clock,
    log: silentLog,
    metrics: openMetrics(database),
    sms: outboxSms,
    files,
    publicUrl,
    version: 'test',
    demonstration,
    keyring: testKeyring,
    signingKey: testSigningKey,
    extend: demoPages,
    ...(demonstration ? { inboundSecret: testInboundSecret } : {}),
    ...more,
  });
  return {
    app,
    database,
    clock,
    files,
    nobody: caller(app, undefined),
    holding: (cookie) => caller(app, cookie),
    signIn: (account) => signIn(app, database, clock.now(), account),
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}

async function signIn(
  app: FastifyInstance,
  database: TestDatabase,
  now: Date,
  account: Partial<NewAccount> & { role: Role },
): Promise<Caller> {
  passwordHash ??= hashSecret(password);
  const username = account.username ?? `u${randomUUID()}`;
  const whole: NewAccount = {
    provinceId: 4,
    personId: null,
    nameFa: 'آزمون',
    nameEn: 'Test',
    organisationId: null,
    demonstration: true,
    ...account,
    username,
    passwordHash: await passwordHash,
  };
  await database.transaction(provinceContext(whole.provinceId), (tx) =>
    insertAccount(tx, whole, now),
  );
  const reply = await app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { username, password },
  });
  const cookie = String(reply.headers['set-cookie']).split(';')[0];
  return caller(app, cookie);
}

function caller(app: FastifyInstance, cookie: string | undefined): Caller {
  const send = async (
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    payload: unknown,
    more: Record<string, string>,
  ): Promise<Reply> => {
    const headers = { ...(cookie ? { cookie } : {}), ...more };
    const body = payload === undefined ? {} : { payload: payload as object };
    const reply = await app.inject({ method, url, headers, ...body });
    const type = String(reply.headers['content-type']);
    const json = type.includes('json');
    const text = !/^(?:image|application\/pdf)/.test(type);
    return {
      status: reply.statusCode,
      body: json ? reply.json() : text ? reply.body : reply.rawPayload,
      headers: reply.headers,
      bytes: reply.rawPayload,
    };
  };
  return {
    cookie: cookie ?? '',
    get: (url, headers = {}) => send('GET', url, undefined, headers),
    post: (url, body = {}, key = randomUUID()) =>
      send('POST', url, body, { 'idempotency-key': key }),
    upload: async (url, form, key = randomUUID()) => {
      const encoded = new Response(form);
      const type = encoded.headers.get('content-type') ?? '';
      const payload = Buffer.from(await encoded.arrayBuffer());
      return send('POST', url, payload, { 'idempotency-key': key, 'content-type': type });
    },
    put: (url, bytes) =>
      send('PUT', url, Buffer.from(bytes), { 'content-type': 'application/octet-stream' }),
  };
}

import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { encodeCode } from '../../src/kit/code.ts';
import type { Schema } from '../sample.ts';
import { anyText, anyValue, type Die, dieOf, nearly, pick } from './hostile.ts';

type Parameter = { readonly name: string; readonly in: string; readonly schema: Schema };

/** An operation of the OpenAPI document, as far as a request is made from it. */
type Operation = {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
  readonly bodyType: string | undefined;
};

type Document = {
  readonly paths: Record<
    string,
    Record<
      string,
      {
        readonly parameters?: readonly Parameter[];
        readonly requestBody?: { readonly content: Record<string, { readonly schema?: Schema }> };
      }
    >
  >;
};

function operationsOf(app: FastifyInstance): readonly Operation[] {
  const { paths } = app.swagger() as unknown as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const [bodyType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      return { method: method.toUpperCase(), path, parameters, body: content?.schema, bodyType };
    }),
  );
}

/** What may not stand in any answer: the inside of the house. */
const inside =
  /\n\s+at [\w.<]+ ?\(|node_modules|\/src\/[a-z]+\/|\.ts:\d+|\$argon2id\$|SQLSTATE|syntax error at|violates \w+ constraint|relation "|password_hash|PRIVATE KEY|root:x:0/g;

export type FuzzReport = {
  readonly sent: number;
  /** What was wrong, with the request that did it. */
  readonly faults: readonly string[];
  readonly statuses: ReadonlyMap<number, number>;
  /** Heap in use after collecting, early and at the end, in bytes. */
  readonly heap: readonly [number, number];
};

/** Collects garbage now, whatever flags Node was started with. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/**
 * Sends so many wrong, hostile and large requests, made from the server's own OpenAPI document, as nobody
 * and as everybody of `cookies`. The same seed sends the same.
 * @param codes real codes, so that some requests are about something that is there
 */
export async function fuzz(
  app: FastifyInstance,
  count: number,
  seed: number,
  { cookies, codes }: { readonly cookies: readonly string[]; readonly codes: readonly string[] },
): Promise<FuzzReport> {
  const die = dieOf(seed);
  const operations = operationsOf(app);
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  let early = 0;
  for (let at = 0; at < count; at += 1) {
    const request = makeRequest(die, pick(die, operations), { cookies, codes });
    const reply = await app.inject(request);
    statuses.set(reply.statusCode, (statuses.get(reply.statusCode) ?? 0) + 1);
    const leaks = leaksOf(reply.body, request);
    const told = `#${at} ${request.method} ${request.url} ${describe(request)}`;
    if (reply.statusCode >= 500) faults.push(`${reply.statusCode}: ${told}`);
    if (leaks.length > 0) faults.push(`leak: ${told}: ${leaks.join(' ')}`);
    if (at === Math.floor(count / 5)) early = heapInUse();
  }
  return { sent: count, faults, statuses, heap: [early, heapInUse()] };
}

/** What an answer tells of our insides, and the request had not said itself: a form may be shown its own columns. */
function leaksOf(body: string, { payload, url }: InjectOptions): string[] {
  if (body.length > 2e6) return [];
  const said = `${url} ${Buffer.isBuffer(payload) ? payload.toString() : JSON.stringify(payload ?? '')}`;
  const found = [...body.matchAll(inside)].map(([text]) => text);
  return found.filter((text) => !said.includes(text));
}

function describe({ payload, headers }: InjectOptions): string {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
  return `${body?.slice(0, 400)} ${JSON.stringify(headers).slice(0, 200)}`;
}

type Around = { readonly cookies: readonly string[]; readonly codes: readonly string[] };

function makeRequest(die: Die, it: Operation, { cookies, codes }: Around): InjectOptions {
  const named = () => {
    if (die() < 0.5) return pick(die, codes);
    return die() < 0.5 ? encodeCode(pick(die, [4, 7]), randomUUID()) : anyText(die);
  };
  const url = it.path.replaceAll(/\{(\w+)\}/g, () => encodeURIComponent(wellFormed(named())));
  const query = queryOf(die, it);
  const headers: Record<string, string> = {
    'idempotency-key': die() < 0.9 ? randomUUID() : headerText(die),
    cookie: die() < 0.9 ? pick(die, cookies) : `karkhaneh=${headerText(die)}`,
    ...(die() < 0.1 ? { 'accept-language': headerText(die) } : {}),
    ...(die() < 0.05 ? { accept: 'text/html' } : {}),
    ...(die() < 0.05 ? { authorization: `Bearer ${headerText(die)}` } : {}),
  };
  const method = it.method as 'GET';
  const remoteAddress = `10.${Math.floor(die() * 256)}.${Math.floor(die() * 256)}.1`;
  const address = query ? `${url}?${query}` : url;
  if (it.method === 'GET' || it.method === 'DELETE')
    return { method, url: address, headers, remoteAddress };
  return { method, url: address, remoteAddress, ...bodyOf(die, it, headers) };
}

/** A value as a form can hold it. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** Node makes addresses of well-formed text alone. */
const wellFormed = (text: string) => text.toWellFormed();

/** A header holds one line of Latin-1. */
const headerText = (die: Die) =>
  anyText(die)
    .replaceAll(/[^\x20-\x7e]/g, '')
    .slice(0, 2000);

function queryOf(die: Die, { parameters }: Operation): string {
  const query = new URLSearchParams();
  for (const { name, in: place, schema } of parameters) {
    if (place !== 'query' || die() < 0.35) continue;
    const value = nearly(die, schema);
    query.append(
      name,
      wellFormed(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')),
    );
    if (die() < 0.05) query.append(name, anyText(die).toWellFormed());
  }
  if (die() < 0.05) query.append(wellFormed(anyText(die)), wellFormed(anyText(die)));
  return query.toString();
}

function bodyOf(die: Die, { body, bodyType }: Operation, headers: Record<string, string>) {
  const json = { ...headers, 'content-type': 'application/json' };
  const roll = die();
  if (roll < 0.03) return { headers: json, payload: '{"a":'.repeat(5000) };
  if (roll < 0.05) return { headers: json, payload: `[${'['.repeat(3000)}` };
  if (roll < 0.06) return { headers: json, payload: JSON.stringify('x'.repeat(300_000)) };
  if (roll < 0.08) return { headers: json, payload: '{"__proto__":{"role":"admin"},"a":1}' };
  if (roll < 0.1) return { headers: { ...headers, 'content-type': headerText(die) }, payload: 'x' };
  if (roll < 0.14) return { headers: json, payload: JSON.stringify(anyValue(die)) ?? 'x' };
  const value = body ? nearly(die, body) : anyValue(die);
  if (bodyType?.includes('urlencoded')) {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const form = new URLSearchParams(
      Object.entries(value ?? {}).map(([k, v]): [string, string] => [k, textOf(v)]),
    );
    return { headers: { ...headers, ...type }, payload: form.toString() };
  }
  if (bodyType?.includes('multipart')) return multipart(die, headers, value);
  return { headers: json, payload: JSON.stringify(value) ?? 'null' };
}

function multipart(die: Die, headers: Record<string, string>, value: unknown) {
  const fields = Object.entries((value ?? {}) as object).map(
    ([name, one]) => `content-disposition: form-data; name="${name}"\r\n\r\n${textOf(one)}`,
  );
  const name = anyText(die).replaceAll(/["\r\n]/g, '');
  const bytes = pick(die, ['a,b\n1,2', 'PK\u0003\u0004', '\u0000'.repeat(5000), '<xml/>', '']);
  const file = `content-disposition: form-data; name="file"; filename="${name}"\r\n\r\n${bytes}`;
  const text = [...fields, file].map((part) => `--e\r\n${part}\r\n`).join('');
  const payload = Buffer.from(`${text}--e--\r\n`.toWellFormed());
  return { headers: { ...headers, 'content-type': 'multipart/form-data; boundary=e' }, payload };
}

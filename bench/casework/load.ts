import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** One connection that is kept open, as a browser keeps its own. */
export type Connection = {
  readonly get: (url: string, cookie: string) => Promise<Answer>;
  /** A write with a fresh Idempotency-Key. */
  readonly post: (url: string, cookie: string, body: unknown) => Promise<Answer>;
  /** A page as a browser is sent it: its bytes, packed where the server packs them. */
  readonly page: (url: string) => Promise<Buffer>;
  /** A request as it stands, to a server that asks for other heads than the product. */
  readonly send: (asked: Asked) => Promise<Answer>;
  readonly close: () => void;
};

// biome-ignore lint/suspicious/noExplicitAny: a bench looks into answers of any shape.
export type Answer = { readonly body: any; readonly cookie: string };

const asBrowser = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br, zstd' };

/** A request as it goes out. */
export type Asked = {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly text?: string;
};

/** What a page of the product would send; a write has a fresh Idempotency-Key. */
export function askedFor(
  method: Asked['method'],
  path: string,
  cookie: string,
  body?: unknown,
): Asked {
  const sent = { ...(cookie ? { cookie } : {}) };
  const key = method === 'GET' ? {} : { 'idempotency-key': randomUUID() };
  if (body === undefined) return { method, path, headers: { ...sent, ...key } };
  const text = JSON.stringify(body);
  const about = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return { method, path, headers: { ...sent, ...about, ...key }, text };
}

/** Asks, and reads the answer whole, whatever it is. */
export async function ask(base: string, agent: Agent, { method, path, headers, text }: Asked) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(`${base}${path}`, { method, headers, agent }, resolve);
    asked.on('error', reject);
    asked.end(text);
  });
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part);
  return { answer, got: Buffer.concat(parts) };
}

/** Opens a connection to a server; an answer that is not a good one rejects. */
export function connect(base: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const good = async (asked: Asked) => {
    const { answer, got } = await ask(base, agent, asked);
    if ((answer.statusCode ?? 500) >= 300)
      throw new Error(`${asked.method} ${asked.path}: ${answer.statusCode} ${got}`);
    return { answer, got };
  };
  const send = async (asked: Asked) => {
    const { answer, got } = await good(asked);
    const [set = ''] = answer.headers['set-cookie'] ?? [];
    return { body: JSON.parse(got.toString()), cookie: set.split(';')[0] ?? '' };
  };
  return {
    page: async (path) => (await good({ method: 'GET', path, headers: asBrowser })).got,
    send,
    get: (url, cookie) => send(askedFor('GET', url, cookie)),
    post: (url, cookie, body) => send(askedFor('POST', url, cookie, body)),
    close: () => agent.destroy(),
  };
}

/** What one round of load found: how many a second, and how long each took, by name, in milliseconds. */
export type Round = {
  readonly perSecond: number;
  readonly times: ReadonlyMap<string, readonly number[]>;
};

/** Times one request under a name. */
export type Timed = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** One piece of work of somebody, request by request. */
export type Work = (connection: Connection, time: Timed) => Promise<void>;

/**
 * Puts load on a server for so many seconds: each connection does `work` again and again, one after the
 * other, and finishes the one it is in.
 */
export async function load(
  base: string,
  { seconds, connections }: { seconds: number; connections: number },
  work: Work,
): Promise<Round> {
  const { times, count, time } = makeTimes();
  const started = performance.now();
  const until = started + seconds * 1000;
  const one = async () => {
    const connection = connect(base);
    try {
      while (performance.now() < until) await work(connection, time);
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return { perSecond: (count() * 1000) / (performance.now() - started), times };
}

/** Work that somebody new begins so many times a second, whether or not the last one is through. */
export type Arrivals = { readonly perSecond: number; readonly work: Work };

/**
 * Puts the load of people on a server for so many seconds: each kind of work begins at random moments
 * (a Poisson process), on the first of the connections that is free. What waits for a connection waits in
 * the time of its first request, so that a slow server is not asked less.
 */
export async function arrive(
  base: string,
  { seconds, connections }: { seconds: number; connections: number },
  kinds: readonly Arrivals[],
): Promise<Round> {
  const { times, count, time } = makeTimes();
  const { take, give, close } = pool(base, connections);
  const begun: Promise<void>[] = [];
  const started = performance.now();
  const begin = async (work: Work) => {
    let late = performance.now();
    const connection = await take();
    const timed: Timed = (name, ask) => {
      const from = late || performance.now();
      late = 0;
      return time(name, ask, from);
    };
    await work(connection, timed).finally(() => give(connection));
  };
  const each = async ({ perSecond, work }: Arrivals) => {
    let at = started;
    for (;;) {
      at += (-Math.log(1 - Math.random()) * 1000) / perSecond;
      if (at > started + seconds * 1000) return;
      await sleep(Math.max(0, at - performance.now()));
      begun.push(begin(work));
    }
  };
  await Promise.all(kinds.map(each));
  await Promise.all(begun);
  close();
  return { perSecond: (count() * 1000) / (performance.now() - started), times };
}

/** Connections that are taken and given back; who comes when none is free waits in line. */
function pool(base: string, connections: number) {
  const free = Array.from({ length: connections }, () => connect(base));
  const waiting: ((connection: Connection) => void)[] = [];
  const take = () => free.pop() ?? new Promise<Connection>((resolve) => void waiting.push(resolve));
  const give = (connection: Connection) => {
    const next = waiting.shift();
    if (next) next(connection);
    else free.push(connection);
  };
  const close = () => {
    for (const connection of free) connection.close();
  };
  return { take, give, close };
}

/** Keeps how long requests took, by name. */
function makeTimes() {
  const times = new Map<string, number[]>();
  let count = 0;
  const time = async <T>(name: string, ask: () => Promise<T>, from = performance.now()) => {
    const answer = await ask();
    const list = times.get(name) ?? [];
    times.set(name, list);
    list.push(performance.now() - from);
    count += 1;
    return answer;
  };
  return { times, time, count: () => count };
}

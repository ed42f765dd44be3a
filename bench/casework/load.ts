import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';

/** One connection that is kept open, as a browser keeps its own. */
export type Connection = {
  readonly get: (url: string, cookie: string) => Promise<Answer>;
  /** A write with a fresh Idempotency-Key. */
  readonly post: (url: string, cookie: string, body: unknown) => Promise<Answer>;
  readonly close: () => void;
};

// biome-ignore lint/suspicious/noExplicitAny: a bench looks into answers of any shape.
export type Answer = { readonly body: any; readonly cookie: string };

/** Opens a connection to a server; an answer that is not a good one rejects. */
export function connect(base: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = async (method: string, path: string, cookie: string, body?: unknown) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...(cookie ? { cookie } : {}),
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(text === undefined ? {} : { 'content-length': Buffer.byteLength(text) }),
      ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(`${base}${path}`, { method, headers, agent }, resolve);
      asked.on('error', reject);
      asked.end(text);
    });
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part);
    const got = Buffer.concat(parts).toString();
    if ((answer.statusCode ?? 500) >= 300)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${got}`);
    const [set = ''] = answer.headers['set-cookie'] ?? [];
    return { body: JSON.parse(got), cookie: set.split(';')[0] ?? '' };
  };
  return {
    get: (url, cookie) => send('GET', url, cookie),
    post: (url, cookie, body) => send('POST', url, cookie, body),
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

/**
 * Puts load on a server for so many seconds: each connection does `work` again and again, one after the
 * other, and finishes the one it is in.
 */
export async function load(
  base: string,
  { seconds, connections }: { seconds: number; connections: number },
  work: (connection: Connection, time: Timed) => Promise<void>,
): Promise<Round> {
  const times = new Map<string, number[]>();
  let count = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  const time: Timed = async (name, ask) => {
    const begun = performance.now();
    const answer = await ask();
    const list = times.get(name) ?? [];
    times.set(name, list);
    list.push(performance.now() - begun);
    count += 1;
    return answer;
  };
  const one = async () => {
    const connection = connect(base);
    try {
      while (performance.now() < until) await work(connection, time);
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return { perSecond: (count * 1000) / (performance.now() - started), times };
}

/** The value that 95 in a hundred do not exceed. */
export function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

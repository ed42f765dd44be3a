import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { application, type Cookies, type Known } from '../casework/casework.ts';

/** What became of everything that was asked in a storm. */
export type Storm = {
  asked: number;
  /** Answered, and by what was asked for. */
  right: number;
  /** Refused with 503, `platform.busy` and Retry-After. */
  refused: number;
  /** Anything else: another answer, a broken connection; the first few in words. */
  wrong: number;
  readonly said: string[];
  /** The codes of the cases whose application was acknowledged. */
  readonly acknowledged: string[];
};

/** Connections of the storm: more than the server lets wait, so that it has to refuse. */
const connections = 1200;

/** One in so many requests is an application; the others open a case. */
const writesOneIn = 20;

/** What is asked for in a storm. */
export type Target = {
  readonly base: string;
  readonly who: Cookies;
  readonly known: Known;
};

/**
 * Asks so many times a second whether or not anybody answers, for so many seconds, and looks at each answer.
 * Requests begin in heaps every 10 ms, on as many connections as there are.
 */
export async function storm(
  target: Target,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Storm> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const found: Storm = {
    ...{ asked: 0, right: 0, refused: 0, wrong: 0 },
    ...{ said: [], acknowledged: [] },
  };
  const begun: Promise<void>[] = [];
  const started = performance.now();
  for (;;) {
    const past = (performance.now() - started) / 1000;
    if (past > seconds) break;
    while (found.asked < past * perSecond) begun.push(ask(target, agent, found));
    await sleep(10);
  }
  await Promise.all(begun);
  agent.destroy();
  return found;
}

async function ask({ base, who, known }: Target, agent: Agent, found: Storm): Promise<void> {
  found.asked += 1;
  const at = found.asked;
  const isWrite = at % writesOneIn === 0;
  const code = known.codes[(at * 7919) % known.codes.length] ?? '';
  try {
    const answer = isWrite
      ? await send(base, agent, '/api/permits', who.expert, application())
      : await send(base, agent, `/api/cases/${code}`, who.officer);
    judge(answer, isWrite ? undefined : code, found);
  } catch (error) {
    wrong(found, String(error));
  }
}

type Reply = {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
};

function judge({ status, retryAfter, text }: Reply, code: string | undefined, found: Storm): void {
  const body = text.startsWith('{') ? JSON.parse(text) : {};
  if (status === 503 && body.code === 'platform.busy' && Number(retryAfter) > 0) {
    found.refused += 1;
  } else if (code === undefined && status === 201 && typeof body.code === 'string') {
    found.right += 1;
    found.acknowledged.push(body.code);
  } else if (status === 200 && body.code === code) {
    found.right += 1;
  } else {
    wrong(found, `${status} ${text.slice(0, 200)}`);
  }
}

function wrong(found: Storm, what: string): void {
  found.wrong += 1;
  if (found.said.length < 5) found.said.push(what);
}

function send(
  base: string,
  agent: Agent,
  path: string,
  cookie: string,
  body?: unknown,
): Promise<Reply> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    cookie,
    ...(text === undefined
      ? {}
      : {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          'idempotency-key': randomUUID(),
        }),
  };
  const method = text === undefined ? 'GET' : 'POST';
  return new Promise((resolve, reject) => {
    const asked = request(`${base}${path}`, { method, headers, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          retryAfter: answer.headers['retry-after'],
          text: Buffer.concat(parts).toString(),
        }),
      );
    });
    asked.on('error', reject);
    asked.end(text);
  });
}

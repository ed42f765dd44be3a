import { Agent, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { application, type Cookies, type Known } from '../casework/casework.ts';
import { ask, askedFor } from '../casework/load.ts';

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
    while (found.asked < past * perSecond) begun.push(askOne(target, agent, found));
    await sleep(10);
  }
  await Promise.all(begun);
  agent.destroy();
  return found;
}

async function askOne({ base, who, known }: Target, agent: Agent, found: Storm): Promise<void> {
  found.asked += 1;
  const at = found.asked;
  const isWrite = at % writesOneIn === 0;
  const code = known.codes[(at * 7919) % known.codes.length] ?? '';
  const asked = isWrite
    ? askedFor('POST', '/api/permits', who.expert, application())
    : askedFor('GET', `/api/cases/${code}`, who.officer);
  try {
    const { answer, got } = await ask(base, agent, asked);
    judge(answer, got.toString(), isWrite ? undefined : code, found);
  } catch (error) {
    wrong(found, String(error));
  }
}

function judge(
  { statusCode: status, headers }: IncomingMessage,
  text: string,
  code: string | undefined,
  found: Storm,
): void {
  const body = text.startsWith('{') ? JSON.parse(text) : {};
  if (status === 503 && body.code === 'platform.busy' && Number(headers['retry-after']) > 0) {
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

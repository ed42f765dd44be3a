import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateNationalId } from '../../src/kit/identifiers.ts';
import { password } from './furnish.ts';

/** A write that the house said it has done, or refused by its rules. */
export type Acknowledged = {
  readonly opId: string;
  readonly url: string;
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape.
  readonly body: any;
};

/** What people at their desks got to hear. */
export type Heard = {
  readonly acknowledged: Acknowledged[];
  /** Statuses that nobody should ever see. */
  readonly failures: string[];
};

const patienceMs = 120_000;

/** Sends until there is an answer, with the same key each time, as the pages do. */
export async function send(
  base: string,
  cookie: string,
  url: string,
  body: object,
  heard?: Heard,
  onRefusal: (what: string) => void = () => {},
): Promise<Acknowledged & { browser: string }> {
  const opId = randomUUID();
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const answer = await tryOnce(base, cookie, url, body, opId);
    if (answer === undefined || answer.status === 503) {
      onRefusal(`${url}: ${answer?.status ?? 'nothing'}`);
      await sleep(60 + Math.random() * 200);
      continue;
    }
    const { browser, ...acknowledged } = answer;
    if (answer.status >= 500) heard?.failures.push(`${url}: ${answer.status}`);
    else heard?.acknowledged.push(acknowledged);
    return answer;
  }
  throw new Error(`Nobody answered ${url} for two minutes.`);
}

async function tryOnce(base: string, cookie: string, url: string, body: object, opId: string) {
  try {
    const reply = await fetch(`${base}${url}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': opId },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const browser = cookieOf(reply);
    return { opId, url, status: reply.status, body: await reply.json(), browser };
  } catch {
    return undefined;
  }
}

/** Signs somebody in by their password. @returns the cookie */
async function signIn(base: string, username: string, password: string): Promise<string> {
  const reply = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (reply.status !== 201) throw new Error(`${username}: ${reply.status} ${await reply.text()}`);
  return cookieOf(reply);
}

function cookieOf(reply: Response): string {
  return reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

export type Desk = { readonly expert: string; readonly officer: string };

/** Signs in whoever a case needs. */
export async function signInDesk(base: string): Promise<Desk> {
  return {
    expert: await signIn(base, 'expert', password),
    officer: await signIn(base, 'officer', password),
  };
}

let serial = 20_000;

/**
 * One case from the application to the bank; it ends where the rules refuse.
 * @param onRefusal hears of each request that got no answer or a 503, before it is sent again; what it throws ends it
 */
export async function oneCase(
  base: string,
  who: Desk,
  heard: Heard,
  onRefusal?: (what: string) => void,
): Promise<void> {
  const write = (cookie: string, url: string, body: object) =>
    send(base, cookie, url, body, heard, onRefusal);
  serial += 1;
  const person = {
    ...{ nationalId: generateNationalId('274', serial), idKind: 'national', sex: 'female' },
    ...{ firstName: 'لیلا', lastName: `آزمونی ${serial}`, mobile: `0914${1_000_000 + serial}` },
  };
  const household = { countyId: '0401', area: 'urban', address: 'کوچه آزمون' };
  const application = { person, household, kind: 'independent', occupationId: 'tailoring' };
  const submitted = await write(who.expert, '/api/permits', application);
  const code = String(submitted.body.code);
  const signed = await write(who.expert, `/api/permits/${code}/sign`, {});
  if (signed.status >= 300) return;
  const granted = await write(who.officer, `/api/permits/${code}/grant`, {});
  if (granted.status >= 300) return;
  const plan = { code, bank: 'MELLAT', requestedRial: '400000000', people: 1 };
  const referral = { preview: false, creditLine: 'home-jobs', plans: [plan] };
  await write(who.officer, '/api/plans/refer', referral);
}

/** Refuses to send anything a second time. @throws Error naming what was not answered */
export function onlyOnce(what: string): never {
  throw new Error(`asked once and not answered: ${what}`);
}

/** Pages that the server draws, lists and figures; each is asked for once and has to come whole. */
const looks = [
  ...['/', '/developers/bank', '/market', '/sign-in', '/office/cases'],
  ...['/api/reference', '/api/cases', '/api/session', '/figures.csv'],
];

/** Somebody who looks at one thing after the other until told. @returns how many; `wrong` takes what did not come whole */
export async function lookAround(
  base: string,
  cookie: string,
  until: () => boolean,
  wrong: string[],
): Promise<number> {
  let seen = 0;
  for (; !until(); seen += 1) {
    const url = looks[seen % looks.length] ?? '/';
    try {
      const reply = await fetch(`${base}${url}`, { headers: { cookie } });
      const text = await reply.text();
      const isPage = /html/.test(reply.headers.get('content-type') ?? '');
      if (reply.status !== 200 || (isPage && !text.trimEnd().endsWith('</html>'))) {
        wrong.push(`${url}: ${reply.status}`);
      }
    } catch (error) {
      wrong.push(`${url}: ${error}`);
    }
    await sleep(20);
  }
  return seen;
}

/** What a server's page for banks says of a setting: how often an event is sent (`financing.webhook_tries`). */
export async function webhookTries(base: string): Promise<number> {
  const text = await (await fetch(`${base}/developers/bank?lang=en`)).text();
  return Number(/we send it up to ([0-9]+) times/.exec(text)?.[1]);
}

export type Citizen = {
  readonly mobile: string;
  readonly person: {
    readonly nationalId: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly birthOn: string;
  };
};

/** Somebody new, by a number of their own. */
export function citizen(n: number): Citizen {
  const nationalId = generateNationalId('275', 1000 + n);
  const mobile = `0935${1_000_000 + n}`;
  return {
    mobile,
    person: { nationalId, firstName: 'زهرا', lastName: 'آزمونی', birthOn: '1990-05-01' },
  };
}

/** Signs in with a phone, by the code that its owner gets, and says who they are. */
export async function introduce(
  base: string,
  { mobile, person }: Citizen,
  messageTo: (mobile: string) => string | undefined,
  heard: Heard,
): Promise<void> {
  const { code, browser } = await codeFor(base, mobile, messageTo);
  const reply = await fetch(`${base}/api/session/citizen`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: browser },
    body: JSON.stringify({ mobile, code }),
  }).catch(() => undefined);
  // A code counts once and three minutes: who was cut off, or whose clock jumped, asks again another day.
  if (reply?.status !== 201) return;
  const body = { ...person, idKind: 'national', sex: 'female' };
  await send(base, cookieOf(reply), '/api/my/identity', body, heard);
}

async function codeFor(
  base: string,
  mobile: string,
  messageTo: (mobile: string) => string | undefined,
): Promise<{ code: string; browser: string }> {
  const { browser } = await send(base, '', '/api/session/code', { mobile });
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const found = /[0-9۰-۹]{6}/.exec(messageTo(mobile) ?? '')?.[0];
    if (found) return { code: found, browser };
    await sleep(50);
  }
  throw new Error(`No message came to ${mobile} for two minutes.`);
}

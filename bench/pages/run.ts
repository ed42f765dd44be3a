import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CAST_PASSWORD } from '../../demo/cast.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import { startDemonstration } from '../casework/servers.ts';
import { type Coming, type Looked, openSlowPhone, type SlowPhone } from '../lighthouse.ts';
import { type Bench, type Claim, machine } from '../measure.ts';

const folder = join(repositoryFolder, '.bench', 'pages');
const leastScore = 95;
const mostInteractiveMs = 2000;
/** An expert with hundreds of cases, of the demonstration's cast. */
const officer = 'jahad';
const against = "Lighthouse's slow phone (150 ms, 1.6 Mbit/s, a quarter of this processor)";

/** Looks at the demonstration's pages as a slow phone does: the public ones whole, and an officer's two. */
export async function run(): Promise<Bench> {
  await mkdir(folder, { recursive: true });
  const product = await startDemonstration(join(folder, 'data'), join(folder, 'product.log'));
  try {
    await using phone = await openSlowPhone();
    const claims: Claim[] = [];
    for (const path of await publicPaths(product.base)) {
      const { scores } = await phone.look(`${product.base}${path}`);
      claims.push(scoreClaim(path, scores));
    }
    claims.push(...(await officeClaims(phone, product.base)));
    return { bench: 'pages', machine: machine(), claims };
  } finally {
    await product.stop();
  }
}

/** One page of each kind that is open to everybody; of a kind with many, the first that its list leads to. */
async function publicPaths(base: string): Promise<string[]> {
  const first = async (list: string, link: RegExp): Promise<string> => {
    const page = await (await fetch(`${base}${list}`)).text();
    const found = link.exec(page)?.[1];
    if (found === undefined) throw new Error(`${list} leads to nothing.`);
    return found.replaceAll('&amp;', '&');
  };
  return [
    '/',
    '/?lang=en',
    '/apply',
    '/occupations',
    await first('/occupations', /href="(\/occupations\/[^"?]+)/),
    '/bulletins',
    await first('/bulletins', /href="(\/bulletins\/[^"?./]+)"/),
    '/check',
    '/data',
    '/provinces',
    '/p',
    await first('/market', /href="(\/market\/products\/[^"?]+)/),
    '/market',
    '/market/fairs',
    '/history-roots',
    '/developers/bank',
  ];
}

const shortest = (path: string) =>
  path.replace(/^\/(market\/products|bulletins|occupations)\/.*$/, '/$1/one');

/** Invented goods ask search engines to leave them out, so how well they would find them is not asked. */
const unlisted = /^\/market\/products\//;

function scoreClaim(path: string, scores: Looked['scores']): Claim {
  const asked = Object.entries(scores).filter(([name]) => name !== 'seo' || !unlisted.test(path));
  const value = Math.min(...asked.map(([, score]) => score));
  const told = asked.map(([name, score]) => `${name} ${score}`);
  return {
    id: `scores-of-${
      shortest(path)
        .replaceAll(/[^a-z]+/g, '-')
        .replaceAll(/^-|-$/g, '') || 'home'
    }`,
    ...{ value, unit: 'of 100, the least', against: `${against}: ${told.join(', ')}` },
    ...{ ratio: null, target: `≥ ${leastScore}`, holds: value >= leastScore },
  };
}

async function officeClaims(phone: SlowPhone, base: string): Promise<Claim[]> {
  // The first that anybody sees of the office, with nothing in the browser.
  const claims = [interactiveClaim('sign-in', await phone.look(`${base}/sign-in`))];
  const cookies = await signIn(base);
  await phone.enter(base, cookies);
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const answer = await fetch(`${base}/api/queue`, { headers: { cookie: cookie.join('; ') } });
  const { items } = (await answer.json()) as { items: { code: string }[] };
  const pages = { queue: '/office/queue', case: `/office/cases/${items[0]?.code}` };
  const signingIn = async () => {
    await phone.comeFirst(`${base}/sign-in`);
    await phone.enter(base, cookies);
  };
  const comings: Record<string, Coming> = {
    ...{ '': {}, '-after-sign-in': { again: true, before: signingIn }, '-again': { again: true } },
  };
  for (const [name, path] of Object.entries(pages)) {
    for (const [when, coming] of Object.entries(comings))
      claims.push(interactiveClaim(name, await phone.look(`${base}${path}`, coming), when));
  }
  return claims;
}

function interactiveClaim(name: string, { interactiveMs, bytes }: Looked, when = ''): Claim {
  return {
    id: `${name}-interactive${when}`,
    ...{ value: interactiveMs, unit: 'ms', against: `${against}, ${bytes} bytes`, ratio: null },
    ...{ target: `< ${mostInteractiveMs} ms`, holds: interactiveMs < mostInteractiveMs },
  };
}

async function signIn(base: string): Promise<Record<string, string>> {
  const answer = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ username: officer, password: CAST_PASSWORD }),
  });
  if (!answer.ok) throw new Error(`${officer} could not sign in: ${await answer.text()}`);
  const set = answer.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  return Object.fromEntries(set.map((one) => one.split(/=(.*)/).slice(0, 2)));
}

/**
 * node scripts/pictures.ts [--data FOLDER] [--only NAME,…]
 *
 * Takes the pictures in docs/pictures of a running demonstration, which it starts on a free port. The
 * demonstration is told into a folder of its own that is gone afterwards; with --data, into that folder,
 * which stays and makes the next time quicker.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { CAST_PASSWORD } from '../demo/cast.ts';
import { repositoryFolder } from '../src/platform/config.ts';
import { smallRegister } from '../test/small-register.ts';
import { type Look, openContext, startBrowser } from '../test/start-browser.ts';
import { freePort } from './free-port.ts';
import { fieldPictures, fieldScenes } from './picture-field.ts';
import { figurePictures, figureScenes } from './picture-figures.ts';
import { marketPictures, marketScenes } from './picture-market.ts';
import { nationPictures, nationScenes } from './picture-nation.ts';
import { supporterPictures, supporterScenes } from './picture-supporters.ts';

const folder = join(repositoryFolder, 'docs', 'pictures');
/** Loading the demonstration takes up to a minute on a small machine. */
const patienceMs = 300_000;
/** A picture shows no more of a long page than this, in pixels. */
const tallest = { desktop: 1600, phone: 2400 } as const;
const largestBytes = 400_000;

type Screen = 'desktop' | 'phone';

/** Brings a page to where its picture is taken. */
type Scene = { readonly account?: string; readonly go: (page: Page) => Promise<void> };

/** The case that is shown: paid and with a job, so every part of its page has something in it. */
async function shownCase(page: Page): Promise<{ code: string; permitNumber: string }> {
  const scope = 'province=04&from=1401-02-01&to=1401-03-31&kind=independent&limit=1';
  const answer = await page.request.get(`/api/entries?measure=jobs_registered&${scope}`);
  const { items } = (await answer.json()) as {
    items: { code: string; permitNumber: string | null }[];
  };
  const [first] = items;
  if (!first?.permitNumber) throw new Error('the demonstration has no case with a job');
  return { code: first.code, permitNumber: first.permitNumber };
}

async function signIn(page: Page, username: string): Promise<void> {
  const data = { username, password: CAST_PASSWORD };
  const answer = await page.request.post('/api/session', { data });
  if (!answer.ok()) throw new Error(`${username} could not sign in: ${await answer.text()}`);
}

/** A register with rows of every sort is checked, so that the page has verdicts to show. */
async function checkRegister(page: Page): Promise<void> {
  const { name, bytes } = await smallRegister();
  const answer = await page.request.post('/api/imports', {
    headers: { 'idempotency-key': crypto.randomUUID() },
    multipart: {
      kind: 'permits',
      dryRun: 'true',
      file: {
        name,
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: bytes,
      },
    },
  });
  const { code } = (await answer.json()) as { code: string };
  await page.goto(`/office/import?run=${code}`);
  await page.locator('table').waitFor();
}

/** A page as somebody of the cast sees it once this is on it. */
const at = (account: string, path: string, ready: string): Scene => ({
  account,
  go: async (page) => {
    await page.goto(path);
    await page.locator(ready).first().waitFor();
  },
});

const scenes: Readonly<Record<string, Scene>> = {
  overview: at('modir', '/office', '#by-month canvas'),
  cases: at('modir', '/office/cases', '[data-row-link]'),
  case: {
    account: 'modir',
    go: async (page) => {
      const { code } = await shownCase(page);
      await page.goto(`/office/cases/${code}`);
      await page.locator('#history').waitFor();
    },
  },
  allocations: at('modir', '/office/allocations', '#shares'),
  referrals: at('modir', '/office/referrals', 'main [type=checkbox]'),
  'bank-files': at('karshenas', '/office/bank-files', 'main form'),
  books: at('modir', '/office/books', 'main h1'),
  supervision: at('modir', '/office/visits?tab=coverage', 'main table'),
  visits: at('nazer', '/office/visits', 'main ul'),
  jobs: at('modir', '/office/jobs', 'main table'),
  samples: {
    account: 'modir',
    go: async (page) => {
      const data = { byRisk: 6, byChance: 3, seed: '1401-03' };
      const headers = { 'idempotency-key': crypto.randomUUID() };
      await page.request.post('/api/visit-samples', { data, headers });
      await page.goto('/office/visits?tab=samples');
      await page.locator('main li button').first().click();
    },
  },
  banks: at('modir', '/office/banks', 'main h1'),
  import: { account: 'karshenas', go: checkRegister },
  home: { go: async (page) => void (await page.goto('/')) },
  permit: {
    account: 'modir',
    go: async (page) => {
      const { permitNumber } = await shownCase(page);
      await page.goto(`/p/${permitNumber}`);
    },
  },
};

/** The newest case of the caller's that is in a state. */
async function caseIn(page: Page, query: string): Promise<string> {
  const answer = await page.request.get(`/api/cases?limit=1&${query}`);
  const { items } = (await answer.json()) as { items: { code: string }[] };
  if (!items[0]) throw new Error(`the demonstration has no case with ${query}`);
  return items[0].code;
}

type CastLine = { mobile: string | null; about: { en: string } | null };

/** Signs in as the applicant of the cast whose case stands so, by the code in the outbox; gives the case. */
async function enterAsApplicant(page: Page, state: string): Promise<string> {
  const cast = (await (await page.request.get('/api/demo/cast')).json()) as { members: CastLine[] };
  const mobile = cast.members.find((one) => one.mobile && one.about?.en.includes(state))?.mobile;
  await page.request.post('/api/session/code', { data: { mobile } });
  const sent = await (await page.request.get('/demo/outbox?format=json')).json();
  const { text } = (sent as { messages: { text: string; mobile: string }[] }).messages.find(
    (one) => one.mobile === mobile,
  ) ?? { text: '' };
  const code = (/[0-9\u06f0-\u06f9]{6}/.exec(text) ?? [''])[0];
  const entered = await page.request.post('/api/session/citizen', { data: { mobile, code } });
  if (!entered.ok()) throw new Error(`the applicant ${mobile} could not sign in`);
  return caseIn(page, '');
}

/** What applicants see. */
const applicantScenes: Readonly<Record<string, Scene>> = {
  finder: {
    go: async (page) => {
      const found = await page.request.get('/api/occupations/search?id=jam-making');
      const { items } = (await found.json()) as { items: { label: { fa: string } }[] };
      await page.goto('/my/find');
      await page
        .locator('main input')
        .first()
        .fill(items[0]?.label.fa ?? '');
      await page.keyboard.press('Enter');
      await page.locator('main li').first().waitFor();
    },
  },
  'my-case': {
    go: async (page) => {
      const code = await enterAsApplicant(page, 'clearance');
      await page.goto(`/my/cases/${code}`);
      await page.locator('#documents').waitFor();
    },
  },
  correction: {
    go: async (page) => {
      const code = await enterAsApplicant(page, 'correction');
      await page.goto(`/my/cases/${code}`);
      await page.locator('#correction').waitFor();
    },
  },
};

/** What officers see of permits. */
const officerScenes: Readonly<Record<string, Scene>> = {
  queue: at('jahad', '/office/queue', '#person'),
  decision: {
    account: 'modir',
    go: async (page) => {
      const code = await caseIn(page, 'state=objected');
      await page.goto(`/office/cases/${code}`);
      await page.locator('#history').waitFor();
    },
  },
  clearance: {
    account: 'behdasht',
    go: async (page) => {
      const code = await caseIn(page, 'state=clearance');
      await page.goto(`/office/cases/${code}`);
      await page.locator('#acts').waitFor();
    },
  },
};

const allScenes: Readonly<Record<string, Scene>> = {
  ...{ ...scenes, ...fieldScenes, ...applicantScenes },
  ...{ ...officerScenes, ...marketScenes, ...nationScenes, ...figureScenes, ...supporterScenes },
};

type Picture = { readonly name: string; readonly scene: string; readonly look: Look };

const pictures: readonly Picture[] = [
  { name: 'finder-phone-fa', scene: 'finder', look: { screen: 'phone' } },
  { name: 'my-case-phone-fa', scene: 'my-case', look: { screen: 'phone' } },
  { name: 'correction-phone-fa', scene: 'correction', look: { screen: 'phone' } },
  ...fieldPictures,
  ...marketPictures,
  ...figurePictures,
  ...supporterPictures,
  { name: 'queue-desktop-fa', scene: 'queue', look: {} },
  { name: 'queue-desktop-en', scene: 'queue', look: { lang: 'en' } },
  { name: 'clearance-desktop-fa', scene: 'clearance', look: {} },
  { name: 'decision-desktop-fa-dark', scene: 'decision', look: { dark: true } },
  ...Object.keys(scenes).flatMap((scene) =>
    (['desktop', 'phone'] as const).map((screen) => {
      return { name: `${scene}-${screen}-fa`, scene, look: { screen } };
    }),
  ),
  { name: 'overview-desktop-en', scene: 'overview', look: { lang: 'en' } },
  { name: 'overview-desktop-fa-dark', scene: 'overview', look: { dark: true } },
];

/** Waits until nothing is on its way, no place is held for what is to come, and the letters are there. */
async function untilStill(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('.animate-pulse').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.evaluate(
    'new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 300)))',
  );
}

async function take(browser: Browser, address: string, { name, scene, look }: Picture) {
  const { account, go } = allScenes[scene] as Scene;
  const context = await openContext(browser, address, look);
  const page = await context.newPage();
  if (account) await signIn(page, account);
  await go(page);
  await untilStill(page);
  const screen: Screen = look.screen ?? 'desktop';
  const { width } = page.viewportSize() ?? { width: 0 };
  const whole = Number(await page.evaluate('document.documentElement.scrollHeight'));
  const height = Math.min(whole, tallest[screen]);
  const path = join(folder, `${name}.png`);
  // What sticks to the window's edge stays where it is when the window is as tall as the picture.
  await page.setViewportSize({ width, height });
  await untilStill(page);
  await page.screenshot({ path, animations: 'disabled' });
  await context.close();
  const { size } = await stat(path);
  process.stderr.write(`${name}.png ${Math.round(size / 1000)} kB\n`);
  if (size > largestBytes) throw new Error(`${name}.png is larger than ${largestBytes} bytes`);
}

async function untilReady(address: string, server: ChildProcess): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < patienceMs) {
    const answer = await fetch(`${address}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    if (server.exitCode !== null) throw new Error('the server ended before it was ready');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${address} was not ready in ${patienceMs / 1000} s`);
}

const { values } = parseArgs({
  options: { data: { type: 'string' }, only: { type: 'string' } },
});
const only = values.only?.split(',');
const data = values.data ?? (await mkdtemp(join(tmpdir(), 'karkhaneh-pictures-')));
const port = await freePort();
const address = `http://127.0.0.1:${port}`;
const server = spawn(join(repositoryFolder, 'bin/karkhaneh'), ['serve'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, PORT: String(port), KARKHANEH_DATA: data, LOG_LEVEL: 'warn' },
});
const ended = once(server, 'exit');
try {
  await mkdir(folder, { recursive: true });
  await untilReady(address, server);
  const browser = await startBrowser();
  for (const picture of [...pictures, ...(only ? nationPictures : [])]) {
    if (!only || only.includes(picture.name)) await take(browser, address, picture);
  }
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await ended;
  if (values.data === undefined) await rm(data, { recursive: true, force: true });
}

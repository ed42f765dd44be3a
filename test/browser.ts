import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { packedChromium } from './packed-chromium.ts';

/** The screens that every page is looked at on. */
export const screens = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1280, height: 800 },
} as const;

/** How a page is looked at. Persian, on a desktop, light and with scripts unless said otherwise. */
export type Look = {
  readonly lang?: 'fa' | 'en';
  readonly screen?: keyof typeof screens;
  readonly dark?: boolean;
  /** False = as a browser without JavaScript sees it. */
  readonly scripts?: boolean;
};

/** Both languages, both screens, light and dark, for `test.for(everyLook)('… $lang $screen dark: $dark', …)`. */
export const everyLook: readonly Required<Omit<Look, 'scripts'>>[] = (
  ['fa', 'en'] as const
).flatMap((lang) =>
  (['phone', 'desktop'] as const).flatMap((screen) =>
    [false, true].map((dark) => ({ lang, screen, dark })),
  ),
);

/** A page in a browser context of its own; closing it forgets its cookies. Works with `await using`. */
export type OpenPage = AsyncDisposable & {
  readonly page: Page;
  /** Addresses outside the server that the page asked for. They were refused: no test leaves the machine. */
  readonly foreign: readonly string[];
  /** What the page threw or logged as an error. */
  readonly errors: readonly string[];
};

/** Debian's Chromium and its relatives, in the order of trying. */
const onTheSystem = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let shared: Promise<Browser> | undefined;

afterAll(async () => {
  const browser = await shared?.catch(() => undefined);
  shared = undefined;
  await browser?.close();
});

/** The browser that a file of tests shares; it starts when first asked for and ends with the file. */
export function openBrowser(): Promise<Browser> {
  shared ??= startBrowser();
  return shared;
}

/**
 * Starts a browser: the one that CHROMIUM names (a path, or `packed` for the one from npm), else the
 * system's, else the one from npm.
 * @throws Error saying what was tried and why each did not start
 */
export async function startBrowser(wanted = process.env.CHROMIUM || undefined): Promise<Browser> {
  const candidates =
    wanted === undefined ? [...onTheSystem.filter((path) => existsSync(path)), 'packed'] : [wanted];
  const failures: string[] = [];
  for (const candidate of candidates) {
    try {
      return await launch(candidate);
    } catch (error) {
      failures.push(`${candidate}: ${(error as Error).message}`);
    }
  }
  throw new Error(`No browser started, so pages cannot be tested.\n${failures.join('\n')}`);
}

async function launch(candidate: string): Promise<Browser> {
  const { path, env } =
    candidate === 'packed' ? await packedChromium() : { path: candidate, env: {} };
  return chromium.launch({
    executablePath: path,
    args: flags,
    env: { ...(process.env as Record<string, string>), ...env },
  });
}

/**
 * A page that looks at a server in one way; it has been nowhere yet.
 *
 *     await using office = await openPage(address, { lang: 'en', screen: 'phone' });
 *     await office.page.goto('/office');
 *     await expectAccessible(office.page);
 *     expect(office.foreign).toEqual([]);
 */
export async function openPage(address: string, look: Look = {}): Promise<OpenPage> {
  const { origin } = new URL(address);
  const context = await openContext(origin, look);
  const foreign: string[] = [];
  const errors: string[] = [];
  await context.route(
    (url) => /^(?:https?|wss?):$/.test(url.protocol) && url.host !== new URL(origin).host,
    async (route) => {
      foreign.push(route.request().url());
      await route.abort();
    },
  );
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return { page, foreign, errors, [Symbol.asyncDispose]: () => context.close() };
}

async function openContext(origin: string, look: Look): Promise<BrowserContext> {
  const { lang = 'fa', screen = 'desktop', dark = false, scripts = true } = look;
  const browser = await openBrowser();
  const context = await browser.newContext({
    baseURL: origin,
    viewport: screens[screen],
    isMobile: screen === 'phone',
    hasTouch: screen === 'phone',
    locale: lang === 'fa' ? 'fa-IR' : 'en-GB',
    timezoneId: 'Asia/Tehran',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
  });
  await context.addCookies([{ name: 'lang', value: lang, url: origin, sameSite: 'Lax' }]);
  return context;
}

/** Fails, naming rule and element, when axe finds anything serious or critical on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const bad = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(({ target, html }) => `${impact} ${id}: ${help} at ${target.join(' ')} ${html}`),
    );
  if (bad.length > 0) expect.fail(`axe: ${bad.join('\n')}`);
}

import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
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

/**
 * Starts a browser: the one that CHROMIUM names (a path, or `packed` for the one from npm), else the one
 * from npm, which is the same everywhere and a sixth quicker than Debian's, else the system's.
 * @throws Error saying what was tried and why each did not start
 */
export async function startBrowser(
  wanted = process.env.CHROMIUM || undefined,
  moreFlags: readonly string[] = [],
): Promise<Browser> {
  const candidates =
    wanted === undefined ? ['packed', ...onTheSystem.filter((path) => existsSync(path))] : [wanted];
  const failures: string[] = [];
  for (const candidate of candidates) {
    try {
      return await launch(candidate, moreFlags);
    } catch (error) {
      failures.push(`${candidate}: ${(error as Error).message}`);
    }
  }
  throw new Error(`No browser started, so pages cannot be looked at.\n${failures.join('\n')}`);
}

async function launch(candidate: string, moreFlags: readonly string[]): Promise<Browser> {
  const { path, env } =
    candidate === 'packed' ? await packedChromium() : { path: candidate, env: {} };
  return chromium.launch({
    executablePath: path,
    args: [...flags, ...moreFlags],
    env: { ...(process.env as Record<string, string>), ...env },
  });
}

/** A browser context that looks at the server of an origin in one way. */
export async function openContext(
  browser: Browser,
  origin: string,
  look: Look,
): Promise<BrowserContext> {
  const { lang = 'fa', screen = 'desktop', dark = false, scripts = true } = look;
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

/** Cookies as a request sends them (`name=value; name=value`), as a browser is given them for an address. */
export function cookiesOf(
  cookie: string,
  url: string,
): { name: string; value: string; url: string }[] {
  return cookie.split('; ').map((one) => {
    const at = one.indexOf('=');
    return { name: one.slice(0, at), value: one.slice(at + 1), url };
  });
}

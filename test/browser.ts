import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { type Look, openContext, startBrowser } from './start-browser.ts';

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
 * A page that looks at a server in one way; it has been nowhere yet.
 *
 *     await using office = await openPage(address, { lang: 'en', screen: 'phone' });
 *     await office.page.goto('/office');
 *     await expectAccessible(office.page);
 *     expect(office.foreign).toEqual([]);
 */
export async function openPage(address: string, look: Look = {}): Promise<OpenPage> {
  const { origin } = new URL(address);
  const context = await openContext(await openBrowser(), origin, look);
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

/** Fails, naming rule and element, when axe finds anything serious or critical on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  // What passed is not read: leaving it out saves a quarter of the time.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  const bad = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(({ target, html }) => `${impact} ${id}: ${help} at ${target.join(' ')} ${html}`),
    );
  if (bad.length > 0) expect.fail(`axe: ${bad.join('\n')}`);
}

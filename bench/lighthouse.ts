import { type Browser, chromium } from 'playwright-core';
import { freePort } from '../scripts/free-port.ts';
import { startBrowser } from '../test/start-browser.ts';
import { median, said } from './measure.ts';

/** What Lighthouse found of a page on its slow phone: medians of its runs. */
export type Looked = {
  /** Of everything that was sent, heads included. */
  readonly bytes: number;
  /** Milliseconds until the largest thing was painted. */
  readonly paintMs: number;
  /** Milliseconds until the page answers whoever uses it without keeping them waiting. */
  readonly interactiveMs: number;
  /** Of a hundred, by category; the least of the runs. */
  readonly scores: Readonly<Record<Category, number>>;
};

/** How a page is come to. */
export type Coming = {
  /** What an earlier visit left in the browser is kept. */
  readonly again?: boolean;
  /** What happens before each look, on the same phone. */
  readonly before?: () => Promise<void>;
};

/** Lighthouse's slow phone. */
export type SlowPhone = AsyncDisposable & {
  /** Gives the browser the cookies of a session at an address; they stay. */
  readonly enter: (url: string, cookies: Readonly<Record<string, string>>) => Promise<void>;
  /** Takes all cookies away, opens a page as somebody who was never there, and comes into its first field; until nothing more comes. */
  readonly comeFirst: (url: string) => Promise<void>;
  readonly look: (url: string, coming?: Coming) => Promise<Looked>;
};

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof categories)[number];

type Audit = {
  readonly score: number | null;
  readonly numericValue?: number;
  readonly title: string;
  readonly details?: { readonly items?: readonly Sent[] };
};
type Sent = { readonly url: string; readonly transferSize: number; readonly resourceType: string };
type Report = {
  readonly finalDisplayedUrl: string;
  readonly categories: Readonly<
    Record<Category, { score: number; auditRefs: readonly { id: string; weight: number }[] }>
  >;
  readonly audits: Readonly<Record<string, Audit>>;
};
type Lighthouse = (url: string, flags: object) => Promise<{ readonly lhr: Report } | undefined>;

const runs = 3;
/** By a name that is read when it runs: whoever does not bench does without the package. */
const packageName: string = 'lighthouse';

/** Somebody opens a page, is about to type, and nothing more comes. */
async function comeIntoField(port: number, url: string): Promise<void> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const [context] = browser.contexts();
  if (!context) throw new Error('The phone has no browser to come with.');
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('input[type=text]').first().focus();
  await page.waitForLoadState('networkidle');
  await page.close();
  await browser.close();
}

/**
 * Starts the browser of a slow phone, as Lighthouse has it.
 * @throws Error that names the Debian package where no browser starts
 */
export async function openSlowPhone(): Promise<SlowPhone> {
  const port = await freePort();
  const { default: lighthouse } = (await import(packageName)) as { default: Lighthouse };
  const browser: Browser = await startBrowser(undefined, [`--remote-debugging-port=${port}`]).catch(
    (error: Error) => {
      throw new Error(`No Chromium: install the Debian package chromium.\n${error.message}`);
    },
  );
  return {
    async enter(url, cookies) {
      const session = await browser.newBrowserCDPSession();
      const all = Object.entries(cookies).map(([name, value]) => ({ name, value, url }));
      await session.send('Storage.setCookies', { cookies: all });
      await session.detach();
    },
    async comeFirst(url) {
      const session = await browser.newBrowserCDPSession();
      await session.send('Storage.clearCookies');
      await session.detach();
      await lookOnce(lighthouse, port, url, {});
      await comeIntoField(port, url);
    },
    async look(url, coming = {}) {
      const reports: Report[] = [];
      for (let nth = 0; nth < runs; nth += 1)
        reports.push(await lookOnce(lighthouse, port, url, coming));
      said(url);
      tellFaults(reports[0] as Report);
      return summaryOf(reports);
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function lookOnce(
  lighthouse: Lighthouse,
  port: number,
  url: string,
  { again = false, before }: Coming,
) {
  await before?.();
  const flags = { onlyCategories: categories, disableStorageReset: again };
  const answer = await lighthouse(url, { port, logLevel: 'error', ...flags });
  if (!answer) throw new Error('Lighthouse said nothing.');
  const shown = answer.lhr.finalDisplayedUrl;
  if (shown !== url) throw new Error(`${url} leads to ${shown}.`);
  return answer.lhr;
}

function summaryOf(reports: readonly Report[]): Looked {
  const middle = (name: string) =>
    median(reports.map(({ audits }) => audits[name]?.numericValue ?? Number.NaN));
  const least = (name: Category) =>
    Math.min(...reports.map((one) => Math.round(one.categories[name].score * 100)));
  return {
    bytes: median(reports.map((one) => sum(sentOf(one)))),
    paintMs: middle('largest-contentful-paint'),
    interactiveMs: middle('interactive'),
    scores: Object.fromEntries(categories.map((name) => [name, least(name)])) as Looked['scores'],
  };
}

const sentOf = ({ audits }: Report) => audits['network-requests']?.details?.items ?? [];
const sum = (sent: readonly Sent[]) => sent.reduce((all, one) => all + one.transferSize, 0);

/** What was sent, and what costs points, for whoever mends the page. */
function tellFaults(report: Report): void {
  for (const [type, all] of Map.groupBy(sentOf(report), (one) => one.resourceType))
    said(`  ${type}: ${all.length} × ${sum(all)} bytes`);
  for (const name of categories) {
    for (const { id, weight } of report.categories[name].auditRefs) {
      const { score = null, title = '' } = report.audits[id] ?? {};
      if (weight > 0 && score !== null && score < 0.9) said(`  ${name}: ${id} ${score}: ${title}`);
    }
  }
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyLook, expectAccessible, openBrowser, openPage } from './browser.ts';
import { screens, startBrowser } from './start-browser.ts';

const good = `<!doctype html><html lang="fa" dir="rtl"><head><title>صفحه</title></head>
  <body><main><h1>سلام</h1><img alt="" src="//elsewhere.example/x.png"></main>
  <script>document.title = 'با اسکریپت'</script></body></html>`;
const bad = '<!doctype html><title>x</title><main><h1>x</h1><img src="/x.png"><input></main>';

let server: Server;
let address: string;
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, answer) => {
    asked.push(`${request.headers.cookie} ${request.headers['accept-language']}`);
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(request.url === '/bad' ? bad : good);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.for([undefined, 'packed'])(
  'a browser starts, reads Persian and knows right to left: %s',
  async (which) => {
    await using browser = await startBrowser(which);
    const page = await browser.newPage();
    await page.goto(address);
    expect(await page.textContent('h1')).toBe('سلام');
    const [page1, h1] = await Promise.all([
      page.locator('main').boundingBox(),
      page.locator('h1').boundingBox(),
    ]);
    expect(h1?.width).toBe(page1?.width);
    expect(await page.evaluate('getComputedStyle(document.body).direction')).toBe('rtl');
    expect(Number(browser.version().split('.')[0])).toBeGreaterThan(140);
  },
);

test('a file of tests shares one browser', async () => {
  expect(await openBrowser()).toBe(await openBrowser());
});

test('no browser is an error that says what was tried', async () => {
  await expect(startBrowser('/nowhere/chromium')).rejects.toThrow(
    /No browser started.*\n.*nowhere/,
  );
});

test.for(everyLook)('a page is looked at as asked: $lang $screen dark: $dark', async (look) => {
  await using open = await openPage(address, look);
  asked.length = 0;
  await open.page.goto('/');
  expect(open.page.viewportSize()).toEqual(screens[look.screen]);
  const matches = (query: string) => open.page.evaluate(`matchMedia('(${query})').matches`);
  expect(await matches('prefers-color-scheme: dark')).toBe(look.dark);
  expect(await matches('pointer: coarse')).toBe(look.screen === 'phone');
  expect(asked[0]).toMatch(look.lang === 'fa' ? /^lang=fa fa/ : /^lang=en en/);
});

test('a page that asks another server is refused and told on', async () => {
  await using open = await openPage(address);
  await open.page.goto('/');
  expect(await open.page.title()).toBe('با اسکریپت');
  expect(open.foreign).toEqual(['http://elsewhere.example/x.png']);
  expect(open.errors.join()).toContain('ERR_FAILED');
});

test('without scripts the page is what the server sent', async () => {
  await using open = await openPage(address, { scripts: false });
  await open.page.goto('/');
  expect(await open.page.title()).toBe('صفحه');
});

test('axe finds what is serious, and nothing where nothing is', async () => {
  await using open = await openPage(address, { screen: 'phone' });
  await open.page.goto('/');
  await expectAccessible(open.page);
  await open.page.goto('/bad');
  await expect(expectAccessible(open.page)).rejects.toThrow(/image-alt/);
});

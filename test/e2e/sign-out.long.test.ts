import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leave } from './field-day.ts';
import { type FieldPhone, openFieldPhone } from './open-field-phone.ts';

let day: FieldPhone;
let page: Page;

beforeAll(async () => {
  day = await openFieldPhone([821]);
  page = day.phone.page;
  await day.enter();
}, 120_000);
afterAll(() => day?.close());

type Left = {
  /** The addresses of all answers that service workers keep. */
  readonly cached: readonly string[];
  /** Addresses of the API of which the browser's own cache has an answer. */
  readonly inBrowser: readonly string[];
  /** Everything in every database of the site, as text; bytes as their letters. */
  readonly databases: string;
};

/** Runs in the browser, which has names that the server's types do not know. */
const lookAround = `async (asked) => {
  const cached = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) cached.push(new URL(request.url).pathname);
  }
  const inBrowser = [];
  for (const url of asked) {
    const found = await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => undefined);
    if (found?.ok) inBrowser.push(url);
  }
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const read = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, read(one)]));
  };
  const all = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows = await done(database.transaction(store).objectStore(store).getAll());
      all.push(store, rows.map(read));
    }
    database.close();
  }
  return { cached, inBrowser, databases: JSON.stringify(all) };
}`;

/** What a browser still has of the site, whoever looks. */
const left = (urls: readonly string[]) =>
  page.evaluate(`(${lookAround})(${JSON.stringify(urls)})`) as Promise<Left>;

test('after signing out no cache has an answer of the API, and what the phone keeps is sealed', {
  timeout: 120_000,
}, async () => {
  await leave(page);
  const asked = new Set<string>();
  page.on('response', (response) => {
    const { pathname, search } = new URL(response.url());
    if (pathname.startsWith('/api/') && response.request().method() === 'GET')
      asked.add(pathname + search);
  });
  await page.goto('/office/visits');
  await page.locator(`main a[href*="${day.visits[0]}"]`).first().click();
  await page.waitForLoadState('networkidle');
  // On a phone's screen the way out lies in a drawer.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator('header').getByRole('button', { name: /آزمون/ }).click();
  await page.getByRole('menuitem', { name: 'خروج' }).click();
  await page.getByRole('link', { name: 'ورود' }).first().waitFor();
  expect((await day.inspector.get('/api/session')).body.account).toBeNull();

  const urls = [...asked];
  expect(urls).toEqual(expect.arrayContaining([expect.stringContaining(day.visits[0] ?? '-')]));
  const { cached, inBrowser, databases } = await left(urls);
  // The app itself is kept, so that it opens without a network; there is nothing else.
  expect(cached.length).toBeGreaterThan(3);
  expect(
    cached.filter(
      (path) => !/^\/(?:field|assets\/.+|index\.html|manifest\.webmanifest)$/.test(path),
    ),
  ).toEqual([]);
  expect(inBrowser).toEqual([]);
  // Visits stay for whoever has the PIN, as records that were not received yet do: none of it can be read.
  expect(databases).toContain('boxes');
  expect(databases.length).toBeGreaterThan(500);
  for (const told of ['وام‌گیرنده', day.visits[0] ?? '-']) expect(databases).not.toContain(told);
});

import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { CAST_PASSWORD } from '../../demo/cast.ts';
import { demonstrationClock } from '../../demo/clock.ts';
import { loadDemo } from '../../demo/load.ts';
import { demoPages } from '../../demo/pages.ts';
import { referenceOf } from '../../src/accounts/index.ts';
import { buildApp, jobHandlers } from '../../src/app.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import { openFiles } from '../../src/platform/files.ts';
import { startWorker } from '../../src/platform/jobs.ts';
import { outboxSms } from '../../src/platform/sms.ts';
import { openMetrics, silentLog } from '../../src/platform/telemetry.ts';
import type { OpenPage } from '../browser.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { demonstrationDatabase } from '../demonstration.ts';
import { publicUrl, testKeyring, testSigningKey } from '../house.ts';
import { buildPages } from './pages.ts';

/** The whole product as `npm start` brings it up: the built pages, a port, a worker. */
export type Product = {
  /** Where it listens, without a slash at its end. */
  readonly address: string;
  readonly database: TestDatabase;
  readonly close: () => Promise<void>;
};

/**
 * Starts the product on a copy of the demonstration, or with its staff alone and no case.
 * @param now a moment at which the house's clock stands; the demonstration's own clock when absent
 */
export async function startProduct(filled = true, now?: Date): Promise<Product> {
  await buildPages();
  const database = filled ? await demonstrationDatabase() : await staffOnly();
  const folder = await mkdtemp(join(tmpdir(), 'karkhaneh-e2e-'));
  const files = await openFiles({ dataFolder: folder, s3: undefined });
  const metrics = openMetrics(database);
  const clock = now ? fixedClock(now) : await demonstrationClock(database);
  const app = await buildApp({
    ...{ database, files, metrics, sms: outboxSms, clock, log: silentLog },
    ...{ publicUrl, version: 'test', demonstration: true, keyring: testKeyring },
    signingKey: testSigningKey,
    extend: demoPages,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const handlers = jobHandlers({ sms: outboxSms, files, publicUrl });
  const worker = await startWorker(database, handlers, { clock, log: silentLog });
  return {
    address: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    database,
    close: async () => {
      await app.close();
      await worker.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function staffOnly(): Promise<TestDatabase> {
  const database = await testDatabase();
  await loadDemo(database, await referenceOf(database), { cases: [] });
  return database;
}

/** Signs a page in without its form, which has tests of its own. */
export async function signIn(page: Page, username: string): Promise<void> {
  const answer = await page.request.post('/api/session', {
    data: { username, password: CAST_PASSWORD },
  });
  expect(answer.status()).toBe(201);
}

/** The page asked nobody but its server, and its browser had nothing to say against it. */
export function expectQuiet({ foreign, errors }: OpenPage): void {
  expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
}

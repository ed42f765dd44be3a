/**
 * Writes src/web/api.generated.ts, the types of the HTTP interface as the browser calls it, from the routes
 * themselves. Types only: the pages are built and run without the file. No database is needed.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { demoPages } from '../demo/pages.ts';
import { buildApp } from '../src/app.ts';
import { systemClock } from '../src/platform/clock.ts';
import { repositoryFolder } from '../src/platform/config.ts';
import type { Database } from '../src/platform/database.ts';
import type { Files } from '../src/platform/files.ts';
import type { Keyring } from '../src/platform/keyring.ts';
import type { SigningKey } from '../src/platform/signing-key.ts';
import { outboxSms } from '../src/platform/sms.ts';
import { openLog, openMetrics } from '../src/platform/telemetry.ts';

const target = join(repositoryFolder, 'src/web/api.generated.ts');

/** Routes are only described here, never asked, so the database is one that refuses to be used. */
const database: Database = new Proxy({ pools: {} } as Database, {
  get(held, name) {
    if (name === 'pools') return held.pools;
    throw new Error(`describing the routes must not use the database (${String(name)})`);
  },
});

const app = await buildApp({
  database,
  clock: systemClock,
  log: openLog('silent'),
  metrics: openMetrics(database),
  sms: outboxSms,
  files: {} as Files,
  keyring: {} as Keyring,
  signingKey: {} as SigningKey,
  publicUrl: 'http://localhost',
  version: '0',
  demonstration: true,
  extend: demoPages,
});
await app.ready();
const description = app.swagger();
await app.close();
const types = await openapiTS(JSON.stringify(description));
await writeFile(
  target,
  `/** Made from the routes by scripts/build-client.ts. */\n\n${astToString(types)}`,
);

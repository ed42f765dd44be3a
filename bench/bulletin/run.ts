import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { publishAccount } from '../../demo/bulletin.ts';
import { demonstrationClock } from '../../demo/clock.ts';
import { loadDemo } from '../../demo/load.ts';
import { loadReference, referenceOf } from '../../src/accounts/index.ts';
import { buildApp } from '../../src/app.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { openEmbedded } from '../../src/platform/embedded-postgres.ts';
import { openFiles } from '../../src/platform/files.ts';
import { openKeyring } from '../../src/platform/keyring.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { openSigningKey } from '../../src/platform/signing-key.ts';
import { outboxSms } from '../../src/platform/sms.ts';
import { openLog, openMetrics } from '../../src/platform/telemetry.ts';
import { type Bench, type Claim, machine, medianTimes } from '../measure.ts';

const folder = join(repositoryFolder, '.bench', 'bulletin');
const rounds = 60;
const limits = { page: 20, pdf: 100 } as const;

/** Asks for the demonstration's bulletin as a page and as a PDF. */
export async function run(): Promise<Bench> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const embedded = await openEmbedded(folder);
  const database = await openDatabase(embedded);
  try {
    await migrate(database);
    await loadReference(database);
    const app = await published(database);
    const claims = await measure(app);
    await app.close();
    return { bench: 'bulletin', machine: machine(), claims };
  } finally {
    await database.close();
    await embedded.release();
    await rm(folder, { recursive: true, force: true });
  }
}

async function published(database: Database): Promise<FastifyInstance> {
  const reference = await referenceOf(database);
  await loadDemo(database, reference);
  const clock = await demonstrationClock(database);
  const signingKey = await openSigningKey({ dataFolder: folder, signingKey: undefined });
  await publishAccount(database, reference, signingKey, clock.now());
  return buildApp({
    ...{ database, clock, signingKey, sms: outboxSms, log: openLog('silent') },
    ...{ publicUrl: 'http://localhost:8080', version: 'bench', demonstration: true },
    metrics: openMetrics(database),
    files: await openFiles({ dataFolder: folder, s3: undefined }),
    keyring: await openKeyring({ dataFolder: folder, encryptionKeys: undefined }),
  });
}

async function measure(app: FastifyInstance): Promise<Claim[]> {
  const first = (await app.inject('/bulletins.atom')).body;
  const [path = ''] = /\/bulletins\/\d\d-\d{4}-\d+/.exec(first) ?? [];
  const ask = (as: string) => async () => {
    const { statusCode } = await app.inject(`${path}${as}`);
    if (statusCode !== 200) throw new Error(`${path}${as}: ${statusCode}`);
  };
  const { page, pdf } = await medianTimes({ page: ask(''), pdf: ask('.pdf') }, rounds);
  const claim = (id: 'page' | 'pdf', value: number): Claim => ({
    ...{ id: `bulletin-${id}`, value, unit: 'ms', against: 'an absolute limit', ratio: null },
    ...{ target: `under ${limits[id]} ms`, holds: value < limits[id] },
  });
  return [claim('page', page), claim('pdf', pdf)];
}

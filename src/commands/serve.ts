import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import { demoPages } from '../../demo/pages.ts';
import { type StandInGateway, startStandInGateway } from '../../demo/payment-gateway.ts';
import { followReference, noteActivity, openCivilRegistry } from '../accounts/index.ts';
import { buildApp, jobHandlers, schedule } from '../app.ts';
import { httpGateway } from '../market/index.ts';
import { systemClock } from '../platform/clock.ts';
import { type Config, productVersion, readConfig } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/database.ts';
import { drain } from '../platform/drain.ts';
import { openFiles } from '../platform/files.ts';
import { openIdentityServer } from '../platform/identity-server.ts';
import { startWorker } from '../platform/jobs.ts';
import { openKeyring } from '../platform/keyring.ts';
import { keepHeapFlat } from '../platform/lean-heap.ts';
import { claimServe } from '../platform/serve-claim.ts';
import { openSigningKey } from '../platform/signing-key.ts';
import { openSms } from '../platform/sms.ts';
import { type Log, type Metrics, openLog, openMetrics } from '../platform/telemetry.ts';
import { openVirusScan } from '../platform/virus-scan.ts';
import { castLines, loadDemonstration, wantsDemonstration } from './demo.ts';
import { CommandError } from './output.ts';
import { clockOf, isDemonstration, prepare } from './surroundings.ts';

type Options = { demo: boolean; worker: boolean };

/** `karkhaneh serve`: the web server, and the worker unless told otherwise. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('Serve the product (port PORT, 8080 unless set) and work on its jobs')
    .option('--no-demo', 'leave an empty database empty')
    .option('--no-worker', 'leave the jobs to `karkhaneh worker`')
    .action(serve);
}

/** `karkhaneh worker`: background work only. */
export function addWorker(program: Command): void {
  program
    .command('worker')
    .description('Work on the jobs of a database that other processes serve')
    .action(async () => {
      const config = readConfig();
      const log = openLog(config.logLevel);
      const database = await open(config, log);
      await prepare(database, await openSigningKey(config));
      const worker = await work(config, database, log, openMetrics(database));
      const following = follow(database, log);
      log.info('working');
      await untilTold();
      await worker.stop();
      await following.stop();
      await database.close();
    });
}

async function serve(options: Options): Promise<void> {
  keepHeapFlat();
  let config = readConfig();
  const log = openLog(config.logLevel);
  const claim = config.databaseUrl === undefined ? await claimServe(config.dataFolder) : undefined;
  const { buildWebIfStale } = await import('../../scripts/build-web.ts');
  await buildWebIfStale();
  const database = await open(config, log);
  let app: FastifyInstance | undefined;
  let gateway: StandInGateway | undefined;
  let worker: Awaited<ReturnType<typeof work>> | undefined;
  const following = follow(database, log);
  try {
    await prepare(database, await openSigningKey(config));
    if (options.demo && (await wantsDemonstration(database))) {
      await loadDemonstration(database, config);
    }
    gateway = await openStandIn(options, config, database);
    if (gateway) config = { ...config, paymentGateway: gateway.config };
    const metrics = openMetrics(database);
    app = await build(config, database, log, metrics, gateway);
    await listen(app, config);
    worker = options.worker ? await work(config, database, log, metrics) : undefined;
    await greet(app, database);
    await untilTold();
  } finally {
    // Requests end first, then jobs, then the database that both need.
    if (app) await drain(app, config.drainSeconds * 1000);
    await worker?.stop();
    await gateway?.close();
    await following.stop();
    await database.close();
    await claim?.release();
  }
}

async function open(config: Config, log: Log): Promise<Database> {
  return openDatabase(config, {
    sealer: await openSigningKey(config),
    onError: (err, pool) => log.warn({ err, pool }, 'a database connection broke'),
  });
}

/**
 * The demonstration's own gateway, where no other is named: its server, its page and the jobs that speak with it
 * are one process, which the embedded database has for certain.
 */
async function openStandIn(
  { worker }: Options,
  { paymentGateway, databaseUrl, publicUrl }: Config,
  database: Database,
): Promise<StandInGateway | undefined> {
  const alone = worker && databaseUrl === undefined && paymentGateway === undefined;
  return alone && (await isDemonstration(database)) ? startStandInGateway(publicUrl) : undefined;
}

/** What a setting says is the same at every server a second or so after it has changed at one. */
const follow = (database: Database, log: Log) =>
  followReference(database, (err) => log.warn({ err }, 'reference data could not be looked at'));

async function build(
  config: Config,
  database: Database,
  log: Log,
  metrics: Metrics,
  gateway: StandInGateway | undefined,
): Promise<FastifyInstance> {
  const demonstration = await isDemonstration(database);
  const clock = await clockOf(database);
  return buildApp({
    database,
    log,
    version: productVersion(),
    demonstration,
    clock,
    noteActivity: noteActivity(database, clock),
    metrics,
    sms: openSms(config),
    files: await openFiles(config),
    publicUrl: config.publicUrl,
    signInsPerMinute: 30,
    paysOnline: config.paymentGateway !== undefined,
    certificateHeader: config.certificateHeader,
    keyring: await openKeyring(config),
    signingKey: await openSigningKey(config),
    identityServer: openIdentityServer(config),
    limitByAddress: true,
    deviceClock: systemClock,
    // The demonstration answers its own messages, in this process.
    inboundSecret: config.inboundSecret ?? (demonstration ? randomBytes(32) : undefined),
    extend: (app, house) => demoPages(app, house, gateway),
  });
}

async function listen(app: FastifyInstance, config: Config): Promise<void> {
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new CommandError(`Port ${config.port} is taken. Set PORT to another one.`);
  }
}

async function work(config: Config, database: Database, log: Log, metrics: Metrics) {
  const demonstration = await isDemonstration(database);
  const { paymentGateway } = config;
  const handlers = jobHandlers({
    keyring: await openKeyring(config),
    sms: openSms(config),
    files: await openFiles(config),
    publicUrl: config.publicUrl,
    civilRegistry: openCivilRegistry(config),
    virusScan: openVirusScan(config),
    signingKey: await openSigningKey(config),
    paymentGateway: paymentGateway && httpGateway(paymentGateway, { demonstration }),
    demonstration,
  });
  const clock = await clockOf(database);
  return startWorker(database, handlers, { clock, log, schedule, metrics });
}

/** The address and, in the demonstration, the people to sign in as: what a new reader needs first. */
async function greet(app: FastifyInstance, database: Database): Promise<void> {
  const address = app.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const url = `http://localhost:${port ?? ''}`;
  const lines = [`Karkhaneh is at ${url}`];
  if (await isDemonstration(database)) {
    lines.push(
      'This is a demonstration: its people are invented, and its calendar began at 1401/04/01.',
      ...(await castLines(database)),
    );
    lines.push(`Sign in at ${url}/sign-in; messages are at ${url}/demo/outbox`);
  }
  process.stderr.write(`${lines.join('\n')}\n`);
}

/** Waits for SIGINT or SIGTERM; a second one ends the process at once. */
function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}

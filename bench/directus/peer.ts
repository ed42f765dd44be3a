import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../scripts/free-port.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import type { EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';

const run = promisify(execFile);

/** Directus as it is published, by its exact version. */
const version = '11.17.4';

export type Peer = {
  readonly base: string;
  /** A clerk's token, with the permissions of a clerk. */
  readonly token: string;
  readonly stop: () => Promise<void>;
};

/** Fetches Directus from the registry into an ignored folder, once. */
export async function install(folder: string): Promise<string> {
  const command = join(folder, 'node_modules/.bin/directus');
  if (existsSync(command)) return command;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"name":"peer","private":true}\n');
  process.stderr.write('Installing Directus, once; this takes some ten minutes\n');
  const words = ['install', '--save-exact', '--no-audit', '--no-fund', `directus@${version}`];
  await run('npm', words, { cwd: folder, maxBuffer: 2 ** 26 });
  return command;
}

/** Starts Directus on a database of its own with a table of applications, a million of them, and a clerk. */
export async function startPeer(
  command: string,
  server: EmbeddedPostgres,
  rows: number,
  log: string,
): Promise<Peer> {
  const url = server.url.replace('/karkhaneh?', '/directus?');
  const superuser = await openDatabase({ url: server.superuserUrl });
  await superuser.pools.migrator.query('drop database if exists directus with (force)');
  await superuser.pools.migrator.query('create database directus owner karkhaneh');
  await superuser.close();
  const admin = randomBytes(24).toString('hex');
  const env = await environment(url, admin);
  // Beside its own node, so that its "node" is the one that runs the bench.
  await run(command, ['bootstrap'], { env, maxBuffer: 2 ** 26 });
  const child = spawn(command, ['start'], { env });
  const written = createWriteStream(log);
  child.stdout.pipe(written, { end: false });
  child.stderr.pipe(written, { end: false });
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  try {
    const base = `http://127.0.0.1:${env.PORT}`;
    await untilUp(base, () => child.exitCode !== null);
    const token = await furnish(base, admin);
    const database = await openDatabase({ url });
    await fill(database, rows).finally(() => database.close());
    return { base, token, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function environment(url: string, admin: string): Promise<NodeJS.ProcessEnv> {
  return {
    ...process.env,
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    ...{ DB_CLIENT: 'pg', DB_CONNECTION_STRING: url, DB_POOL__MAX: '16' },
    ...{ SECRET: randomBytes(24).toString('hex'), ADMIN_TOKEN: admin },
    ...{ ADMIN_EMAIL: 'admin@example.org', ADMIN_PASSWORD: randomBytes(12).toString('hex') },
    ...{ HOST: '127.0.0.1', PORT: String(await freePort()), LOG_LEVEL: 'error' },
    // Nothing that would slow it down here and not in our product.
    ...{ TELEMETRY: 'false', RATE_LIMITER_ENABLED: 'false', PRESSURE_LIMITER_ENABLED: 'false' },
    ...{ CACHE_ENABLED: 'false', WEBSOCKETS_ENABLED: 'false', NODE_ENV: 'production' },
  };
}

async function untilUp(base: string, isGone: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (isGone()) throw new Error('Directus ended before it began');
    const ok = await fetch(`${base}/server/ping`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await sleep(200);
  }
  throw new Error('Directus did not start within two minutes');
}

/** The columns of an application, as strings and dates are. */
const fields = [
  'national_id',
  'first_name',
  'last_name',
  'mobile',
  'address',
  'kind',
  'occupation_id',
  'county_id',
  'area',
  'state',
] as const;

/** A collection with its audit (activity and revisions) on, and a clerk who may create, read and update in it. */
async function furnish(base: string, admin: string): Promise<string> {
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' };
    const answer = await fetch(`${base}${path}`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body) },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { data: { id: string } }).data;
  };
  const id = {
    field: 'id',
    type: 'uuid',
    schema: { is_primary_key: true },
    meta: { special: ['uuid'] },
  };
  const texts = fields.map((field) => ({ field, type: 'string', schema: {}, meta: {} }));
  await post('/collections', {
    ...{ collection: 'applications', schema: {}, meta: { accountability: 'all' } },
    fields: [id, ...texts],
  });
  const role = await post('/roles', { name: 'Clerk' });
  const policy = await post('/policies', {
    name: 'Clerk',
    app_access: false,
    roles: [{ role: role.id }],
  });
  for (const action of ['create', 'read', 'update']) {
    await post('/permissions', {
      ...{ policy: policy.id, collection: 'applications', action, fields: ['*'] },
      ...{ permissions: {}, validation: {} },
    });
  }
  const token = randomBytes(24).toString('hex');
  await post('/users', { email: 'clerk@example.org', role: role.id, token, status: 'active' });
  return token;
}

async function fill(database: Database, rows: number): Promise<void> {
  await database.pools.migrator.query(`
    insert into applications (id, national_id, first_name, last_name, mobile, address, kind,
      occupation_id, county_id, area, state)
    select gen_random_uuid(), lpad(n::text, 10, '0'), 'x', 'y', '0914' || lpad((n % 10000000)::text, 7, '0'),
      'z ' || n, 'independent', 'carpet-weaving', '0401', 'urban', 'issued'
    from generate_series(1, ${rows}) n`);
  await database.pools.migrator.query('vacuum analyze applications');
}

import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../scripts/free-port.ts';
import { said } from '../measure.ts';

/** A Directus of today's permissions (roles with policies) that runs on Node 20, for which its native part can be compiled. */
export const version = '11.1.0';

const nodeFile = '/usr/bin/node';
const run = promisify(execFile);

/** A Directus that runs, and the account that was made with it. */
export type Peer = {
  readonly base: string;
  readonly admin: { readonly email: string; readonly password: string };
  readonly stop: () => Promise<void>;
};

/** The version of the machine's own Node. @throws Error that says what to install where it is not Node 20 */
export function demandNode(): string {
  const found = existsSync(nodeFile)
    ? execFileSync(nodeFile, ['--version'], { encoding: 'utf8' }).trim()
    : 'none';
  if (!found.startsWith('v20.') || !existsSync('/usr/bin/npm'))
    throw new Error(
      `Directus ${version} needs Node 20 with npm at ${nodeFile}, found ${found}: install NodeSource's package nodejs.`,
    );
  return found.slice(1);
}

/** The machine's own Node and npm, and nothing of the product's settings. */
const plainEnv = () => ({ PATH: '/usr/bin:/bin', HOME: process.env.HOME ?? '/tmp' });

/** So that isolated-vm is compiled here, with the headers of this Node: there is nothing to download it from. */
const compiling = { npm_config_build_from_source: 'true', npm_config_nodedir: '/usr' };

/** Installs Directus into an ignored folder, once: the product does not depend on it. */
export async function install(folder: string): Promise<void> {
  const place = join(folder, version);
  const mark = join(place, 'installed');
  if (existsSync(mark)) return;
  said(`Installing Directus ${version}, once; it takes minutes`);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'package.json'), '{"name":"peer","private":true}\n');
  const env = { ...plainEnv(), ...compiling };
  const npm = (...words: string[]) =>
    run('/usr/bin/npm', words, { cwd: place, env, maxBuffer: 2 ** 26 });
  await npm('install', '--ignore-scripts', '--no-audit', '--no-fund', `directus@${version}`, 'pg');
  await npm('rebuild', 'isolated-vm').catch((error: Error) => {
    const needs = 'needs the Debian packages build-essential and python3';
    throw new Error(`isolated-vm, a part of Directus, could not be compiled: it ${needs}.`, {
      cause: error,
    });
  });
  await writeFile(mark, '');
}

/** A database in Directus's words, which cannot name a socket in one address; `string:` keeps digits text. */
function databaseOf(url: string) {
  const {
    host,
    port,
    database = '',
    user = '',
    password,
  } = new pg.Client({ connectionString: url });
  return {
    ...{ DB_CLIENT: 'pg', DB_HOST: host, DB_PORT: String(port), DB_DATABASE: database },
    ...{ DB_USER: user, DB_PASSWORD: `string:${password}` },
    DB_POOL__MAX: '16',
  };
}

const admin = { email: 'admin@example.com', password: 'a password of benches' };

/** What Directus is told of its place, its database and its first account; the rest is as it comes. */
const settingsOf = (folder: string, url: string, port: number) => ({
  ...plainEnv(),
  ...{ NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), SECRET: 'of-a-bench' },
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  ...databaseOf(url),
  ...{ ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password },
  // Neither server turns anybody away, and neither tells anybody of itself.
  ...{ PRESSURE_LIMITER_ENABLED: 'false', RATE_LIMITER_ENABLED: 'false', TELEMETRY: 'false' },
  ...{ CACHE_ENABLED: 'false', LOG_STYLE: 'raw', EXTENSIONS_PATH: join(folder, 'extensions') },
  STORAGE_LOCAL_ROOT: join(folder, 'uploads'),
});

/** Starts Directus on a database, made ready first. @throws Error when it does not answer */
export async function startDirectus(folder: string, url: string): Promise<Peer> {
  const port = await freePort();
  const command = join(folder, version, 'node_modules/directus/cli.js');
  const at = { cwd: join(folder, version), env: settingsOf(folder, url, port) };
  await run(nodeFile, [command, 'bootstrap'], { ...at, maxBuffer: 2 ** 26 });
  const child = spawn(nodeFile, [command, 'start'], at);
  const log = createWriteStream(join(folder, 'directus.log'));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const peer = { base: `http://127.0.0.1:${port}`, admin, stop };
  // On a machine where others work beside it, this takes minutes.
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await answers(peer.base)) return peer;
    if (child.exitCode !== null) break;
    await sleep(300);
  }
  await stop();
  throw new Error(`Directus did not begin; see ${join(folder, 'directus.log')}`);
}

const answers = (base: string) =>
  fetch(`${base}/server/ping`).then(
    (answer) => answer.ok,
    () => false,
  );

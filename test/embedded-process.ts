/**
 * A process for tests of the embedded database to start, share and kill:
 *
 *     node test/embedded-process.ts FOLDER hold      joins, says `ready PID-OF-POSTGRES`
 *     node test/embedded-process.ts FOLDER write     then eight writers say `done N` per commit
 *     node test/embedded-process.ts FOLDER serve     claims the folder for serving, says `claimed`
 *
 * A line on stdin makes it leave in good order.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { openDataFolder } from '../src/platform/data-folder.ts';
import { openEmbedded } from '../src/platform/embedded-postgres.ts';
import { findServer } from '../src/platform/postgres-process.ts';
import { claimServe } from '../src/platform/serve-claim.ts';

const [folder = '', mode] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

async function join(): Promise<{ release(): Promise<void> }> {
  const embedded = await openEmbedded(folder);
  if (mode === 'write') {
    for (let writer = 0; writer < 8; writer += 1) write(embedded.url, writer).catch(() => {});
  }
  say(`ready ${findServer(openDataFolder(folder))?.pid}`);
  return embedded;
}

/** `done` is said only after the server has acknowledged the commit; ends when the server does. */
async function write(url: string, writer: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  await client
    .query('create table if not exists acknowledged (n bigint primary key)')
    .catch(() => {});
  for (let i = 0; ; i += 1) {
    const n = writer * 1_000_000_000 + (Date.now() % 100_000) * 10_000 + i;
    await client.query('insert into acknowledged values ($1)', [n]);
    say(`done ${n}`);
  }
}

async function claim(): Promise<{ release(): Promise<void> }> {
  const claimed = await claimServe(folder);
  say('claimed');
  return claimed;
}

try {
  const held = mode === 'serve' ? await claim() : await join();
  await once(createInterface(process.stdin), 'line');
  await held.release();
  process.exit(0);
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  say(`failed ${code} ${message}`);
  process.exit(1);
}

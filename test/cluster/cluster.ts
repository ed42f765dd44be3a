import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../scripts/free-port.ts';
import { etcdWords, haproxyFile, type Place, passwords, patroniFile } from './node-files.ts';
import { type Programs, postgresUser } from './programs.ts';

/** Three nodes of PostgreSQL under Patroni and etcd, and HAProxy in front, all on the loopback. */
export type Cluster = {
  /** The database through HAProxy, as the owner of the tables. */
  readonly url: string;
  /** The name of the node that leads, once one does and a synchronous standby follows. */
  readonly healthy: () => Promise<string>;
  /** `kill -9` of the leader's postmaster alone; Patroni lives. */
  readonly killPostmaster: () => Promise<void>;
  /** `kill -9` of all that the leader's machine runs; what brings it back. */
  readonly killNode: () => Promise<() => Promise<void>>;
  /** A planned change of the leader. */
  readonly switchOver: () => Promise<void>;
  /** Who is what by now, and the last that each node wrote down: for whoever finds that it hangs. */
  readonly story: () => Promise<string>;
  /** Ends every process that was started here, by its id. */
  readonly stop: () => Promise<void>;
};

type Node = { readonly place: Place; etcd: ChildProcess; patroni: ChildProcess };

/** Starts a cluster in an empty folder, which has to be somewhere that everybody may pass through. */
export async function openCluster(folder: string, programs: Programs): Promise<Cluster> {
  const user = postgresUser();
  const places = await Promise.all(['one', 'two', 'three'].map((name) => placeOf(folder, name)));
  const run = (words: readonly [string, ...string[]], log: string): ChildProcess => {
    const to = openSync(log, 'a');
    const [program, ...rest] = words;
    const child = spawn(program, rest, { cwd: folder, stdio: ['ignore', to, to], ...user });
    closeSync(to);
    return child;
  };
  const etcd = (place: Place) =>
    run([programs.etcd, ...etcdWords(place, places)], join(place.folder, 'etcd.log'));
  const patroni = (place: Place) =>
    run([programs.patroni, join(place.folder, 'patroni.yml')], join(place.folder, 'patroni.log'));
  if (user) chownSync(folder, user.uid, user.gid);
  for (const place of places) {
    mkdirSync(place.folder, { mode: 0o700 });
    writeFileSync(join(place.folder, 'patroni.yml'), patroniFile(place, places, programs.postgres));
    if (user) chownSync(place.folder, user.uid, user.gid);
  }
  const etcds = places.map(etcd);
  await sleep(1000);
  const nodes = places.map(
    (place, at): Node => ({ place, etcd: etcds[at] as ChildProcess, patroni: patroni(place) }),
  );
  const port = await freePort();
  writeFileSync(join(folder, 'haproxy.cfg'), haproxyFile(port, places));
  const front = ['-f', join(folder, 'haproxy.cfg'), '-db'];
  const haproxy = run([programs.haproxy, ...front], join(folder, 'haproxy.log'));
  const stop = () => end(nodes, haproxy);
  try {
    return { ...acts(nodes, { etcd, patroni }), url: await makeDatabase(nodes, port), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function placeOf(folder: string, name: string): Promise<Place> {
  const [postgres, rest, etcd, etcdPeer] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  return { name, folder: join(folder, name), postgres, rest, etcd, etcdPeer };
}

type Starters = Record<'etcd' | 'patroni', (place: Place) => ChildProcess>;

function acts(nodes: readonly Node[], start: Starters) {
  const leader = async () => {
    const name = await healthy(nodes);
    return nodes.find(({ place }) => place.name === name) as Node;
  };
  return {
    healthy: () => healthy(nodes),
    story: () => storyOf(nodes),
    killPostmaster: async () => kill(postmasterOf((await leader()).place)),
    killNode: async () => {
      const node = await leader();
      kill(node.patroni.pid);
      kill(postmasterOf(node.place));
      kill(node.etcd.pid);
      return async () => {
        node.etcd = start.etcd(node.place);
        node.patroni = start.patroni(node.place);
        await healthy(nodes);
      };
    },
    switchOver: async () => {
      const { place } = await leader();
      const reply = await fetch(`http://127.0.0.1:${place.rest}/switchover`, {
        method: 'POST',
        body: JSON.stringify({ leader: place.name }),
      });
      if (!reply.ok) throw new Error(`No change of leader: ${await reply.text()}`);
    },
  };
}

async function storyOf(nodes: readonly Node[]): Promise<string> {
  const members = JSON.stringify(await membersOf(nodes));
  return [members, ...nodes.map(({ place }) => lastLines(place))].join('\n');
}

function lastLines({ name, folder }: Place): string {
  const lines = readFileSync(join(folder, 'patroni.log'), 'utf8').trimEnd().split('\n');
  return [`${name}:`, ...lines.slice(-40)].join('\n');
}

type Member = {
  readonly name: string;
  readonly role: string;
  readonly state: string;
  readonly timeline?: number;
  /** Bytes behind the leader; a word where nobody knows. */
  readonly lag?: number | string;
};

/** What the nodes say of the cluster, of the first that answers. */
async function membersOf(nodes: readonly Node[]): Promise<readonly Member[]> {
  for (const { place } of nodes) {
    const url = `http://127.0.0.1:${place.rest}/cluster`;
    const reply = await fetch(url, { signal: AbortSignal.timeout(3000) }).catch(() => undefined);
    if (reply?.ok) return ((await reply.json()) as { members: Member[] }).members;
  }
  return [];
}

/** Waits until one leads, one follows synchronously, and nobody is away. */
async function healthy(nodes: readonly Node[]): Promise<string> {
  const until = performance.now() + 120_000;
  while (performance.now() < until) {
    const members = await membersOf(nodes);
    const leader = members.find(({ role }) => role === 'leader');
    const synchronous = members.some(({ role }) => role === 'sync_standby');
    const whole = members.filter(
      ({ name, state, timeline, lag }) =>
        /^(?:running|streaming)$/.test(state) &&
        timeline === leader?.timeline &&
        (name === leader?.name || typeof lag === 'number'),
    );
    if (leader && synchronous && whole.length === nodes.length) return leader.name;
    await sleep(300);
  }
  throw new Error(`The cluster is not whole: ${await storyOf(nodes)}`);
}

async function makeDatabase(nodes: readonly Node[], port: number): Promise<string> {
  const leader = await healthy(nodes);
  const place = nodes.find((one) => one.place.name === leader)?.place as Place;
  const address = `127.0.0.1:${place.postgres}/postgres`;
  const client = new pg.Client(`postgresql://postgres:${passwords.postgres}@${address}`);
  await client.connect();
  await client.query(`create role karkhaneh login createrole password '${passwords.karkhaneh}'`);
  await client.query("create database karkhaneh owner karkhaneh encoding 'UTF8'");
  await client.end();
  return `postgresql://karkhaneh:${passwords.karkhaneh}@127.0.0.1:${port}/karkhaneh`;
}

/** The process that every other of a node's PostgreSQL descends from; undefined when it is down. */
function postmasterOf(place: Place): number | undefined {
  try {
    const pid = Number(
      readFileSync(join(place.folder, 'data/postmaster.pid'), 'utf8').split('\n')[0],
    );
    // A file that a killed one left may name a stranger by now.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(place.folder) ? pid : undefined;
  } catch {
    return undefined;
  }
}

function kill(pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

async function end(nodes: readonly Node[], haproxy: ChildProcess): Promise<void> {
  const gone = async (child: ChildProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
    await once(child, 'exit');
    clearTimeout(late);
  };
  await gone(haproxy);
  // Patroni stops its PostgreSQL with itself; what outlives it is ended by its own id.
  await Promise.all(nodes.map(({ patroni }) => gone(patroni)));
  for (const { place } of nodes) kill(postmasterOf(place));
  await Promise.all(nodes.map(({ etcd }) => gone(etcd)));
}

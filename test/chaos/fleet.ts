import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/free-port.ts';
import { repositoryFolder } from '../../src/platform/config.ts';

/** Several servers on one database, each in a process of its own. */
export type Fleet = {
  readonly bases: readonly string[];
  /** SIGTERM to one, and the same one started again once it is gone, of another version's folder where one is given. */
  readonly restart: (at: number, root?: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts them, each with a worker; `log` takes what they say. */
export async function openFleet(
  count: number,
  log: string,
  more: Readonly<Record<string, string>>,
): Promise<Fleet> {
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const bases = ports.map((port) => `http://127.0.0.1:${port}`);
  const children: ChildProcess[] = [];
  const start = async (at: number, root = repositoryFolder) => {
    const env = { ...process.env, LOG_LEVEL: 'warn', DRAIN_SECONDS: '4', ...more };
    const to = openSync(log, 'a');
    const child = spawn(join(root, 'bin/karkhaneh'), ['serve', '--no-demo'], {
      env: { ...env, PORT: String(ports[at]) },
      stdio: ['ignore', to, to],
    });
    closeSync(to);
    children[at] = child;
    while (child.exitCode === null) {
      if (await isReady(bases[at] ?? '')) return;
      await sleep(100);
    }
    throw new Error('A server ended before it was ready.');
  };
  const end = async (child: ChildProcess | undefined) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  await start(0);
  await Promise.all(ports.slice(1).map((_port, at) => start(at + 1)));
  return {
    bases,
    async restart(at, root) {
      await end(children[at]);
      await start(at, root);
    },
    stop: async () => void (await Promise.all(children.map(end))),
  };
}

async function isReady(base: string): Promise<boolean> {
  const signal = AbortSignal.timeout(1_000);
  const reply = await fetch(`${base}/readyz`, { signal }).catch(() => undefined);
  return reply?.ok ?? false;
}

/** A proxy in front of them as HAProxy is set up in the runbook: it asks `/readyz` and takes turns. */
export async function openProxy(bases: readonly string[]) {
  const up = new Set(bases);
  let over = false;
  let turn = 0;
  const look = async (base: string) => {
    for (; !over; await sleep(200)) {
      if (await isReady(base)) up.add(base);
      else up.delete(base);
    }
  };
  const looking = bases.map(look);
  const server = createServer((incoming, outgoing) => {
    turn += 1;
    const ready = [...up];
    const base = ready[turn % ready.length];
    if (base === undefined) outgoing.writeHead(502).end('{}');
    else pass(base, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    close: async () => {
      over = true;
      await Promise.all(looking);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(base: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers, url } = incoming;
  const forward = request(`${base}${url}`, { method, headers, agent: false }, (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(outgoing);
  });
  forward.on('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502);
    outgoing.end('{}');
  });
  incoming.pipe(forward);
}

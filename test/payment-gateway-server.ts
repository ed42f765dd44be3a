import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A payment as the stand-in knows it. */
type Kept = {
  readonly id: string;
  readonly rial: string;
  readonly authority: string;
  state: 'waiting' | 'paid' | 'failed';
  claimedRial: string;
  readonly refunds: Map<string, string>;
};

/** What the stand-in does to the next call instead of answering well: the bad days of a gateway. */
export type Mishap = 'hang' | 'cut' | 'error' | 'garble';

/** A payment gateway over real HTTP, for tests: it keeps what it was told, as a gateway does. */
export type PaymentGatewayServer = {
  readonly url: string;
  /** The calls that came, in their order. */
  readonly calls: string[];
  /** What the buyer does on the gateway's page. */
  readonly pay: (rial?: string) => void;
  readonly refuse: () => void;
  readonly payments: () => readonly Kept[];
  /** The next call ends badly; with `after`, only after the gateway did what it was asked. */
  readonly fail: (mishap: Mishap, after?: boolean) => void;
  readonly close: () => Promise<void>;
};

/** Starts a stand-in for a payment gateway on this machine. */
export async function startPaymentGateway(token: string): Promise<PaymentGatewayServer> {
  const kept: Kept[] = [];
  const calls: string[] = [];
  let next: { mishap: Mishap; after: boolean } | undefined;
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    calls.push(path);
    if (request.headers.authorization !== `Bearer ${token}`) return send(response, 401, {});
    const body = JSON.parse(await textOf(request)) as Record<string, string>;
    const bad = next;
    next = undefined;
    if (bad && !bad.after) return spoil(response, bad.mishap);
    const answer = answerTo(kept, path, body);
    return bad ? spoil(response, bad.mishap) : send(response, 200, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const last = () => kept.at(-1) as Kept;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    payments: () => kept,
    pay(rial) {
      last().state = 'paid';
      if (rial !== undefined) last().claimedRial = rial;
    },
    refuse() {
      last().state = 'failed';
    },
    fail(mishap, after = false) {
      next = { mishap, after };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerTo(kept: Kept[], path: string, body: Record<string, string>): object {
  if (path === '/open') return openOf(kept, body);
  const it = kept.find(({ authority }) => authority === body.authority);
  if (!it) return { state: 'failed' };
  if (path === '/verify') {
    return it.state === 'paid'
      ? { state: 'paid', rial: it.claimedRial, reference: `R${it.authority.slice(0, 8)}` }
      : { state: it.state };
  }
  // The same refund asked for twice is one.
  it.refunds.set(body.id ?? '', body.rial ?? '');
  return { state: 'refunded' };
}

function openOf(kept: Kept[], body: Record<string, string>) {
  const before = kept.find(({ id }) => id === body.id);
  const rial = body.rial ?? '';
  const made = { id: body.id ?? '', rial, claimedRial: rial, authority: randomUUID() };
  const it = before ?? { ...made, state: 'waiting' as const, refunds: new Map() };
  if (!before) kept.push(it);
  return { authority: it.authority, address: `https://gateway.example/pay/${it.authority}` };
}

function spoil(response: ServerResponse, mishap: Mishap): void {
  if (mishap === 'cut') response.destroy();
  if (mishap === 'error') send(response, 503, {});
  if (mishap === 'garble') response.writeHead(200).end('<html>');
  // 'hang': nothing comes, until whoever asked gives up.
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keepNewest } from '../src/kit/keep-newest.ts';
import type { PaymentGatewayConfig } from '../src/platform/config.ts';

/** Where the page is on which a visitor pays, before the payment's own name. */
export const gatewayPath = '/demo/gateway';
/** As many payments as a demonstration remembers; the oldest are forgotten and count as not paid. */
const mostKept = 1000;
const mostBytes = 10_000;

/** By what the stand-in calls a payment that was made. */
export const referenceFor = (authority: string): string =>
  `R${authority.replaceAll('-', '').slice(-8)}`;

/** A payment as the stand-in knows it. */
export type StandInPayment = {
  readonly id: string;
  /** Whole rial, as it was asked for. */
  readonly rial: string;
  readonly authority: string;
  readonly backTo: string;
  state: 'waiting' | 'paid' | 'failed';
};

/** A gateway that moves no money: spoken to over HTTP like any other, and a page to pay on. */
export type StandInGateway = {
  readonly config: PaymentGatewayConfig;
  readonly find: (authority: string) => StandInPayment | undefined;
  readonly close: () => Promise<void>;
};

/**
 * Starts the demonstration's payment gateway, on this machine only. It forgets everything when it ends: what was
 * not paid until then is paid anew.
 * @param publicUrl where visitors' browsers find the house, without a slash at its end
 */
export async function startStandInGateway(publicUrl: string): Promise<StandInGateway> {
  const kept = new Map<string, StandInPayment>();
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    serve(request, response, { kept, token, publicUrl }).catch(() => send(response, 400, {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    config: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token },
    find: (authority) => kept.get(authority),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Kept = Map<string, StandInPayment>;
type Around = { readonly kept: Kept; readonly token: string; readonly publicUrl: string };

async function serve(request: IncomingMessage, response: ServerResponse, around: Around) {
  if (request.headers.authorization !== `Bearer ${around.token}`) return send(response, 401, {});
  const body = JSON.parse(await textOf(request)) as Record<string, string>;
  const answer = answerTo(around, request.url ?? '', body);
  return send(response, answer ? 200 : 404, answer ?? {});
}

function answerTo({ kept, publicUrl }: Around, path: string, body: Record<string, string>) {
  if (path === '/open') {
    const { authority } = openOf(kept, body);
    return { authority, address: `${publicUrl}${gatewayPath}/${authority}` };
  }
  if (path === '/verify') {
    const it = kept.get(body.authority ?? '');
    if (it?.state !== 'paid') return { state: it?.state ?? 'failed' };
    return { state: 'paid', rial: it.rial, reference: referenceFor(it.authority) };
  }
  // No money ever came, so giving it back is done at once, also what was paid before a restart.
  return path === '/refund' ? { state: 'refunded' } : undefined;
}

/** Asked for twice with one id, it is one payment. */
function openOf(kept: Kept, { id = '', rial = '', backTo = '' }: Record<string, string>) {
  const before = [...kept.values()].find((one) => one.id === id);
  if (before) return before;
  const it: StandInPayment = { id, rial, backTo, authority: randomUUID(), state: 'waiting' };
  keepNewest(kept, it.authority, it, mostKept);
  return it;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Error('The request is too long.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

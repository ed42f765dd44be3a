import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in for a bank does with an event that comes. */
export type BankMood =
  | 'well'
  /** It answers 503. */
  | 'error'
  /** It takes the event and never answers. */
  | 'silent'
  /** It takes the event and hangs up: the sender cannot know. */
  | 'hangs_up'
  /** It sends the caller elsewhere. */
  | 'elsewhere'
  /** It answers after a while. */
  | 'slow';

/** An event as it came, its signature checked. */
export type Received = {
  readonly id: string;
  readonly type: string;
  readonly referral: string;
  readonly state: string;
  readonly signed: boolean;
  readonly ageSeconds: number;
};

/** A stand-in for a bank over real HTTP; its moods are the test's to set. */
export type BankServer = {
  readonly url: string;
  /** As it is registered: `whsec_…`. */
  readonly secret: string;
  /** Everything that came, in that order, whatever the answer was. */
  readonly received: Received[];
  /** The moods towards the next events, then `well` for ever. */
  readonly moods: BankMood[];
  /** Goes down; whoever calls is refused. */
  readonly down: () => Promise<void>;
  /** Comes back at the same address. */
  readonly up: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Starts it on a free port of this machine; `slowMs` is how long it thinks when it is slow. */
export async function startBankServer(slowMs = 150): Promise<BankServer> {
  const received: Received[] = [];
  const moods: BankMood[] = [];
  const key = randomBytes(32);
  const server = createServer(async (request, response) => {
    received.push(read(request, await textOf(request), key));
    answer(response, moods.shift() ?? 'well', slowMs);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const secret = `whsec_${key.toString('base64')}`;
  const url = `http://127.0.0.1:${port}/events`;
  return { url, secret, received, moods, down: close, up: () => listen(port), close };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
}

/** The check as a bank's engineer writes it from the page, and from nothing of ours. */
function read(request: IncomingMessage, text: string, key: Buffer): Received {
  const header = (name: string) => String(request.headers[`webhook-${name}`]);
  const id = header('id');
  const timestamp = header('timestamp');
  const right = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest();
  const given = Buffer.from(header('signature').replace(/^v1,/, ''), 'base64');
  const body = JSON.parse(text) as { type: string; data: { referral: string; state: string } };
  return {
    id,
    type: body.type,
    ...body.data,
    signed: given.length === right.length && timingSafeEqual(given, right),
    ageSeconds: Date.now() / 1000 - Number(timestamp),
  };
}

function answer(response: ServerResponse, mood: BankMood, slowMs: number): void {
  if (mood === 'silent') return;
  if (mood === 'hangs_up') response.destroy();
  else if (mood === 'error') response.writeHead(503).end();
  else if (mood === 'elsewhere') response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
  else if (mood === 'slow') setTimeout(() => response.writeHead(204).end(), slowMs);
  else response.writeHead(204).end();
}

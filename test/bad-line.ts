import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a line does to writes; reads are only cut by `down`. */
type Mishap =
  /** The request arrives, its answer never does. */
  | 'lost answer'
  /** Half of the request, and then nothing. */
  | 'cut'
  /** The request arrives twice; the second answer is the one that is seen. */
  | 'twice'
  /** Half of the request, and the line is cut until it is mended. */
  | 'down';

/** A line to a server that a test can cut and spoil. */
export type BadLine = {
  readonly address: string;
  /** Cuts or mends the line. */
  readonly down: (down: boolean) => void;
  /** What happens to the next writes, one each; then they go through. */
  readonly spoil: (...mishaps: Mishap[]) => void;
  /** Answers a path with this script instead of what the server says. */
  readonly put: (path: string, script: string) => void;
  /** How many mishaps are still to come. */
  readonly left: () => number;
  readonly close: () => Promise<void>;
};

/** Starts a line on the loopback to the server at `target`. */
export async function badLine(target: string): Promise<BadLine> {
  let isDown = false;
  const mishaps: Mishap[] = [];
  const scripts = new Map<string, string>();
  const server = createServer((asked, answer) => {
    const script = scripts.get(asked.url ?? '');
    const mishap = isDown || isRead(asked) ? undefined : mishaps.shift();
    if (mishap === 'down') isDown = true;
    if (isDown && mishap !== 'down') asked.socket.destroy();
    else if (script !== undefined) {
      answer.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' });
      answer.end(script);
    } else void carry(target, asked, answer, mishap).catch(() => asked.socket.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    down: (down) => {
      isDown = down;
      if (down) server.closeAllConnections();
    },
    spoil: (...more) => void mishaps.push(...more),
    put: (path, script) => void scripts.set(path, script),
    left: () => mishaps.length,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD';

async function carry(
  target: string,
  asked: IncomingMessage,
  answer: ServerResponse,
  mishap: Mishap | undefined,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of asked) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (mishap === 'cut' || mishap === 'down') {
    await forward(target, asked, body.subarray(0, body.length >> 1), body.length).catch(() => {});
    asked.socket.destroy();
    return;
  }
  if (mishap === 'twice') await text(await forward(target, asked, body, body.length));
  const reply = await forward(target, asked, body, body.length);
  if (mishap === 'lost answer') {
    await text(reply);
    asked.socket.destroy();
    return;
  }
  answer.writeHead(reply.statusCode ?? 502, reply.headers);
  reply.pipe(answer);
}

/** Hands a request on; one whose body is shorter than announced is broken off. */
function forward(
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  announced: number,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const length = announced > 0 ? { 'content-length': String(announced) } : {};
    const { 'transfer-encoding': _chunked, ...given } = headers;
    const on = request(new URL(url ?? '/', target), { method, headers: { ...given, ...length } });
    on.on('response', resolve);
    on.on('error', reject);
    if (body.length === announced) on.end(body);
    else on.write(body, () => on.destroy(new Error('cut')));
  });
}

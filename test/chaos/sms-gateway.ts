import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What the stand-in for a gateway does with a message. */
export type SmsMood =
  | 'well'
  /** It answers 503. */
  | 'error'
  /** It takes the message and answers after three seconds. */
  | 'slow'
  /** It takes the message and never answers. */
  | 'silent'
  /** It takes the message and hangs up: the sender cannot know. */
  | 'hangs_up';

export type Message = { readonly id: string; readonly to: string; readonly text: string };

/** A stand-in for a gateway over real HTTP: it sends a message once, however often it is handed over. */
export type SmsGateway = {
  readonly url: string;
  readonly token: string;
  /** What people got, by the message's id. */
  readonly sent: ReadonlyMap<string, Message>;
  /** How often a message came that was there already. */
  readonly repeats: () => number;
  /** The moods towards the next messages, then `well` for ever. */
  readonly moods: SmsMood[];
  readonly close: () => Promise<void>;
};

/** Starts it on a free port. */
export async function startSmsGateway(): Promise<SmsGateway> {
  const sent = new Map<string, Message>();
  const moods: SmsMood[] = [];
  let repeats = 0;
  const server = createServer(async (request, response) => {
    const message = (await json(request)) as Message;
    const mood = moods.shift() ?? 'well';
    if (mood === 'error') return void response.writeHead(503).end();
    if (sent.has(message.id)) repeats += 1;
    sent.set(message.id, message);
    if (mood === 'silent') return;
    if (mood === 'hangs_up') response.destroy();
    else if (mood === 'slow') setTimeout(() => response.writeHead(202).end(), 3_000);
    else response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const url = `http://127.0.0.1:${port}/messages`;
  return { url, token: 'a token of tests', sent, moods, repeats: () => repeats, close };
}

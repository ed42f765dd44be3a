import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in for the civil registry does with a question. */
export type Mood =
  | 'well'
  /** It answers 503. */
  | 'error'
  /** It takes the question and never answers. */
  | 'silent'
  /** It hangs up. */
  | 'hangs_up'
  /** 200 with a page of some proxy. */
  | 'nonsense'
  /** 200, but about somebody else. */
  | 'someone_else';

type Held = { birthOn: string; firstName: string; lastName: string };

/** A stand-in for the civil registry over real HTTP; its mood and its people are the test's to set. */
export type RegistryServer = {
  readonly url: string;
  readonly token: string;
  readonly people: Map<string, Held>;
  /** The moods of the next questions, then `well` for ever. */
  readonly moods: Mood[];
  /** National IDs in the order in which they were asked about. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
};

/** Starts it on a free port. */
export async function startRegistryServer(): Promise<RegistryServer> {
  const people = new Map<string, Held>();
  const moods: Mood[] = [];
  const asked: string[] = [];
  const token = 'a token of tests';
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    if (request.headers.authorization !== `Bearer ${token}`) return send(response, 401, '{}');
    const { nationalId } = JSON.parse(text) as { nationalId: string };
    asked.push(nationalId);
    const held = people.get(nationalId);
    answer(response, moods.shift() ?? 'well', { nationalId, found: Boolean(held), ...held });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}/persons`, token, people, moods, asked, close };
}

function answer(response: ServerResponse, mood: Mood, found: object): void {
  if (mood === 'silent') return;
  if (mood === 'hangs_up') response.destroy();
  else if (mood === 'error') send(response, 503, '{"error":"busy"}');
  else if (mood === 'nonsense') send(response, 200, '<html>Please sign in to the network</html>');
  else if (mood === 'someone_else') {
    send(response, 200, JSON.stringify({ ...found, nationalId: '0000000018' }));
  } else send(response, 200, JSON.stringify(found));
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

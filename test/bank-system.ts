import { randomUUID } from 'node:crypto';
import { request as open } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type BankClient, openBankClient } from './bank-client.ts';
import type { TestHouse } from './house.ts';

/** How the stand-in for a bank's own system sends an act. */
export type SendMood =
  | 'well'
  /** Twice at one instant. */
  | 'doubled'
  /** It sends all and hangs up before the answer; then it sends again. */
  | 'cut'
  /** A few bytes at a time. */
  | 'slow'
  /** What is no JSON first, then the act. */
  | 'garbled';

export type Heard = { readonly status: number; readonly body: Record<string, unknown> };

/** A bank's own system that calls the house over a real socket. */
export type BankSystem = {
  /** One act on a plan; every answer that was heard, in the order of the sendings. */
  readonly act: (path: string, body: object, mood: SendMood, opId?: string) => Promise<Heard[]>;
  readonly close: () => Promise<void>;
};

/** Lets the house listen on a free port of this machine, and gives a bank's system a token for it. */
export async function startBankSystem(house: TestHouse, bankId: string): Promise<BankSystem> {
  await house.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = house.app.server.address() as AddressInfo;
  const client: BankClient = await openBankClient(house, { bankId });
  const send = (path: string, text: string, how: 'whole' | 'slow' | 'cut') =>
    sendOver(port, client.token, path, text, how);
  const act: BankSystem['act'] = async (path, body, mood, opId = randomUUID()) => {
    const text = JSON.stringify({ op_id: opId, ...body });
    if (mood === 'doubled') {
      const both = await Promise.all([send(path, text, 'whole'), send(path, text, 'whole')]);
      return both.filter((heard) => heard !== undefined);
    }
    const before = mood === 'garbled' ? await send(path, text.slice(0, -7), 'whole') : undefined;
    if (mood === 'cut') await send(path, text, 'cut');
    const last = await send(path, text, mood === 'slow' ? 'slow' : 'whole');
    return [before, last].filter((heard) => heard !== undefined);
  };
  // The house itself is closed by the test that opened it.
  return { act, close: async () => house.app.server.closeAllConnections() };
}

/** Sends one request by hand, as a machine at the end of a bad line would. Nothing is heard of one that is cut. */
function sendOver(
  port: number,
  token: string,
  path: string,
  text: string,
  how: 'whole' | 'slow' | 'cut',
): Promise<Heard | undefined> {
  const bytes = Buffer.from(text);
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': bytes.length,
  };
  return new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port, path, method: 'POST', headers, agent: false };
    const call = open(to, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const body = JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>;
        resolve({ status: response.statusCode ?? 0, body });
      });
    });
    call.on('error', (error) => (how === 'cut' ? resolve(undefined) : reject(error)));
    if (how === 'cut') call.end(bytes, () => call.destroy());
    else if (how === 'slow') void dribble(call, bytes);
    else call.end(bytes);
  });
}

async function dribble(call: NodeJS.WritableStream, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += 16) {
    call.write(bytes.subarray(at, at + 16));
    await pause(10);
  }
  call.end();
}

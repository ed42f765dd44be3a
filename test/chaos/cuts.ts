import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../demo/random.ts';

/** A wire to a database on which connections break. */
export type Wire = {
  readonly port: number;
  /** Cuts again and again until what it returns is called; that gives how often it cut. */
  readonly cut: (dice: Random) => () => Promise<number>;
  readonly close: () => Promise<void>;
};

type Line = { readonly near: Socket; readonly far: Socket };

/** The wire's own end: its open lines, and whether it takes new ones. */
type Exchange = { readonly lines: Set<Line>; open: boolean };

/** Opens a wire to the database's socket. */
export async function openWire(socketPath: string): Promise<Wire> {
  const exchange: Exchange = { lines: new Set(), open: true };
  const server = createServer((near) => {
    if (exchange.open) join(exchange, { near, far: connect(socketPath) });
    else near.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut(dice) {
      let [over, count] = [false, 0];
      const cutting = (async () => {
        for (; !over; count += 1) {
          await sleep(50 + dice.int(0, 700));
          await dice.pick(cuts)(exchange, dice);
        }
      })();
      return async () => {
        over = true;
        await cutting;
        return count;
      };
    },
    close: async () => {
      cutAll(exchange);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function join({ lines }: Exchange, line: Line): void {
  const { near, far } = line;
  lines.add(line);
  const end = () => {
    lines.delete(line);
    near.destroy();
    far.destroy();
  };
  for (const socket of [near, far]) socket.on('error', end).on('close', end);
  near.pipe(far).pipe(near);
}

function cutAll({ lines }: Exchange): void {
  for (const { near } of lines) near.destroy();
}

const cuts: readonly ((exchange: Exchange, dice: Random) => Promise<void>)[] = [
  async (exchange) => cutAll(exchange),
  /** One alone. */
  async ({ lines }, dice) => void dice.shuffle([...lines])[0]?.near.destroy(),
  /** What is asked is done and never answered. */
  async (exchange, dice) => {
    for (const { far } of exchange.lines) far.pause();
    await sleep(dice.int(0, 300));
    cutAll(exchange);
  },
  /** Nobody is there for a while. */
  async (exchange, dice) => {
    exchange.open = false;
    cutAll(exchange);
    await sleep(dice.int(0, 3_000));
    exchange.open = true;
  },
];

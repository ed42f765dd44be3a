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

/** Opens a wire to the database's socket. */
export async function openWire(socketPath: string): Promise<Wire> {
  const lines = new Set<Line>();
  let open = true;
  const server = createServer((near) => {
    if (!open) return void near.destroy();
    const line = { near, far: connect(socketPath) };
    lines.add(line);
    const end = () => {
      lines.delete(line);
      near.destroy();
      line.far.destroy();
    };
    for (const socket of [near, line.far]) socket.on('error', end).on('close', end);
    near.pipe(line.far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cutAll = () => {
    for (const { near } of lines) near.destroy();
  };
  const acts = {
    all: async () => cutAll(),
    /** The machine dies while the answer of one is on its way. */
    one: async (dice: Random) => dice.shuffle([...lines])[0]?.near.destroy(),
    /** Asked, and done, and never answered. */
    unanswered: async (dice: Random) => {
      for (const { far } of lines) far.pause();
      await sleep(dice.int(0, 300));
      cutAll();
    },
    /** Nobody is there for a while. */
    away: async (dice: Random) => {
      open = false;
      cutAll();
      await sleep(dice.int(0, 3_000));
      open = true;
    },
  };
  return {
    port,
    cut(dice) {
      let [over, count] = [false, 0];
      const cutting = (async () => {
        for (; !over; count += 1) {
          await sleep(50 + dice.int(0, 700));
          await dice.pick(Object.values(acts))(dice);
        }
      })();
      return async () => {
        over = true;
        await cutting;
        return count;
      };
    },
    close: async () => {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { batchingSocket } from './batching-socket.ts';

test('what is written in one turn goes out as one piece, in its order, and the next turn’s behind it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const socket = batchingSocket();
  const accepted = once(server, 'connection');
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const [other] = (await accepted) as [Socket];
  const got: Buffer[] = [];
  other.on('data', (part) => got.push(part));

  const waiting: number[] = [];
  for (const letter of 'abc') {
    socket.cork();
    socket.write(letter);
    socket.write(letter.toUpperCase());
    socket.uncork();
    waiting.push(socket.writableLength);
    await Promise.resolve();
  }
  expect(waiting).toEqual([2, 4, 6]);
  await nextTurn();
  expect(socket.writableLength).toBe(0);
  socket.write('d');
  socket.end('e');
  await once(other, 'end');
  expect(Buffer.concat(got).toString()).toBe('aAbBcCde');
  server.close();
});

import { Socket } from 'node:net';

/**
 * A socket that sends what is written in one turn of the event loop as one piece. The driver writes each statement
 * by itself; of an act that asks for ten together each was a call of the system, and woke PostgreSQL for one statement.
 */
export function batchingSocket(): Socket {
  const socket = new Socket();
  // Not before: `connect` gives a socket its `write` back.
  return socket.once('connect', () => batchWrites(socket));
}

function batchWrites(socket: Socket): void {
  const { write } = socket;
  let waiting = false;
  socket.write = (...words: unknown[]): boolean => {
    if (!waiting) {
      waiting = true;
      socket.cork();
      // Behind whatever goes on in this turn without waiting for an answer.
      process.nextTick(() => {
        waiting = false;
        socket.uncork();
      });
    }
    return Reflect.apply(write, socket, words);
  };
}

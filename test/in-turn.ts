import { onServer } from './database.ts';

/** Any number, as long as all processes of the run wait for the same one. */
const turn = 1400_01_01;

/** Does something while every other process of the run that wants the same waits. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return onServer(async (client) => {
    await client.query('select pg_advisory_lock($1)', [turn]);
    return work();
  });
}

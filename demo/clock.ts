import { type Clock, systemClock } from '../src/platform/clock.ts';
import type { Database } from '../src/platform/database.ts';
import { answerOf, LAST_OPERATION, type Told } from './once.ts';

/** 1401/04/01, half past eight in Tehran: the first morning after the story's last day. */
const MORNING_AFTER = Date.parse('2022-06-22T04:00:00Z');

/**
 * The demonstration's own clock: it was the morning after the story when the story had been told, and
 * runs on from there as fast as any other. By the machine's date every deadline of 1401 would be years
 * past and every permit expired (decision 0023). A database without a demonstration, or with one
 * that was told before this clock was kept, goes by the machine's.
 */
export async function demonstrationClock(
  database: Database,
  machine = systemClock,
): Promise<Clock> {
  const told = (await answerOf(database, LAST_OPERATION))?.body as Told | null | undefined;
  if (!told?.toldAt) return machine;
  const behind = Date.parse(told.toldAt) - MORNING_AFTER;
  return { zone: machine.zone, now: () => new Date(machine.now().getTime() - behind) };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Heard } from '../chaos/clerks.ts';

/** How long one death was felt. */
export type Outage = {
  /** From the death to the first write that was acknowledged behind the gap it left. */
  readonly outageMs: number;
  /** How long `/readyz` said no, or nothing. */
  readonly refusedMs: number;
};

const stepMs = 50;
const patienceMs = 120_000;

/** Asks `/readyz` all the time, and notes when writes are acknowledged. */
export function watch(base: string, heard: Heard) {
  let over = false;
  let notReady = false;
  let refusedMs = 0;
  const asking = async () => {
    while (!over) {
      const asked = performance.now();
      const reply = await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(
        () => undefined,
      );
      await sleep(stepMs);
      if (reply?.ok) continue;
      notReady ||= reply?.status === 503;
      refusedMs += performance.now() - asked;
    }
  };
  void asking();
  return {
    /** Lets it happen, and waits until writes flow again. */
    async outageOf(die: () => Promise<unknown>): Promise<Outage> {
      refusedMs = 0;
      const began = performance.now();
      await die();
      const outageMs = await longestGap(heard, began);
      return { outageMs: Math.round(outageMs), refusedMs: Math.round(refusedMs) };
    },
    sawNotReady: () => notReady,
    stop: () => {
      over = true;
    },
  };
}

/** The longest time without an acknowledged write, once they have flowed for ten seconds behind it. */
async function longestGap({ acknowledged }: Heard, began: number): Promise<number> {
  let [count, last, longest, end] = [acknowledged.length, began, 0, began];
  while (performance.now() < began + patienceMs) {
    await sleep(stepMs);
    const now = performance.now();
    if (acknowledged.length > count) {
      if (now - last > longest) [longest, end] = [now - last, now];
      [count, last] = [acknowledged.length, now];
    }
    const flows = now - last < 2000;
    if (flows && longest > 1000 && now - end > 10_000) return longest;
    // A death that nobody felt: the change of leaders was between two writes.
    if (flows && now - began > 60_000) return longest;
  }
  throw new Error('No write was acknowledged any more.');
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../platform/database.ts';
import { renewReference } from './reference.ts';

const everyMs = 1_000;

/**
 * Keeps the reference data in memory no older than a second or so: asks for its version once a second, by itself, so
 * that no request waits for it. A database that is away is told once, and asked again.
 */
export function followReference(
  database: Database,
  onError: (error: unknown) => void,
): { readonly stop: () => Promise<void> } {
  const over = new AbortController();
  const follow = async () => {
    let well = true;
    while (!over.signal.aborted) {
      await sleep(everyMs, undefined, { signal: over.signal }).catch(() => {});
      if (over.signal.aborted) return;
      try {
        await renewReference(database);
        well = true;
      } catch (error) {
        if (well) onError(error);
        well = false;
      }
    }
  };
  const following = follow();
  return {
    stop: async () => {
      over.abort();
      await following;
    },
  };
}

import { keepNewest } from '../kit/keep-newest.ts';
import type { Database } from '../platform/database.ts';

/** A product by its key. */
export type ProductKey = { readonly provinceId: number; readonly id: string };

/** How long what a search found is good for, milliseconds: so late another server shows a product put on show here. */
const freshMs = 15_000;
/** After a product is written here nothing is kept for so long: what wrote it has then been committed. */
const unsettledMs = 2_000;
/** Searches that are kept; each has some thirty keys. */
const mostKept = 2_000;

type Found = { readonly keys: readonly ProductKey[]; readonly at: number };
type Kept = { readonly found: Map<string, Found>; writtenAt: number };
const kept = new WeakMap<Database, Kept>();

function keptOf(database: Database): Kept {
  const known = kept.get(database);
  if (known) return known;
  const fresh = { found: new Map<string, Found>(), writtenAt: Number.NEGATIVE_INFINITY };
  kept.set(database, fresh);
  return fresh;
}

/**
 * Which products fit a search, found anew or as somebody found them who asked the same a moment ago. Only keys
 * are kept: whether each is on show, and all that is shown of it, is for the asker to read.
 */
export async function keysFound(
  database: Database,
  asked: string,
  find: () => Promise<ProductKey[]>,
): Promise<readonly ProductKey[]> {
  const { found, ...before } = keptOf(database);
  const now = performance.now();
  const known = found.get(asked);
  if (known && now - known.at < freshMs) return known.keys;
  const keys = await find();
  const { writtenAt } = keptOf(database);
  if (writtenAt !== before.writtenAt || now - writtenAt < unsettledMs) return keys;
  keepNewest(found, asked, { keys, at: now }, mostKept);
  return keys;
}

/** Forgets what searches have found, since a product is being written here: its maker finds it at once. */
export function forgetFound(database: Database): void {
  const known = keptOf(database);
  known.found.clear();
  known.writtenAt = performance.now();
}

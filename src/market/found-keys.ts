import { keepNewest } from '../kit/keep-newest.ts';
import type { Database } from '../platform/database.ts';

/** A product by its key. */
export type ProductKey = { readonly provinceId: number; readonly id: string };

/** How long what a search found is good for, milliseconds: so late another server shows a product put on show here. */
const freshMs = 15_000;
/** Who asks after so long is answered at once, and what they ask is found anew for the next. */
const renewMs = 10_000;
/** After a product is written here nothing is kept for so long: what wrote it has then been committed. */
const unsettledMs = 2_000;
/** Searches that are kept; each has some thirty keys. */
const mostKept = 2_000;

type Keys = readonly ProductKey[];
type Find = () => Promise<Keys>;
type Found = { readonly keys: Keys; readonly at: number };
type Kept = {
  readonly found: Map<string, Found>;
  /** Searches that are under way, for whoever asks the same meanwhile. */
  readonly finding: Map<string, Promise<Keys>>;
  writtenAt: number;
  /** Whether one is being found anew beside the answers: one at a time, so that it is in nobody's way. */
  isRenewing: boolean;
};
const kept = new WeakMap<Database, Kept>();

function keptOf(database: Database): Kept {
  const known = kept.get(database);
  if (known) return known;
  const writtenAt = Number.NEGATIVE_INFINITY;
  const fresh = { found: new Map(), finding: new Map(), writtenAt, isRenewing: false };
  kept.set(database, fresh);
  return fresh;
}

/**
 * Which products fit a search, found anew or as somebody found them who asked the same a moment ago. Only keys
 * are kept: whether each is on show, and all that is shown of it, is for the asker to read.
 */
export async function keysFound(database: Database, asked: string, find: Find): Promise<Keys> {
  const all = keptOf(database);
  const known = all.found.get(asked);
  const age = known ? performance.now() - known.at : freshMs;
  if (!known || age >= freshMs) return findOnce(all, asked, find);
  if (age >= renewMs && !all.isRenewing) renew(all, asked, find);
  return known.keys;
}

/** Finds it, or waits for whoever is finding the same, unless that may have begun before a product was written. */
function findOnce(all: Kept, asked: string, find: Find): Promise<Keys> {
  const underWay = all.finding.get(asked);
  if (underWay && performance.now() - all.writtenAt >= unsettledMs) return underWay;
  const finding = findAnew(all, asked, find).finally(() => {
    if (all.finding.get(asked) === finding) all.finding.delete(asked);
  });
  all.finding.set(asked, finding);
  return finding;
}

async function findAnew(all: Kept, asked: string, find: Find): Promise<Keys> {
  const { writtenAt } = all;
  const at = performance.now();
  const keys = await find();
  if (all.writtenAt !== writtenAt || at - writtenAt < unsettledMs) return keys;
  keepNewest(all.found, asked, { keys, at }, mostKept);
  return keys;
}

function renew(all: Kept, asked: string, find: Find): void {
  all.isRenewing = true;
  const done = () => {
    all.isRenewing = false;
  };
  // Whoever asks when it is too old finds it themselves, and hears what is wrong.
  findOnce(all, asked, find).then(done, done);
}

/** Forgets what searches have found, since a product is being written here: its maker finds it at once. */
export function forgetFound(database: Database): void {
  const known = keptOf(database);
  known.found.clear();
  known.writtenAt = performance.now();
}

import { keepNewest } from '../kit/keep-newest.ts';
import type { Database } from '../platform/database.ts';

/** A product by its key. */
export type ProductKey = { readonly provinceId: number; readonly id: string };

/** How long what a search found is good for, milliseconds. Who asks later has it too, and it is found anew for the next. */
const freshMs = 15_000;
/** Longer than this nothing is kept: so late another server shows a product put on show here, at the most. */
const keptMs = 60_000;
/** Finding anew beside the answers rests for so many times as long as it took: it takes a quarter of a core at the most. */
const restsFor = 3;
/** For so long after a product is written here no search that it fits is kept: what wrote it has then been committed. */
const unsettledMs = 2_000;
/** No search takes longer than a statement may. */
const longestMs = 20_000;
/** Searches that are kept; each has some thirty keys. */
const mostKept = 2_000;

type Keys = readonly ProductKey[];
type Find = () => Promise<Keys>;

/** A product as it is written. */
export type Written = {
  readonly id: string;
  readonly kind: string;
  readonly stallId: string;
  /** The words that find it, with the marks of its place and trade. */
  readonly words: ReadonlySet<string>;
};

/** A search: whoever asks by the same name asks for the same keys. */
export type Search = {
  readonly name: string;
  /** Whether a product that is on show is among what it finds, or would be on a page of it. */
  readonly fits: (product: Written) => boolean;
};

type Found = { readonly keys: Keys; readonly at: number; readonly fits: Search['fits'] };
type Kept = {
  readonly found: Map<string, Found>;
  /** Searches that are under way, for whoever asks the same meanwhile. */
  readonly finding: Map<string, Promise<Keys>>;
  /** What was written here lately. */
  written: readonly { readonly product: Written; readonly at: number }[];
  /** When the next may be found anew beside the answers: one at a time, with rests, so that it is in nobody's way. */
  renewsFrom: number;
};
const kept = new WeakMap<Database, Kept>();

function keptOf(database: Database): Kept {
  const known = kept.get(database);
  if (known) return known;
  const renewsFrom = Number.NEGATIVE_INFINITY;
  const fresh: Kept = { found: new Map(), finding: new Map(), written: [], renewsFrom };
  kept.set(database, fresh);
  return fresh;
}

/**
 * Which products fit a search, found anew or as somebody found them who asked the same a moment ago. Only keys
 * are kept: whether each is on show, and all that is shown of it, is for the asker to read.
 */
export async function keysFound(database: Database, search: Search, find: Find): Promise<Keys> {
  const all = keptOf(database);
  const known = all.found.get(search.name);
  const age = known ? performance.now() - known.at : keptMs;
  if (!known || age >= keptMs) return findOnce(all, search, find);
  if (age >= freshMs && performance.now() >= all.renewsFrom) renew(all, search, find);
  return known.keys;
}

/** Finds it, or waits for whoever is finding the same, unless that may have begun before a product of it was written. */
function findOnce(all: Kept, search: Search, find: Find): Promise<Keys> {
  const underWay = all.finding.get(search.name);
  if (underWay && !isUnsettled(all, search, performance.now())) return underWay;
  const finding = findAnew(all, search, find).finally(() => {
    if (all.finding.get(search.name) === finding) all.finding.delete(search.name);
  });
  all.finding.set(search.name, finding);
  return finding;
}

/** Whether a product that a search may or may not have found was being written when it began, or since. */
function isUnsettled({ written }: Kept, { fits }: Search, began: number, keys: Keys = []): boolean {
  return written.some(
    ({ product, at }) => at > began - unsettledMs && (fits(product) || hasProduct(keys, product)),
  );
}

const hasProduct = (keys: Keys, { id }: Written) => keys.some((key) => key.id === id);

async function findAnew(all: Kept, search: Search, find: Find): Promise<Keys> {
  const { name, fits } = search;
  const at = performance.now();
  const keys = await find();
  if (!isUnsettled(all, search, at, keys))
    keepNewest(all.found, name, { keys, at, fits }, mostKept);
  return keys;
}

function renew(all: Kept, search: Search, find: Find): void {
  const began = performance.now();
  all.renewsFrom = Number.POSITIVE_INFINITY;
  const done = () => {
    const now = performance.now();
    all.renewsFrom = now + restsFor * (now - began);
  };
  // Whoever asks when it is too old finds it themselves, and hears what is wrong.
  findOnce(all, search, find).then(done, done);
}

/**
 * Forgets the searches that a product fits or that found it, since it is being written here: its maker finds it at once,
 * and what it has nothing to do with is kept.
 */
export function forgetFound(database: Database, product: Written): void {
  const all = keptOf(database);
  const at = performance.now();
  all.written = [...all.written.filter((one) => one.at > at - longestMs), { product, at }];
  for (const [name, { keys, fits }] of all.found) {
    if (fits(product) || hasProduct(keys, product)) all.found.delete(name);
  }
}

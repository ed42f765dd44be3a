import { casesPath } from '../../web/paths.ts';

/** The list an officer came from, so that the next case is one key away; kept for this tab only. */
const key = 'case-queue';

/** The codes of a list in its order, and its address. */
type Queue = { readonly codes: readonly string[]; readonly path: string };

/** Remembers the codes of the list that is on the screen, in its order. */
export function keepQueue(codes: readonly string[]): void {
  const path = `${location.pathname}${location.search}`;
  try {
    const queue: Queue = { codes: [...new Set(codes)].slice(0, 500), path };
    sessionStorage.setItem(key, JSON.stringify(queue));
  } catch {
    // Without storage there is no next case, and everything else works.
  }
}

function readQueue(): Queue {
  try {
    const queue = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Queue | null;
    if (Array.isArray(queue?.codes)) return queue;
  } catch {
    // What cannot be read is as good as nothing.
  }
  return { codes: [], path: casesPath() };
}

/** Where a case stands in that list, with its neighbours and the way back to the list. */
export function placeInQueue(code: string): {
  place: number;
  total: number;
  previous: string | undefined;
  next: string | undefined;
  list: string;
} {
  const { codes, path } = readQueue();
  const at = codes.indexOf(code);
  return {
    place: at + 1,
    total: at < 0 ? 0 : codes.length,
    previous: at > 0 ? codes[at - 1] : undefined,
    next: at >= 0 ? codes[at + 1] : undefined,
    list: at < 0 ? casesPath() : path,
  };
}

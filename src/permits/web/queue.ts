/** The list an officer came from, so that the next case is one key away; kept for this tab only. */
const key = 'case-queue';

/** Remembers the codes of the list that is on the screen, in its order. */
export function keepQueue(codes: readonly string[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify([...new Set(codes)].slice(0, 500)));
  } catch {
    // Without storage there is no next case, and everything else works.
  }
}

/** Where a case stands in that list, with its neighbours. */
export function placeInQueue(code: string): {
  place: number;
  total: number;
  previous: string | undefined;
  next: string | undefined;
} {
  let codes: string[] = [];
  try {
    codes = JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[];
  } catch {
    codes = [];
  }
  const at = codes.indexOf(code);
  return {
    place: at + 1,
    total: at < 0 ? 0 : codes.length,
    previous: at > 0 ? codes[at - 1] : undefined,
    next: at >= 0 ? codes[at + 1] : undefined,
  };
}

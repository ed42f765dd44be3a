import { useState } from 'react';

/**
 * What somebody marks in a list, by code, one by one or many at once; nothing at first. `held` are the marked
 * ones that the list still has.
 */
export function useMarked<Item extends { readonly code: string }>(items: readonly Item[]) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (code: string) =>
    setMarked((before) => {
      const after = new Set(before);
      if (!after.delete(code)) after.add(code);
      return after;
    });
  const mark = (codes: readonly string[]) => setMarked(new Set(codes));
  return { held: items.filter(({ code }) => marked.has(code)), marked, toggle, mark };
}

import { useEffect, useRef, useState } from 'react';
import { isFull } from './room.ts';
import type { Draft } from './shapes.ts';
import type { Vault } from './vault.ts';

type Change = (draft: Draft) => Draft;

/**
 * A draft that is on the phone with every change: nothing is lost when the app is killed. Writes follow each
 * other; what changed meanwhile is written by the next.
 */
export function useDraft(vault: Vault, begun: Draft) {
  const [draft, setDraft] = useState(begun);
  const [full, setFull] = useState(false);
  const newest = useRef(begun);
  const writing = useRef<Promise<void> | null>(null);
  const write = async () => {
    for (let written: Draft | undefined; written !== newest.current; ) {
      written = newest.current;
      try {
        await vault.keepDraft(written);
        setFull(false);
      } catch (error) {
        if (!isFull(error)) throw error;
        setFull(true);
      }
    }
    writing.current = null;
  };
  const change = (how: Change) => {
    newest.current = how(newest.current);
    setDraft(newest.current);
    writing.current ??= write();
  };
  /** Until everything that was said is on the phone. */
  const settled = async () => {
    await writing.current;
    return newest.current;
  };
  return { draft, change, settled, full };
}

/** Reads the draft of a visit once: undefined while it is read, null where nothing was begun. */
export function useBegun(vault: Vault, id: string): Draft | null | undefined {
  const [begun, setBegun] = useState<Draft | null>();
  useEffect(() => {
    setBegun(undefined);
    void vault.draft(id).then((found) => setBegun(found ?? null));
  }, [vault, id]);
  return begun;
}

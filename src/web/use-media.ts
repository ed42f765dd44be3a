import { useSyncExternalStore } from 'react';

/** Whether a media query holds now, so that of two forms of a list only the fitting one is in the document. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}

/** Room for a table of several columns. */
export const hasRoom = '(min-width: 48rem)';

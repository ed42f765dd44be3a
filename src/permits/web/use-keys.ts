import { useEffect } from 'react';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

/**
 * Runs an action for a key by its place on the keyboard (`KeyJ`), so that it works in both languages;
 * not while something is being typed or a dialog is open.
 */
export function useKeys(actions: { readonly [code: string]: (() => void) | undefined }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector('[role=dialog]')) return;
      const action = actions[event.code];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [actions]);
}

/** Moves the focus to the next (1) or previous (-1) row's link; Enter then opens it, as any link. */
function stepRow(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-row-link]')].filter(
    (link) => link.offsetParent !== null,
  );
  const at = links.indexOf(document.activeElement as HTMLElement);
  const to = links[at < 0 ? 0 : at + by];
  to?.focus();
  to?.scrollIntoView({ block: 'nearest' });
}

/** j and k through the rows of a list. */
export const rowKeys = { KeyJ: () => stepRow(1), KeyK: () => stepRow(-1) } as const;

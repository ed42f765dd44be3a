import { useSyncExternalStore } from 'react';

/** Light, dark, or whatever the device says. */
export type Theme = 'light' | 'dark' | 'system';

const key = 'theme';
const listeners = new Set<() => void>();

function stored(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    // Storage can be forbidden by the browser; the device's choice is a good one then.
    return 'system';
  }
}

/** Puts the chosen theme on `<html>`, where the stylesheet reads it. */
export function applyTheme(): void {
  const theme = stored();
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Chooses a theme and remembers it in this browser. */
export function setTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    document.documentElement.dataset.theme = theme;
  }
  applyTheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

/** The theme chosen in this browser. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, stored);
}

/** Whether the page is dark now; what is drawn on a canvas must be drawn again when it changes. */
export function useIsDark(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => getComputedStyle(document.documentElement).colorScheme === 'dark',
  );
}

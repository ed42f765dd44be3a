import { useSyncExternalStore } from 'react';

/** What the app's worker has to say: the pages are on the phone, or a newer version waits. */
type Installed = { readonly ready: boolean; readonly update: ServiceWorker | null };

let installed: Installed = { ready: false, update: null };
const listeners = new Set<() => void>();
/** How often a phone that stays open asks for a newer version, ms. */
const askAgain = 60 * 60_000;

function set(change: Partial<Installed>): void {
  installed = { ...installed, ...change };
  for (const listener of listeners) listener();
}

/** A version that is there beside the one in use waits; it is never let in unasked. */
function watch(registration: ServiceWorkerRegistration): void {
  const look = () => {
    if (registration.active) set({ ready: true });
    if (registration.waiting && registration.active) set({ update: registration.waiting });
  };
  const follow = () => registration.installing?.addEventListener('statechange', look);
  registration.addEventListener('updatefound', follow);
  follow();
  look();
}

let begun = false;

/** Puts the app's pages on the phone. They answer for nothing outside `/field`. */
export async function install(): Promise<void> {
  if (begun || !('serviceWorker' in navigator)) return;
  begun = true;
  try {
    const how = { scope: '/field', updateViaCache: 'none' } as const;
    const registration = await navigator.serviceWorker.register('/sw.js', how);
    watch(registration);
    setInterval(() => void registration.update().catch(() => {}), askAgain);
  } catch {
    // Without a network there is nothing to install; the next time tries again.
    begun = false;
  }
}

/** Whether the pages are on the phone, and the version that waits to be let in. */
export function useInstalled(): Installed {
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return useSyncExternalStore(listen, () => installed);
}

/** Lets the newer version in and begins anew with it. What was filled in is on the phone already. */
export function letIn(worker: ServiceWorker): void {
  worker.addEventListener('statechange', () => {
    if (worker.state === 'activated') location.reload();
  });
  worker.postMessage({ type: 'SKIP_WAITING' });
}

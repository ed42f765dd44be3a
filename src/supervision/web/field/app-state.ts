import { liveQuery } from 'dexie';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { canSeal } from './seal.ts';
import type { Phone } from './shapes.ts';
import { type Stopped, sendAll } from './sync.ts';
import { database, type Vault } from './vault.ts';

/** Where sending stands. */
export type Sending = {
  readonly busy: boolean;
  readonly stopped: Stopped;
  /** When everything went through last, ms. */
  readonly doneAt: number | null;
  /** When it is tried again, ms. */
  readonly nextAt: number | null;
};

type State = { readonly vault: Vault | null; readonly sending: Sending };

const still: Sending = { busy: false, stopped: null, doneAt: null, nextAt: null };
let state: State = { vault: null, sending: still };
const listeners = new Set<() => void>();

function set(change: Partial<State>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The vault while it is open, and where sending stands. */
export function useAppState(): State {
  return useSyncExternalStore(listen, () => state);
}

/** Rounds follow each other so soon while something is on its way, and later each time that one fails; ms. */
const soon = 2000;
const longest = 300_000;
/** A phone that lies still is locked after so long, ms. */
const idleLock = 15 * 60_000;

let timer: ReturnType<typeof setTimeout> | undefined;
let failures = 0;
let idle: ReturnType<typeof setTimeout> | undefined;

/** Sends what there is now, and again by itself until all is received. */
export async function sendNow(): Promise<void> {
  const { vault, sending } = state;
  clearTimeout(timer);
  if (!vault || sending.busy) return;
  set({ sending: { ...sending, busy: true } });
  const { stopped, more } = await sendAll(vault);
  failures = stopped === null ? 0 : failures + 1;
  const doneAt = stopped === null ? Date.now() : sending.doneAt;
  const needsPerson = stopped === 'signedOut' || stopped === 'revoked' || stopped === 'foreign';
  const pause = pauseAfter(failures);
  const again = more && !needsPerson && state.vault === vault;
  set({ sending: { busy: false, stopped, doneAt, nextAt: again ? Date.now() + pause : null } });
  if (again) timer = setTimeout(sendNow, pause);
}

/** How long to wait after so many failures: twice as long each time, and not all phones at once. */
function pauseAfter(failed: number, chance: number = Math.random()): number {
  return Math.min(soon * 2 ** failed * (0.75 + chance / 2), longest);
}

/** Opens the app with a vault that a PIN has opened. */
export function openApp(vault: Vault): void {
  failures = 0;
  set({ vault, sending: still });
  void vault.sweep();
  void sendNow();
  touch();
}

/** Locks the app: the key is gone from memory. */
export function lockApp(): void {
  clearTimeout(timer);
  clearTimeout(idle);
  set({ vault: null, sending: still });
}

function touch(): void {
  clearTimeout(idle);
  if (state.vault) idle = setTimeout(lockApp, idleLock);
}

addEventListener('online', () => void sendNow());
addEventListener('pointerdown', touch);
addEventListener('keydown', touch);

/** The phone's row as it stands: undefined while it is read, null where there is none. */
export function usePhone(): Phone | null | undefined {
  return useLive(async () => (await database.phone.get('phone')) ?? null, database);
}

/** What the phone's database answers, now and whenever it changes; `open` turns rows into what is shown. */
export function useLive<T>(query: () => Promise<T>, of: unknown): T | undefined;
export function useLive<T, R>(
  query: () => Promise<T>,
  of: unknown,
  open: (rows: T) => Promise<R>,
): R | undefined;
export function useLive(
  query: () => Promise<unknown>,
  of: unknown,
  open: (rows: unknown) => Promise<unknown> = async (rows) => rows,
): unknown {
  const [value, setValue] = useState<unknown>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says of what it is
  useEffect(() => {
    let turn = 0;
    const subscription = liveQuery(query).subscribe((rows) => {
      turn += 1;
      const mine = turn;
      void open(rows).then((opened) => {
        if (mine === turn) setValue(opened);
      });
    });
    return () => {
      turn = -1;
      subscription.unsubscribe();
    };
  }, [of]);
  return value;
}

/** Whether this browser can be a phone of the app at all. */
export const isAble = (): boolean => canSeal() && 'locks' in navigator;

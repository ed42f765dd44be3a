import type { Meaning } from '../../web/ui/Status.tsx';

/** What a supporter's state means to whoever looks at it. */
export function supporterMeaning(state: string): Meaning {
  if (state === 'approved') return 'done';
  return state === 'in_default' ? 'stopped' : 'waiting';
}

/** What a cover's state means. */
export function coverMeaning(state: string): Meaning {
  if (state === 'covered') return 'done';
  if (state === 'seeking') return 'late';
  return state === 'named' ? 'waiting' : 'stopped';
}

/** What the state of an order, a contract or a month's pay means. */
export function workMeaning(state: string): Meaning {
  if (state === 'late') return 'late';
  if (state === 'declined' || state === 'nothing') return 'stopped';
  return state === 'paid' || state === 'done' || state === 'in_force' ? 'done' : 'waiting';
}

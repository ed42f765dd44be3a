import type { Meaning } from '../../../web/ui/Status.tsx';

const meanings: Readonly<Record<string, Meaning>> = {
  settled: 'done',
  delivered: 'done',
  cancelled: 'stopped',
};

/** What the state of a purchase means to whoever waits for it. */
export function purchaseMeaning(state: string): Meaning {
  return meanings[state] ?? 'waiting';
}

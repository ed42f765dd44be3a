import type { Meaning } from '../../../web/ui/Status.tsx';

const meanings: Readonly<Record<string, Meaning>> = {
  filled: 'done',
  accepted: 'done',
  cancelled: 'stopped',
  passed_over: 'stopped',
};

/** What the state of a request or a pledge means to whoever waits for it. */
export const requestMeaning = (state: string): Meaning => meanings[state] ?? 'waiting';

import type { Meaning } from '../../../web/ui/Status.tsx';

const meanings: { readonly [state: string]: Meaning } = {
  paying: 'done',
  paid: 'done',
  settled: 'done',
  late: 'late',
  fallen_due: 'late',
  refused: 'stopped',
  withdrawn: 'stopped',
  void: 'stopped',
};

/** What the state of a plan, a loan or an instalment means to whoever waits for it. */
export const meaningOf = (state: string): Meaning => meanings[state] ?? 'waiting';

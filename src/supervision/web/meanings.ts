import type { Meaning } from '../../web/ui/Status.tsx';

const visits: { readonly [state: string]: Meaning } = {
  passed: 'done',
  to_correct: 'late',
  deviation: 'stopped',
  cancelled: 'stopped',
  void: 'stopped',
};

const deviations: { readonly [state: string]: Meaning } = {
  carried_out: 'done',
  overturned: 'done',
  upheld: 'stopped',
  void: 'stopped',
};

/** What the state of a visit means to whoever waits for it. */
export const visitMeaning = (state: string): Meaning => visits[state] ?? 'waiting';

/** What the state of a deviation means to whoever waits for its decision. */
export const deviationMeaning = (state: string): Meaning => deviations[state] ?? 'waiting';

const parties: { readonly [state: string]: Meaning } = { signed: 'done', excused: 'stopped' };

/** How an agency that was asked to join a visit stands behind it. */
export const partyMeaning = (state: string): Meaning => parties[state] ?? 'waiting';

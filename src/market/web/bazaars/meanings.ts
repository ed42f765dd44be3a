import type { Meaning } from '../../../web/ui/Status.tsx';

const fairs: Readonly<Record<string, Meaning>> = { held: 'done', cancelled: 'stopped' };
const applications: Readonly<Record<string, Meaning>> = {
  allotted: 'done',
  attended: 'done',
  reported: 'done',
  absent: 'late',
  withdrawn: 'stopped',
  called_off: 'stopped',
};

/** What the state of a fair means to whoever waits for it. */
export const fairMeaning = (state: string): Meaning => fairs[state] ?? 'waiting';

/** What the state of an application means to whoever waits for it. */
export const applicationMeaning = (state: string): Meaning => applications[state] ?? 'waiting';

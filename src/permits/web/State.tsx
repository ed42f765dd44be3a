import { type Meaning, Status } from '../../web/ui/Status.tsx';
import { useWords, wordFor } from './words.ts';

const meanings: { readonly [state: string]: Meaning } = {
  submitted: 'waiting',
  needs_correction: 'waiting',
  agency_signed: 'waiting',
  issued: 'done',
  refused: 'stopped',
  withdrawn: 'stopped',
  revoked: 'stopped',
  referred: 'waiting',
  returned: 'waiting',
  file_opened: 'waiting',
  contracted: 'waiting',
  paying: 'done',
  registered: 'done',
};

/** What a state means to whoever waits for it. */
export const meaningOf = (state: string): Meaning => meanings[state] ?? 'waiting';

/** The state of a permit or of its plan, with its one colour, icon and word. */
export function State({ state }: { state: string }) {
  const t = useWords();
  return <Status meaning={meaningOf(state)}>{wordFor(t, 'state', state)}</Status>;
}

import { type Meaning, Status } from '../../web/ui/Status.tsx';
import { useWords, wordFor } from './words.ts';

const meanings: { readonly [state: string]: Meaning } = {
  issued: 'done',
  paying: 'done',
  registered: 'done',
  passed: 'done',
  granted: 'done',
  to_correct: 'late',
  seeking: 'late',
  covered: 'done',
  moved: 'stopped',
  carried_out: 'done',
  overturned: 'done',
  deviation: 'stopped',
  cancelled: 'stopped',
  refused: 'stopped',
  upheld: 'stopped',
  withdrawn: 'stopped',
  revoked: 'stopped',
  void: 'stopped',
};

/** What a state means to whoever waits for it; a state that is no end is one of waiting. */
export const meaningOf = (state: string): Meaning => meanings[state] ?? 'waiting';

/** The state of a permit, or of a plan, with its one colour, icon and word. */
export function State({ state, of = 'permit' }: { state: string; of?: 'permit' | 'plan' }) {
  const t = useWords();
  return (
    <Status meaning={meaningOf(state)}>
      {wordFor(t, of === 'plan' ? 'planState' : 'state', state)}
    </Status>
  );
}

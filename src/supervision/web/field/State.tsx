import { type Meaning, Status } from '../../../web/ui/Status.tsx';
import { useAppState } from './app-state.ts';
import type { KeptRecord, RecordState as State } from './shapes.ts';
import { useWords } from './words.ts';

const meanings: Record<State, Meaning> = {
  kept: 'waiting',
  held: 'waiting',
  waits_photos: 'waiting',
  applied: 'done',
  replaced: 'done',
  kept_office: 'stopped',
  conflict: 'late',
  refused: 'stopped',
};

/** Where a record stands, in a word: kept on the phone, being sent, received, recorded, or with a person. */
export function RecordState({ record }: { record: Pick<KeptRecord, 'state'> }) {
  const t = useWords();
  const { sending } = useAppState();
  const { state } = record;
  const onItsWay = state === 'kept' && sending.busy;
  return (
    <Status meaning={meanings[state]}>{t(onItsWay ? 'state.sending' : `state.${state}`)}</Status>
  );
}

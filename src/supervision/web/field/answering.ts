import type { Answers, Question } from '../../checklist-rules.ts';
import type { Draft, PhotoMeta } from './shapes.ts';
import type { Vault } from './vault.ts';

type Answer = Answers[string];

/** What every answer is given with. */
export type Answering<T extends Answer = Answer> = {
  readonly question: Question;
  readonly value: T | undefined;
  readonly onAnswer: (value: T | undefined) => void;
  readonly vault: Vault;
  /** Agencies that were asked to join and sign. */
  readonly parties: Draft['parties'];
  /** Keeps a picture that an answer is about to name. */
  readonly onPicture: (photo: PhotoMeta) => void;
};

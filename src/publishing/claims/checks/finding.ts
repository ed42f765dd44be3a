import type { Token } from '../../../kit/persian-tokens.ts';
import words from '../about-words.json' with { type: 'json' };
import type { ClaimCheck } from '../contract.ts';
import type { Fact } from '../facts.ts';
import type { Knowledge } from '../knowledge.ts';
import { phraseSet, startsWithPhrase } from '../lexicon.ts';
import type { Scan } from '../mentions.ts';

/** One thing that was checked, before it is put into words. */
export type Finding = {
  readonly kind: ClaimCheck['kind'];
  /** The facts that it is about, in the order in which the note names them. */
  readonly facts: readonly Fact[];
  readonly verdict: ClaimCheck['verdict'];
  /** Which note of `claims.notes`, and numbers to put into it. */
  readonly note: string;
  readonly values?: Readonly<Record<string, number | string>>;
};

/** What a check is given. */
export type Checked = {
  readonly scan: Scan;
  readonly facts: readonly Fact[];
  readonly knowledge: Knowledge;
};

type Cue = keyof typeof words.cues;
const cues = new Map(
  Object.entries(words.cues).map(([name, list]) => [name as Cue, phraseSet(list)]),
);

/** Whether one of a cue's phrases stands among tokens, and where it begins. */
export function cueAt(tokens: readonly Token[], cue: Cue, from: number, to: number): number {
  const phrases = cues.get(cue);
  for (let at = Math.max(0, from); phrases && at < to; at += 1) {
    if (startsWithPhrase(tokens, at, phrases)) return at;
  }
  return -1;
}

/** Whether a cue stands between two tokens. */
export function hasCue({ tokens }: Scan, cue: Cue, from: number, to: number): boolean {
  return cueAt(tokens, cue, from, to) >= 0;
}

/** The first token of a sentence and the one after its last. */
export function spanOf({ sentences }: Scan, sentence: number): { first: number; next: number } {
  return { first: sentences.indexOf(sentence), next: sentences.lastIndexOf(sentence) + 1 };
}

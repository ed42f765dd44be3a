import { Problem } from './problem.ts';

/** One row of a state table: from which states a verb is legal and where it leads. `null` = not yet there. */
export type StepRule<State extends string> = {
  readonly from: readonly (State | null)[];
  readonly to: State;
};

/** The state table of a slice: read by the rules, the routes, the buttons and the database CHECK alike. */
export type StepTable<State extends string, Verb extends string> = {
  readonly states: readonly State[];
  readonly steps: Readonly<Record<Verb, StepRule<State>>>;
};

/** Declares a state table; only checks the types. */
export function defineSteps<State extends string, Verb extends string>(
  states: readonly State[],
  steps: Readonly<Record<Verb, StepRule<State>>>,
): StepTable<State, Verb> {
  return { states, steps };
}

/** Whether `verb` is legal in `state`. */
export function isLegal<State extends string, Verb extends string>(
  table: StepTable<State, Verb>,
  verb: Verb,
  state: State | null,
): boolean {
  return table.steps[verb].from.includes(state);
}

/** The verbs that are legal in `state`, in the order of the table. */
export function availableVerbs<State extends string, Verb extends string>(
  table: StepTable<State, Verb>,
  state: State | null,
): Verb[] {
  return (Object.keys(table.steps) as Verb[]).filter((verb) => isLegal(table, verb, state));
}

/**
 * Where `verb` leads from `state`.
 * @throws Problem `platform.wrong_state` (409) when the table does not allow it
 */
export function nextState<State extends string, Verb extends string>(
  table: StepTable<State, Verb>,
  verb: Verb,
  state: State | null,
): State {
  if (!isLegal(table, verb, state)) {
    throw new Problem('platform.wrong_state', { verb, state: state ?? '' });
  }
  return table.steps[verb].to;
}

import en from '../src/permits/en.ts';
import fa from '../src/permits/fa.ts';
import { holderOf, permitStates, permitSteps } from '../src/permits/rules.ts';

type Names = Readonly<Record<string, string>>;
type Words = { readonly states: Names; readonly verbs: Names; readonly holders: Names };

/** The permit's state table as a Mermaid diagram, in the words of one language. */
function diagram(words: Words): string[] {
  const text = (label: string) => label.replaceAll(/[":;]/g, ' ');
  const verb = (name: string) => text(words.verbs[name.slice('permits.'.length)] ?? name);
  const states = permitStates
    .filter((state) => state !== 'void')
    .map((state) => {
      const holder = holderOf(state);
      const held = holder === 'nobody' ? '' : ` (${words.holders[holder] ?? holder})`;
      return `  state "${text(`${words.states[state] ?? state}${held}`)}" as ${state}`;
    });
  const steps = Object.entries(permitSteps.steps).flatMap(([name, { from, to }]) =>
    from.map((state) => `  ${state ?? '[*]'} --> ${to} : ${verb(name)}`),
  );
  const left = new Set<string | null>(Object.values(permitSteps.steps).flatMap(({ from }) => from));
  const ends = permitStates.filter((state) => state !== 'void' && !left.has(state));
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...states,
    ...steps,
    ...ends.map((state) => `  ${state} --> [*]`),
    '```',
  ];
}

/** Both diagrams as one document. */
export function stateDocument(): string {
  return [
    '# The states of a permit',
    '',
    'Made by `node scripts/diagram.ts` from the state table that routes, buttons and the database share; a test holds it to',
    'that table. In brackets: who has the next move. Taking a step back leads to the state before it, or to nothing.',
    '',
    '## In Persian',
    '',
    ...diagram(fa),
    '',
    '## In English',
    '',
    ...diagram(en),
    '',
  ].join('\n');
}

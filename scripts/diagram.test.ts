import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { permitSteps } from '../src/permits/rules.ts';
import { repositoryFolder } from '../src/platform/config.ts';
import { stateDocument } from './state-diagram.ts';

test('docs/permit-states.md is what the state table says', () => {
  const kept = readFileSync(join(repositoryFolder, 'docs/permit-states.md'), 'utf8');
  expect(kept === stateDocument(), 'run node scripts/diagram.ts').toBe(true);
});

test('every step is in both diagrams, by its words', () => {
  const arrows = stateDocument()
    .split('\n')
    .filter((line) => / --> \w+ : /.test(line));
  const steps = Object.values(permitSteps.steps).flatMap(({ from }) => from);
  expect(arrows).toHaveLength(2 * steps.length);
  expect(arrows.filter((line) => line.includes('permits.'))).toEqual([]);
});

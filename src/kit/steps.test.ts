import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProblem } from './problem.ts';
import { availableVerbs, defineSteps, isLegal, nextState } from './steps.ts';

const door = defineSteps(['open', 'shut', 'locked'] as const, {
  build: { from: [null], to: 'open' },
  shut: { from: ['open'], to: 'shut' },
  lock: { from: ['shut'], to: 'locked' },
  force: { from: ['shut', 'locked'], to: 'open' },
});

describe('a state table', () => {
  test.each([
    [null, ['build']],
    ['open', ['shut']],
    ['shut', ['lock', 'force']],
    ['locked', ['force']],
  ] as const)('in %s allows %j', (state, verbs) => {
    expect(availableVerbs(door, state)).toEqual(verbs);
  });

  test('leads where it says', () => {
    expect(nextState(door, 'force', 'locked')).toBe('open');
  });

  test('refuses what it does not list, and says what and where', () => {
    const refused = () => nextState(door, 'lock', 'open');
    expect(refused).toThrow('platform.wrong_state');
    try {
      refused();
    } catch (error) {
      expect(isProblem(error) && error.details).toEqual({ verb: 'lock', state: 'open' });
    }
  });

  test('never leaves its states, whatever is tried in whatever order', () => {
    const verbs = fc.constantFrom('build', 'shut', 'lock', 'force') as fc.Arbitrary<'shut'>;
    fc.assert(
      fc.property(fc.array(verbs), (tried) => {
        let state: (typeof door.states)[number] | null = null;
        for (const verb of tried) {
          if (isLegal(door, verb, state)) state = nextState(door, verb, state);
        }
        expect([null, ...door.states]).toContain(state);
      }),
    );
  });
});

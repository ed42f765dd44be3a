import { expect, test } from 'vitest';
import { machine } from './measure.ts';
import { reportOf } from './report.ts';

const claim = { id: 'fast', value: 12.34567, unit: 'ms', against: 'a bare one', target: '≤ 2' };

test('says what was measured, beside what, and what misses', () => {
  const claims = [
    { ...claim, ratio: 1.5, holds: true },
    { ...claim, id: 'slow', ratio: null, holds: false },
  ];
  const answer = { bench: 'a', machine: machine(), claims };
  const found = new Map([
    ['a', { measuredOn: '2026-11-29', answer }],
    ['b', undefined],
  ]);
  const text = reportOf(found);
  expect(text).toContain('1 of 2 claims hold');
  expect(text).toContain('| fast | 12.35 ms | 1.5 × a bare one | ≤ 2 | holds |');
  expect(text).toContain('| slow | 12.35 ms | a bare one | ≤ 2 | **misses** |');
  expect(text).toContain('## b\n\n`npm run bench -- b`, [what it does](../bench/b/README.md). Not');
  const other = {
    bench: 'b',
    machine: machine(),
    claims: [{ ...claim, ratio: null, holds: true }],
  };
  const more = reportOf(
    new Map([...found, ['b', { measuredOn: '2026-11-30', answer: other }]]),
    text,
  );
  expect(more).toContain('2 of 3 claims hold');
  // What is not measured here any more stays as it was measured.
  expect(
    reportOf(
      new Map([
        ['a', undefined],
        ['b', undefined],
      ]),
      more,
    ),
  ).toBe(more);
});

import { expect, test } from 'vitest';
import { disagreements } from '../../../test/loan-agreement.ts';

test('a calculator written apart agrees to the rial on 100,000 random loans', () => {
  expect(disagreements(10_000, 100_000)).toEqual([]);
}, 600_000);

import { test } from 'vitest';
import { throwHistories } from '../../test/plan-histories.ts';

test('no tranche is ordered before its gate in 10,000 histories', async () => {
  await throwHistories(10_000);
}, 3_600_000);

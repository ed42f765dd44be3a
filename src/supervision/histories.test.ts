import { test } from 'vitest';
import { throwHistories } from '../../test/plan-histories.ts';

test('no tranche is ordered before its gate, whatever happens in whatever order', async () => {
  await throwHistories(20);
}, 120_000);

import { test } from 'vitest';
import { throwHistories } from '../../test/plan-histories.ts';

/** 500 by themselves; KARKHANEH_HISTORIES=10000 throws ten thousand, which takes more than half an hour. */
const histories = Number(process.env.KARKHANEH_HISTORIES ?? 500);

test(
  `no tranche is ordered before its gate in ${histories} histories`,
  async () => {
    await throwHistories(histories);
  },
  4 * 3_600_000,
);

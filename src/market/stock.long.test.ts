import { test } from 'vitest';
import { expectStockHolds } from '../../test/random-stock.ts';

test(
  'stock holds over 100,000 random moves, sixteen at once',
  () => expectStockHolds(Number(process.env.KARKHANEH_OPERATIONS ?? 100_000)),
  900_000,
);

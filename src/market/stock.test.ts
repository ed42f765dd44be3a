import { test } from 'vitest';
import { expectStockHolds } from '../../test/random-stock.ts';

test('stock holds over random moves, sixteen at once', () => expectStockHolds(400));

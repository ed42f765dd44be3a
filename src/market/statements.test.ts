import { test } from 'vitest';
import { expectStatementsHold } from '../../test/random-orders.ts';

test(
  'statements add up to the ledger over random orders, returns and payouts',
  () => expectStatementsHold(500),
  120_000,
);

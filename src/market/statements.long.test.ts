import { test } from 'vitest';
import { expectStatementsHold } from '../../test/random-orders.ts';

test(
  'statements add up to the ledger over 20,000 random orders, returns and payouts',
  () => expectStatementsHold(Number(process.env.KARKHANEH_ORDERS ?? 20_000)),
  900_000,
);

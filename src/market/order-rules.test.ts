import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkReturnWindow,
  dueOf,
  type MarketAccount,
  type MarketTransfer,
  orderStates,
  orderSteps,
  stepsFor,
  transfersOfPayment,
  transfersOfPayout,
  transfersOfRefund,
  transfersOfReturn,
  transfersOfSale,
} from './order-rules.ts';

const balance = (rows: readonly MarketTransfer[], account: MarketAccount) =>
  rows.reduce(
    (sum, { debit, credit, amount }) =>
      sum + (credit === account ? amount : 0n) - (debit === account ? amount : 0n),
    0n,
  );

const sum = fc.bigInt({ min: 1n, max: 10n ** 13n });
const order = fc.record({
  pays: fc.constantFrom('online' as const, 'on_delivery' as const),
  goodsRial: sum,
  commissionBp: fc.integer({ min: 0, max: 5000 }),
});

test('a sale that comes back whole leaves nobody owing anything, whatever the commission', () => {
  fc.assert(
    fc.property(order, (it) => {
      const online = it.pays === 'online';
      const rows = [
        ...(online ? transfersOfPayment(it.goodsRial) : []),
        ...transfersOfSale(it),
        ...transfersOfReturn(it, it.goodsRial),
        ...(online ? transfersOfRefund(it.goodsRial) : []),
      ];
      for (const account of ['gateway', 'held', 'maker', 'cash', 'commission'] as const) {
        expect([account, balance(rows, account)]).toEqual([account, 0n]);
      }
    }),
  );
});

test('what is due is the price of what stayed sold less its commission, and the cash in hand', () => {
  fc.assert(
    fc.property(order, fc.bigInt({ min: 0n, max: 10n ** 13n }), (it, some) => {
      const back = some % (it.goodsRial + 1n);
      const rows = [...transfersOfSale(it), ...transfersOfReturn(it, back)];
      const kept = it.goodsRial - back;
      const commission = balance(rows, 'commission');
      const cash = it.pays === 'online' ? 0n : kept;
      expect(dueOf(rows)).toBe(kept - commission - cash);
      expect(dueOf([...rows, ...transfersOfPayout(kept)])).toBe(dueOf(rows) - kept);
    }),
  );
});

test('no commission is taken where the setting says nought', () => {
  const it = { pays: 'online', goodsRial: 1000n, commissionBp: 0 } as const;
  expect(transfersOfSale(it).map(({ kind }) => kind)).toEqual(['sold']);
});

test('something can be sent back up to the last day', () => {
  expect(() => checkReturnWindow('2022-06-22', 7, '2022-06-29')).not.toThrow();
  expect(() => checkReturnWindow('2022-06-22', 7, '2022-06-30')).toThrow('market.return_too_late');
});

test('a party is offered exactly the legal steps that are theirs', () => {
  expect(stepsFor('buyer', 'placed')).toEqual(['market.cancelOrder']);
  expect(stepsFor('maker', 'placed')).toEqual(['market.declineOrder', 'market.acceptOrder']);
  expect(stepsFor('office', 'placed')).toEqual([]);
  for (const state of orderStates) {
    for (const verb of stepsFor('maker', state)) {
      expect(orderSteps.steps[verb].from).toContain(state);
    }
  }
});

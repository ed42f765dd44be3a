import { addDays, type IsoDate } from '../kit/jalali.ts';
import { Problem } from '../kit/problem.ts';
import { basisPoints, rial } from '../kit/rial.ts';
import { defineSteps } from '../kit/steps.ts';

export const orderStates = [
  'unpaid',
  'placed',
  'accepted',
  'sent',
  'delivered',
  'return_asked',
  'returned',
  'cancelled',
] as const;
export type OrderState = (typeof orderStates)[number];

/**
 * The state table of an order. One that is paid for online waits for the gateway's word; goods are kept
 * for it until then, and freed again when it lapses.
 */
export const orderSteps = defineSteps(orderStates, {
  'market.reserve': { from: [null], to: 'unpaid' },
  'market.order': { from: [null], to: 'placed' },
  'market.receivePayment': { from: ['unpaid'], to: 'placed' },
  'market.lapse': { from: ['unpaid'], to: 'cancelled' },
  'market.cancelOrder': { from: ['unpaid', 'placed'], to: 'cancelled' },
  'market.declineOrder': { from: ['unpaid', 'placed', 'accepted'], to: 'cancelled' },
  'market.acceptOrder': { from: ['placed'], to: 'accepted' },
  'market.sendOrder': { from: ['accepted'], to: 'sent' },
  'market.deliverOrder': { from: ['sent'], to: 'delivered' },
  'market.askReturn': { from: ['delivered'], to: 'return_asked' },
  'market.acceptReturn': { from: ['return_asked'], to: 'returned' },
  'market.refuseReturn': { from: ['return_asked'], to: 'delivered' },
});
export type OrderVerb = keyof typeof orderSteps.steps;

/** Who somebody is towards one order. */
export const parties = ['buyer', 'maker', 'office'] as const;
export type Party = (typeof parties)[number];

/** Which party takes which step; what nobody is named for, the gateway or the clock does. */
export const stepParties: Readonly<Partial<Record<OrderVerb, readonly Party[]>>> = {
  'market.cancelOrder': ['buyer'],
  'market.declineOrder': ['maker'],
  'market.acceptOrder': ['maker'],
  'market.sendOrder': ['maker'],
  'market.deliverOrder': ['buyer', 'maker'],
  'market.askReturn': ['buyer'],
  'market.acceptReturn': ['maker', 'office'],
  'market.refuseReturn': ['maker', 'office'],
};

/** The steps that a party may take on an order in a state. */
export function stepsFor(party: Party, state: OrderState): OrderVerb[] {
  const verbs = Object.keys(orderSteps.steps) as OrderVerb[];
  return verbs.filter(
    (verb) => orderSteps.steps[verb].from.includes(state) && stepParties[verb]?.includes(party),
  );
}

/**
 * Whether something may still be sent back.
 * @throws Problem `market.return_too_late` (409)
 */
export function checkReturnWindow(deliveredOn: string, returnDays: number, today: string): void {
  const until = addDays(deliveredOn as IsoDate, returnDays);
  if (today > until) throw new Problem('market.return_too_late', { until });
}

/** The accounts of the market: money at the gateway, held for orders, owed to a maker, in their hands, … */
export type MarketAccount = 'gateway' | 'held' | 'maker' | 'cash' | 'commission' | 'bank';

/** An amount taken from one account (credit) to another (debit); rial, more than zero. */
export type MarketTransfer = {
  readonly kind:
    | 'paid'
    | 'sold'
    | 'commission'
    | 'returned'
    | 'commission_returned'
    | 'refunded'
    | 'paid_out';
  readonly debit: MarketAccount;
  readonly credit: MarketAccount;
  readonly amount: bigint;
};

/** What of an order its money looks at. */
export type OrderMoney = {
  readonly pays: 'online' | 'on_delivery';
  readonly goodsRial: bigint;
  readonly commissionBp: number;
};

const positive = (rows: readonly MarketTransfer[]) => rows.filter(({ amount }) => amount > 0n);

function commissionOf(amount: bigint, bp: number): bigint {
  return basisPoints(rial(amount), bp);
}

/** What a payment through the gateway moves: it is held until the goods are there. */
export function transfersOfPayment(amount: bigint): MarketTransfer[] {
  return positive([{ kind: 'paid', debit: 'gateway', credit: 'held', amount }]);
}

/** What a delivery moves: what was held, or the cash in the maker's own hands, becomes the maker's. */
export function transfersOfSale({ pays, goodsRial, commissionBp }: OrderMoney): MarketTransfer[] {
  const amount = commissionOf(goodsRial, commissionBp);
  return positive([
    {
      kind: 'sold',
      debit: pays === 'online' ? 'held' : 'cash',
      credit: 'maker',
      amount: goodsRial,
    },
    { kind: 'commission', debit: 'maker', credit: 'commission', amount },
  ]);
}

/** What an accepted return moves: the other way, the commission of the returned part with it. */
export function transfersOfReturn(
  { pays, goodsRial, commissionBp }: OrderMoney,
  amount: bigint,
): MarketTransfer[] {
  const kept = commissionOf(goodsRial - amount, commissionBp);
  const back = commissionOf(goodsRial, commissionBp) - kept;
  return positive([
    { kind: 'returned', debit: 'maker', credit: pays === 'online' ? 'held' : 'cash', amount },
    { kind: 'commission_returned', debit: 'commission', credit: 'maker', amount: back },
  ]);
}

/** What a refund by the gateway moves. */
export function transfersOfRefund(amount: bigint): MarketTransfer[] {
  return positive([{ kind: 'refunded', debit: 'held', credit: 'gateway', amount }]);
}

/** What a payout moves. */
export function transfersOfPayout(amount: bigint): MarketTransfer[] {
  return positive([{ kind: 'paid_out', debit: 'maker', credit: 'bank', amount }]);
}

/** What transfers add to what the programme owes a maker: theirs, less the cash they hold already. */
export function dueOf(rows: readonly MarketTransfer[]): bigint {
  const own = (account: MarketAccount) => account === 'maker' || account === 'cash';
  return rows.reduce(
    (sum, { debit, credit, amount }) =>
      sum + (own(credit) ? amount : 0n) - (own(debit) ? amount : 0n),
    0n,
  );
}

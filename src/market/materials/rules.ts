import { Problem } from '../../kit/problem.ts';
import { type Rial, rial, roundDiv } from '../../kit/rial.ts';
import { splitByWeight } from '../../kit/split.ts';
import { defineSteps } from '../../kit/steps.ts';
import type { Standing } from '../rules.ts';

/** Quantities are whole thousandths of a material's unit: grams of a kilogram, millimetres of a metre. */
const QUANTITY_SCALE = 1000n;

/** The units of materials, with the smallest quantity of each that can be asked for and handed out. */
const smallest = {
  kilogram: 1n,
  metre: 10n,
  square_metre: 10n,
  litre: 10n,
  piece: QUANTITY_SCALE,
  hank: QUANTITY_SCALE,
} as const;
export const units = Object.keys(smallest) as readonly (keyof typeof smallest)[];

/** The smallest quantity of a unit, in thousandths of it; a unit that is not known is whole. */
export function stepOfUnit(unit: string): bigint {
  return (smallest as Readonly<Record<string, bigint>>)[unit] ?? QUANTITY_SCALE;
}

export const purchaseStates = [
  'open',
  'closed',
  'ordered',
  'delivered',
  'settled',
  'cancelled',
] as const;
export type PurchaseState = (typeof purchaseStates)[number];

/** The state table of a pooled purchase. */
export const purchaseSteps = defineSteps(purchaseStates, {
  'market.openPurchase': { from: [null], to: 'open' },
  'market.closePurchase': { from: ['open'], to: 'closed' },
  'market.chooseOffer': { from: ['closed'], to: 'ordered' },
  'market.deliverPart': { from: ['ordered'], to: 'ordered' },
  'market.deliverRest': { from: ['ordered'], to: 'delivered' },
  'market.settlePurchase': { from: ['delivered'], to: 'settled' },
  'market.cancelPurchase': { from: ['open', 'closed'], to: 'cancelled' },
});
export type PurchaseVerb = keyof typeof purchaseSteps.steps;

export const needStates = [
  'stated',
  'joined',
  'allotted',
  'collected',
  'left',
  'given',
  'returned',
  'withdrawn',
] as const;
export type NeedState = (typeof needStates)[number];

/** The state table of one maker's need; what was not collected is given to another of the pool or goes back. */
export const needSteps = defineSteps(needStates, {
  'market.stateNeed': { from: [null], to: 'stated' },
  'market.joinPurchase': { from: ['stated'], to: 'joined' },
  'market.leavePurchase': { from: ['joined'], to: 'stated' },
  'market.withdrawNeed': { from: ['stated'], to: 'withdrawn' },
  'market.allotShare': { from: ['joined'], to: 'allotted' },
  'market.missOut': { from: ['joined'], to: 'stated' },
  'market.collectPart': { from: ['allotted'], to: 'allotted' },
  'market.collectRest': { from: ['allotted'], to: 'collected' },
  'market.leaveBehind': { from: ['allotted'], to: 'left' },
  'market.giveLeftover': { from: ['left'], to: 'given' },
  'market.returnLeftover': { from: ['left'], to: 'returned' },
});
export type NeedVerb = keyof typeof needSteps.steps;

/** Verbs that change no state: a payment of a share, and taking what another left behind. */
export const besideVerbs = {
  'market.payShare': ['allotted', 'collected', 'left', 'given', 'returned'],
  'market.takeOver': ['allotted', 'collected'],
} as const satisfies Readonly<Record<string, readonly NeedState[]>>;
export type BesideVerb = keyof typeof besideVerbs;

/** States in which nothing of a share is open any more. */
export const doneNeeds: readonly NeedState[] = ['collected', 'given', 'returned'];

/** From this quantity on, a unit costs so much. */
export type Break = { readonly from: bigint; readonly unitRial: bigint };

/** What a supplier offers for a purchase as a whole. */
export type Offer = {
  readonly id: string;
  /** In the order of their quantities. */
  readonly breaks: readonly Break[];
  /** For bringing all of it to the delivery points. */
  readonly freightRial: bigint;
  /** The most that the supplier has; null = whatever is asked. */
  readonly most: bigint | null;
};

/**
 * Holds an offer to its shape: breaks in ascending order, and no unit dearer for buying more.
 * @throws Problem `market.breaks_wrong` (422)
 */
export function checkBreaks(breaks: readonly Break[], most: bigint | null): void {
  const rising = breaks.every((one, at) => {
    const before = breaks[at - 1];
    return !before || (one.from > before.from && one.unitRial < before.unitRial);
  });
  const least = breaks[0]?.from ?? 0n;
  if (least <= 0n || !rising || (most !== null && most < least)) {
    throw new Problem('market.breaks_wrong');
  }
}

/** What an offer comes to for a quantity; `quantity` is less than was asked where the supplier has less. */
export type Quote = {
  readonly quantity: bigint;
  readonly unitRial: bigint;
  readonly priceRial: Rial;
  readonly freightRial: Rial;
};

/** The quote of an offer for a quantity; undefined where that is less than the offer's first break. */
export function quoteFor(offer: Offer, wanted: bigint): Quote | undefined {
  const quantity = offer.most !== null && offer.most < wanted ? offer.most : wanted;
  const unitRial = offer.breaks.findLast(({ from }) => from <= quantity)?.unitRial;
  if (unitRial === undefined) return undefined;
  const priceRial = rial(roundDiv(quantity * unitRial, QUANTITY_SCALE));
  return { quantity, unitRial, priceRial, freightRial: rial(offer.freightRial) };
}

/** One maker's part of what was ordered. */
export type Share = {
  readonly quantity: bigint;
  readonly priceRial: Rial;
  readonly freightRial: Rial;
  /** Against the recorded retail price; 0 where none was recorded. */
  readonly savedRial: Rial;
};

/**
 * The makers' shares of a quote, in the order of `wanted`: quantity in whole steps, price, freight and what was
 * saved each split by largest remainder, so that each sums to the whole to the rial.
 * @param wanted each maker's quantity, a multiple of `step`
 * @param step the smallest part that can be handed out (1000 for pieces)
 */
export function sharesOf(
  quote: Quote,
  wanted: readonly bigint[],
  step: bigint,
  retailUnitRial: bigint | null,
): Share[] {
  const steps = splitByWeight(quote.quantity / step, wanted);
  const quantities = steps.map((one) => one * step);
  const price = splitByWeight(quote.priceRial, quantities);
  const freight = splitByWeight(quote.freightRial, quantities);
  const saved = splitByWeight(savedBy(quote, retailUnitRial), quantities);
  return quantities.map((quantity, at) => ({
    quantity,
    priceRial: rial(price[at] ?? 0n),
    freightRial: rial(freight[at] ?? 0n),
    savedRial: rial(saved[at] ?? 0n),
  }));
}

/** What a purchase saved against buying the same at the retail price; never less than nothing. */
function savedBy(quote: Quote, retailUnitRial: bigint | null): Rial {
  if (retailUnitRial === null) return rial(0);
  const retail = roundDiv(quote.quantity * retailUnitRial, QUANTITY_SCALE);
  const saved = retail - quote.priceRial - quote.freightRial;
  return rial(saved > 0n ? saved : 0n);
}

/** A part of a share that changes hands: its price and freight, and the rest's, together the share's. */
export function partOf(
  share: Readonly<Record<keyof Share, bigint>>,
  quantity: bigint,
): { priceRial: Rial; freightRial: Rial; savedRial: Rial } {
  const part = (amount: bigint) =>
    rial(splitByWeight(amount, [quantity, share.quantity - quantity])[0] ?? 0n);
  return {
    priceRial: part(share.priceRial),
    freightRial: part(share.freightRial),
    savedRial: part(share.savedRial),
  };
}

/** Whether a purchase has what it was waiting for: its day has passed, or its quantity is together. */
export function isRipe(
  { closesOn, enough }: { closesOn: string; enough: bigint | null },
  pooled: bigint,
  today: string,
): 'day' | 'quantity' | undefined {
  if (enough !== null && pooled >= enough) return 'quantity';
  return today > closesOn ? 'day' : undefined;
}

/** One maker's price in the past, as the history of prices reads it. */
export type PaidPrice = {
  readonly month: string;
  readonly personId: string;
  readonly quantity: bigint;
  readonly rial: bigint;
};

/** What makers paid for a unit in a month, on the whole. */
export type PriceCell = {
  readonly month: string;
  readonly makers: number;
  readonly quantity: bigint;
  readonly unitRial: Rial;
};

/**
 * What makers of one county paid for one material, by month, the newest first. A month in which fewer than
 * `least` makers bought is not shown, so that nobody's price is told; nor is it hidden in any total.
 */
export function priceHistory(paid: readonly PaidPrice[], least: number): PriceCell[] {
  const cells = [...Map.groupBy(paid, ({ month }) => month)].map(([month, rows]) => {
    const quantity = rows.reduce((sum, row) => sum + row.quantity, 0n);
    const amount = rows.reduce((sum, row) => sum + row.rial, 0n);
    const makers = new Set(rows.map(({ personId }) => personId)).size;
    return { month, makers, quantity, amount };
  });
  return cells
    .filter(({ makers, quantity }) => makers >= least && quantity > 0n)
    .sort((a, b) => (a.month < b.month ? 1 : -1))
    .map(({ amount, ...cell }) => ({
      ...cell,
      unitRial: rial(roundDiv(amount * QUANTITY_SCALE, cell.quantity)),
    }));
}

export const supplierKinds = ['cooperative', 'supporter', 'shop'] as const;
export type SupplierKind = (typeof supplierKinds)[number];

/** What a supporter is worth as a supplier today; `unnamed` is one of before they had to say which. */
export const supporterStandings = [
  'good',
  'unnamed',
  'not_assessed',
  'in_default',
  'permit_not_valid',
] as const;
export type SupporterStanding = (typeof supporterStandings)[number];

/**
 * What a supporter is worth as a supplier, by its state and its permit's standing on the day: asked each time,
 * never kept beside the supplier.
 */
export function supporterStandingOf(
  state: 'applied' | 'approved' | 'in_default' | undefined,
  permit: Standing | undefined,
): SupporterStanding {
  if (permit !== 'valid') return 'permit_not_valid';
  if (state === 'in_default') return 'in_default';
  return state === 'approved' ? 'good' : 'not_assessed';
}

/**
 * Whether a supplier may be registered, make an offer and have it chosen, by its supporter's standing.
 * @throws Problem `market.supporter_not_good` (409)
 */
export function checkSupporter(standing: SupporterStanding): void {
  if (standing !== 'good') throw new Problem('market.supporter_not_good', { standing });
}

/** A supplier of the kind `supporter` names one, and no other does. @throws Problem `market.supporter_unnamed` (422) */
export function checkNamed(kind: SupplierKind, supporter: string | undefined): void {
  if ((kind === 'supporter') !== (supporter !== undefined)) {
    throw new Problem('market.supporter_unnamed');
  }
}

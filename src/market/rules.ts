import { compactKey, searchKey } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';

/** What is sold: lying ready, made when it is ordered, or done for somebody. */
export const productKinds = ['ready', 'to_order', 'service'] as const;
export type ProductKind = (typeof productKinds)[number];

/** How far a maker sends. */
export const reaches = ['country', 'province', 'county', 'pick_up'] as const;
export type Reach = (typeof reaches)[number];

/** What food has to warn of; the list that labels of food commonly name, assumed for here. */
export const allergens = [
  'gluten',
  'milk',
  'egg',
  'nuts',
  'peanut',
  'sesame',
  'soy',
  'fish',
  'mustard',
] as const;

/** What a stall's permit is worth on a day. */
export const standings = ['valid', 'suspended', 'expired', 'revoked', 'ended'] as const;
export type Standing = (typeof standings)[number];

/** States of a case whose permit is good while its days last. */
export const sellingStates = ['issued', 'renewal_asked', 'renewal_signed'] as const;

/**
 * What the permit behind a stall is worth today, by the state of its case and its last day: asked each
 * time, never kept beside the stall.
 */
export function standingOf(
  permit: { readonly state: string; readonly validUntil: string },
  today: string,
): Standing {
  const { state, validUntil } = permit;
  if (state === 'suspended' || state === 'ended') return state;
  if (state === 'expired') return 'expired';
  if (!sellingStates.some((one) => one === state)) return 'revoked';
  return validUntil < today ? 'expired' : 'valid';
}

/** Whether a stall is on show at all: a suspended one is, and says why; a revoked one is not. */
export function isShown(standing: Standing): boolean {
  return standing === 'valid' || standing === 'suspended';
}

/**
 * Whether a stall may be opened, or may sell, under a permit.
 * @throws Problem `market.permit_not_valid` (409)
 */
export function checkStanding(standing: Standing): void {
  if (standing !== 'valid') throw new Problem('market.permit_not_valid', { standing });
}

/** What of a product its rules look at. */
export type ProductTerms = {
  readonly food: boolean;
  readonly ingredients: string;
  readonly healthNumber: string | null;
};

/**
 * Whether a product may be shown: food says what is in it and under which health number it is made.
 * @throws Problem `market.ingredients_missing`, `market.health_number_missing` (422)
 */
export function checkProduct({ food, ingredients, healthNumber }: ProductTerms): void {
  if (!food) return;
  if (ingredients === '') throw new Problem('market.ingredients_missing');
  if (healthNumber === null) throw new Problem('market.health_number_missing');
}

/** Words shorter than this find nothing by themselves. */
const leastLetters = 2;

/** The words of texts in their form for searching, each once; joined words stay findable both ways. */
export function wordsOf(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => {
    const apart = searchKey(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length >= leastLetters);
    const joined = text.split(/\s+/).filter((part) => part.includes('\u200c'));
    return [...apart, ...joined.map(compactKey)];
  });
  return [...new Set(words)];
}

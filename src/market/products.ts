import { type Selectable, sql } from 'kysely';
import { getOccupation, type Reference } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { DB, Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Written } from './found-keys.ts';
import { allergens, checkProduct, type ProductKind, type Reach, wordsOf } from './rules.ts';
import { marksOf } from './search-terms.ts';
import { makesFood } from './stalls.ts';
import { moveStock } from './stock.ts';

export type ProductRow = Selectable<DB['products']>;
type StallRow = Selectable<DB['stalls']>;

/** A product as its maker describes it. */
export type ProductInput = {
  readonly title: string;
  readonly about?: string;
  readonly kind: ProductKind;
  readonly unit: string;
  readonly priceRial: string;
  readonly leadDays: number;
  readonly sendsTo: Reach;
  readonly ingredients?: string;
  readonly allergens?: readonly string[];
  readonly healthNumber?: string;
  readonly keepsDays?: number;
  readonly state?: 'listed' | 'hidden';
};

/**
 * A stall of the principal's own, as row security shows it.
 * @throws Problem `platform.not_found` (404)
 */
export async function getOwnStall(tx: Tx, provinceId: number, id: string): Promise<StallRow> {
  const row = await tx
    .selectFrom('stalls')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/**
 * A product of the principal's own, as row security shows it, locked.
 * @throws Problem `platform.not_found` (404)
 */
export async function getOwnProduct(tx: Tx, provinceId: number, id: string): Promise<ProductRow> {
  const row = await tx
    .selectFrom('products')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/** A product's columns as its maker's description says them. */
function described(reference: Reference, occupationId: string, input: ProductInput) {
  const food = makesFood(reference, occupationId);
  const ingredients = normaliseText(input.ingredients ?? '');
  const healthNumber = normaliseText(input.healthNumber ?? '') || null;
  checkProduct({ food, ingredients, healthNumber });
  return {
    kind: input.kind,
    state: input.state ?? 'listed',
    title: normaliseText(input.title),
    about: normaliseText(input.about ?? ''),
    unit: normaliseText(input.unit),
    price_rial: BigInt(input.priceRial),
    lead_days: input.leadDays,
    sends_to: input.sendsTo,
    food,
    ingredients,
    allergens: allergens.filter((one) => input.allergens?.includes(one)),
    health_number: healthNumber,
    keeps_days: input.keepsDays ?? null,
  };
}

/** The words that find a product: its own, its stall's, and those of its occupation as people say them. */
function findingWords(reference: Reference, stall: StallRow, title: string): string[] {
  const { name_fa, name_en, aliases } = getOccupation(reference, stall.occupation_id);
  return wordsOf([title, stall.name, name_fa, name_en, ...aliases]);
}

/** Words as the index takes them, with the marks of place and trade among them. */
function marked(stall: StallRow, words: readonly string[]): string[] {
  const { province_id: province, county_id: county, occupation_id: occupation } = stall;
  return [...words, ...marksOf({ province, county, occupation })];
}

const indexed = (words: readonly string[]) => sql<string>`array_to_tsvector(${words}::text[])`;

/** A product as it was written, for the searches that it fits. */
function written(id: string, kind: ProductKind, stall: StallRow, words: readonly string[]) {
  return { id, kind, stallId: stall.id, words: new Set(words) };
}

async function keepWords(tx: Tx, provinceId: number, words: readonly string[]): Promise<void> {
  await sql`insert into catalogue_words (province_id, word)
    select ${provinceId}::integer, i.word from unnest(${words}::text[]) as i(word)
    order by i.word on conflict do nothing`.execute(tx);
}

/**
 * Puts a product into a stall, with what is on hand of it.
 * @returns it as the searches that are kept need to know it
 * @throws Problem `market.ingredients_missing`, `market.health_number_missing` (422)
 */
export async function addProduct(
  tx: Tx,
  act: Act,
  reference: Reference,
  stall: StallRow,
  input: ProductInput & { readonly onHand: number },
): Promise<Written> {
  const id = uuid7(act.now.getTime());
  const columns = described(reference, stall.occupation_id, input);
  const words = findingWords(reference, stall, columns.title);
  const all = marked(stall, words);
  await tx
    .insertInto('products')
    .values({
      ...columns,
      ...{ province_id: act.provinceId, id, stall_id: stall.id, case_id: stall.case_id },
      ...{ person_id: stall.person_id, county_id: stall.county_id },
      ...{ occupation_id: stall.occupation_id, on_hand: 0 },
      words: indexed(all),
      ...{ listed_at: act.now, recorded_at: act.now },
    })
    .execute();
  await keepWords(tx, act.provinceId, words);
  await moveStock(tx, act, [{ productId: id, kind: 'made', quantity: input.onHand }]);
  return written(id, input.kind, stall, all);
}

/**
 * Describes a product anew. Orders keep the words and the price that they were made at.
 * @returns as {@link addProduct}, and throws as that
 */
export async function changeProduct(
  tx: Tx,
  act: Act,
  reference: Reference,
  product: ProductRow,
  input: ProductInput,
): Promise<Written> {
  const stall = await getOwnStall(tx, act.provinceId, product.stall_id);
  const columns = described(reference, product.occupation_id, input);
  const words = findingWords(reference, stall, columns.title);
  const all = marked(stall, words);
  await tx
    .updateTable('products')
    .set({ ...columns, words: indexed(all) })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', product.id)
    .execute();
  await keepWords(tx, act.provinceId, words);
  return written(product.id, input.kind, stall, all);
}

/**
 * Sets what is on hand: the difference to what the maker saw is moved, so that what was sold meanwhile
 * stays sold.
 * @throws Problem `market.sold_out` (409)
 */
export async function setStock(
  tx: Tx,
  act: Act,
  product: ProductRow,
  { was, onHand }: { readonly was: number; readonly onHand: number },
): Promise<void> {
  const kind = onHand > was ? 'made' : 'counted';
  await moveStock(tx, act, [{ productId: product.id, kind, quantity: onHand - was }]);
}

import type { Reference } from '../accounts/index.ts';
import { decodeCode } from '../kit/code.ts';
import type { Database } from '../platform/database.ts';
import { type CatalogueQuery, findShown } from './find-products.ts';
import { knownOf } from './known-words.ts';
import type { CatalogueLine } from './lines.ts';
import { productKinds } from './rules.ts';
import { mendTerms, termsOf } from './search-terms.ts';

export type CatalogueFound = {
  readonly items: readonly CatalogueLine[];
  readonly hasMore: boolean;
  /** The words that were taken for mistyped ones; empty when all were known. */
  readonly taken: readonly string[];
};

/** How many products a page of the catalogue has. */
const pageSize = 24;

/**
 * Products on show whose stall is open and whose permit is good today, the newest first. Every word has to
 * be one of a product's words, or what people mean by it; a word that no product has, the beginning of one.
 */
export async function searchCatalogue(
  database: Database,
  asked: CatalogueQuery,
  limit = pageSize,
): Promise<CatalogueFound> {
  const { vocabulary, common } = await knownOf(database);
  const terms = termsOf(asked.q ?? '', vocabulary);
  const found = await findShown(database, { ...asked, terms, common }, limit);
  if (found.length > 0 || terms.length === 0) return toFound(found, limit, []);
  const mended = mendTerms(terms, vocabulary);
  if (!mended) return toFound([], limit, []);
  const again = await findShown(database, { ...asked, terms: mended.terms, common }, limit);
  return toFound(again, limit, again.length > 0 ? mended.taken : []);
}

function toFound(rows: readonly CatalogueLine[], limit: number, taken: readonly string[]) {
  return { items: rows.slice(0, limit), hasMore: rows.length > limit, taken };
}

/** What a query's texts ask for, as far as they name something that is there. */
export function readCatalogueQuery(
  reference: Reference,
  given: Readonly<Record<string, string | undefined>>,
  today: string,
): CatalogueQuery {
  const number = (text: string | undefined) => (/^\d{1,4}$/.test(text ?? '') ? Number(text) : -1);
  const province = number(given.province);
  const county = number(given.county);
  const occupation = given.occupation ?? '';
  return {
    q: given.q?.slice(0, 100),
    province: reference.provinces.has(province) ? province : undefined,
    county: isWithin(reference.counties.get(county), province) ? county : undefined,
    occupation: reference.occupations.has(occupation) ? occupation : undefined,
    kind: productKinds.find((one) => one === given.kind),
    after: given.after !== undefined && decodeCode(given.after) ? given.after : undefined,
    today,
  };
}

/** A county of another province than the one that is asked for is not asked for. */
function isWithin(county: { readonly province_id: number } | undefined, province: number): boolean {
  return county !== undefined && (province === -1 || county.province_id === province);
}

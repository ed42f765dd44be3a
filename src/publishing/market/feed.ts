import {
  countyLabel,
  occupationLabel,
  provinceLabel,
  type Reference,
} from '../../accounts/index.ts';
import type { CatalogueFound, CatalogueLine, ProductDetails } from '../../market/index.ts';

/** A page of the feed, with what other marketplaces want of each product. */
export type Feed = {
  readonly reference: Reference;
  readonly publicUrl: string;
  readonly found: CatalogueFound;
  readonly details: ReadonlyMap<string, ProductDetails>;
};

/**
 * A product for other marketplaces: plain values, rial, absolute addresses; what they all have is called as
 * Google's product data is (support.google.com/merchants/answer/7052112).
 */
function feedItem({ reference, publicUrl, details }: Feed, item: CatalogueLine) {
  const { about, photos } = details.get(item.code) ?? { about: '', photos: [] };
  const [first = '', ...more] = photos.map((photo) => `${publicUrl}/market/photos/${photo}`);
  return {
    id: item.code,
    title: item.title,
    description: about,
    unit: item.unit,
    price_rial: String(item.priceRial),
    available: item.onHand,
    lead_days: item.leadDays,
    kind: item.kind,
    occupation: occupationLabel(reference, item.occupationId).label.fa,
    province: provinceLabel(reference, item.provinceId).label.fa,
    county: countyLabel(reference, item.countyId).label.fa,
    stall: item.stallName,
    permit_number: item.permitNumber,
    link: `${publicUrl}/market/products/${item.code}`,
    image_link: first,
    additional_image_link: more,
    demonstration: item.demonstration,
  };
}

/** A page of the feed as JSON, with where the next one is. */
export function jsonFeed(feed: Feed) {
  const { found } = feed;
  const items = found.items.map((item) => feedItem(feed, item));
  return { items, next_after: found.hasMore ? (found.items.at(-1)?.code ?? null) : null };
}

/** The same as CSV, UTF-8 with a byte-order mark, as spreadsheets want it. */
export function csvFeed(feed: Feed): string {
  const rows = feed.found.items.map((item) => feedItem(feed, item));
  const columns = [...feedColumns];
  const lines = rows.map((row) => columns.map((column) => cell(String(row[column]))).join(','));
  return `\ufeff${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

const feedColumns = [
  'id',
  'title',
  'description',
  'unit',
  'price_rial',
  'available',
  'lead_days',
  'kind',
  'occupation',
  'province',
  'county',
  'stall',
  'permit_number',
  'link',
  'image_link',
  'additional_image_link',
  'demonstration',
] as const;

/** A text that a spreadsheet would take for a formula is kept a text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

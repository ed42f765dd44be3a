import {
  countyLabel,
  occupationLabel,
  provinceLabel,
  type Reference,
} from '../../accounts/index.ts';
import type { CatalogueFound, CatalogueLine } from '../../market/index.ts';

/** A product for other marketplaces: plain values, rial, absolute addresses. */
function feedItem(reference: Reference, publicUrl: string, item: CatalogueLine) {
  return {
    id: item.code,
    title: item.title,
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
    image_link: item.photo === null ? '' : `${publicUrl}/market/photos/${item.photo}`,
    demonstration: item.demonstration,
  };
}

/** A page of the feed as JSON, with where the next one is. */
export function jsonFeed(reference: Reference, publicUrl: string, found: CatalogueFound) {
  const items = found.items.map((item) => feedItem(reference, publicUrl, item));
  return { items, next_after: found.hasMore ? (found.items.at(-1)?.code ?? null) : null };
}

/** The same as CSV, UTF-8 with a byte-order mark, as spreadsheets want it. */
export function csvFeed(reference: Reference, publicUrl: string, found: CatalogueFound): string {
  const rows = found.items.map((item) => feedItem(reference, publicUrl, item));
  const columns = [...feedColumns];
  const lines = rows.map((row) => columns.map((column) => cell(String(row[column]))).join(','));
  return `\ufeff${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

const feedColumns = [
  'id',
  'title',
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
  'demonstration',
] as const;

/** A text that a spreadsheet would take for a formula is kept a text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

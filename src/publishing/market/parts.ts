import {
  countyLabel,
  occupationLabel,
  provinceLabel,
  type Reference,
} from '../../accounts/index.ts';
import { formatToman, rial } from '../../kit/rial.ts';
import type { CatalogueLine, ShownStall } from '../../market/index.ts';
import { type Html, html } from '../../platform/html.ts';
import { linkTo, type Visit } from '../layout.ts';

/** What every page of the market is drawn with. */
export type Shop = { readonly visit: Visit; readonly reference: Reference };

/** A price in toman, and the exact rial one tap away. */
export function price({ say, formats, language }: Visit, rials: bigint, unit: string): Html {
  const amount = formatToman(rial(rials), language);
  const exact = say('shop.exactRial', { rial: formats.rial(String(rials)) });
  return html`<data class="price" value="${rials}" title="${exact}">${say('shop.toman', { amount })}</data> <span class="soft">${say('shop.perUnit', { unit })}</span>`;
}

/** County and province in the visitor's language. */
export function placeOf({ visit, reference }: Shop, provinceId: number, countyId: number): string {
  const { language, say } = visit;
  return say('shop.placeOf', {
    county: countyLabel(reference, countyId).label[language],
    province: provinceLabel(reference, provinceId).label[language],
  });
}

/** What is known of a permit behind a stall, each time a tag with a word beside its colour. */
export function permitTag({ say, formats }: Visit, stall: ShownStall): Html {
  const good = stall.standing === 'valid';
  const number = formats.digits(stall.permitNumber);
  return html`<a class="tag ${good ? 'done' : 'stopped'}" href="/p/${encodeURIComponent(stall.permitNumber)}">${say('shop.permit')} <bdi class="ltr">${number}</bdi> ${say(`shop.permitState.${stall.standing}`)}</a>`;
}

/** Cards above the fold on a phone: their pictures come at once. */
const eager = 2;

/** Products as cards, the first pictures at once and the rest as they come into sight. */
export function cards(shop: Shop, items: readonly CatalogueLine[]): Html {
  return html`<ul class="cards">${items.map((item, at) => card(shop, item, at < eager))}</ul>`;
}

function card(shop: Shop, item: CatalogueLine, first: boolean): Html {
  const { visit, reference } = shop;
  const { say, language } = visit;
  const county = countyLabel(reference, item.countyId).label[language];
  return html`<li class="card">
<a class="card-link" href="${linkTo(visit, `/market/products/${item.code}`)}">
${picture(item, first)}
<span class="card-title">${item.title}</span></a>
<p>${price(visit, item.priceRial, item.unit)}</p>
<p class="small soft">${item.stallName} <span aria-hidden="true">·</span> ${county}</p>
${item.onHand === 0 && html`<p class="small"><b>${say('shop.soldOut')}</b></p>`}
${item.demonstration && html`<p class="small soft">${say('shop.demonstrationTag')}</p>`}
</li>`;
}

function picture({ photo }: CatalogueLine, first: boolean): Html {
  if (photo === null) return html`<span class="card-photo none" aria-hidden="true"></span>`;
  return html`<img class="card-photo" src="/market/photos/${photo}" alt="" width="320" height="240" loading="${first ? 'eager' : 'lazy'}" fetchpriority="${first ? 'high' : 'auto'}">`;
}

/** The name of an occupation in the visitor's language. */
export function occupationName({ visit, reference }: Shop, id: string): string {
  return occupationLabel(reference, id).label[visit.language];
}

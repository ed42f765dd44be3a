import type { CatalogueLine, ShownProduct, ShownStall } from '../../market/index.ts';
import { type Html, type HtmlValue, html } from '../../platform/html.ts';
import { addressOf, layout, linkTo, type Visit } from '../layout.ts';
import { cards, occupationName, permitTag, placeOf, price, type Shop } from './parts.ts';
import { productData, stallData } from './structured-data.ts';

/** What a product's page says besides the product. */
export type AroundProduct = {
  readonly more: readonly CatalogueLine[];
  readonly returnDays: number;
};

/** One product: what it is, what it costs, who makes it under which permit, and how to order it. */
export function productPage(shop: Shop, product: ShownProduct, around: AroundProduct): Html {
  const { visit } = shop;
  const { say } = visit;
  const { stall } = product;
  const path = `/market/products/${product.code}`;
  const body = html`<main id="main" class="wrap">
<p class="back no-print"><a href="${linkTo(visit, '/market')}">${say('shop.backToMarket')}</a></p>
<section class="product">
${photos(visit, product)}
<div class="stack">
<h1>${product.title}</h1>
<p class="big-price">${price(visit, product.priceRial, product.unit)}</p>
${stall.demonstration && html`<p class="notice">${say('shop.demonstration')}</p>`}
${stall.standing === 'valid' ? order(visit, product) : suspended(visit, stall)}
${facts(shop, product)}
</div>
</section>
${product.about !== '' && html`<section class="stack"><h2>${say('shop.about')}</h2>${paragraphs(product.about)}</section>`}
${product.food && food(visit, product)}
${rated(visit, stall)}
${next(visit, around.returnDays)}
${around.more.length > 0 && html`<section class="stack"><h2>${say('shop.more')}</h2>${cards(shop, around.more)}</section>`}
${productData(visit, product, `${visit.publicUrl}${path}`)}
</main>`;
  const [photo] = product.photos;
  return layout(visit, {
    title: product.title,
    description: product.about.slice(0, 160) || say('shop.byStall', { stall: stall.name }),
    path,
    listed: stall.standing === 'valid' && !stall.demonstration,
    ...(photo === undefined ? {} : { image: `/market/photos/${photo}` }),
    current: 'market',
    body,
  });
}

function photos({ say }: Visit, { photos, title }: ShownProduct): Html {
  if (photos.length === 0)
    return html`<div class="photos"><span class="card-photo none" aria-hidden="true"></span></div>`;
  return html`<div class="photos">${photos.map(
    (photo, at) =>
      html`<img src="/market/photos/${photo}" alt="${say('shop.photoOf', { title })}" width="640" height="480" loading="${at === 0 ? 'eager' : 'lazy'}" fetchpriority="${at === 0 ? 'high' : 'auto'}">`,
  )}</div>`;
}

function order(visit: Visit, { code, onHand }: ShownProduct): Html {
  const { say, formats } = visit;
  if (onHand === 0) return html`<p><b>${say('shop.soldOut')}</b></p>${many(visit, code)}`;
  return html`<p>${say('shop.onHand', { count: formats.count(onHand) })}</p>
<p class="no-print"><a class="button" rel="nofollow" href="${linkTo(visit, `/my/buy/${code}`)}">${say('shop.order')}</a></p>
<p class="small soft no-print">${say('shop.orderHint')}</p>
${many(visit, code)}`;
}

/** Whoever needs more than one maker has asks all of the trade. */
function many(visit: Visit, code: string): Html {
  return html`<p class="no-print"><a rel="nofollow" href="${linkTo(visit, `/my/ask/${code}`)}">${visit.say('shop.ask')}</a></p>`;
}

/** A suspended stall is on show, says why, and sells nothing. */
function suspended({ say }: Visit, { reason }: ShownStall): Html {
  return html`<div class="verdict is-stopped"><h2>${say('shop.suspendedTitle')}</h2>
<p>${say('shop.suspendedText', { reason: reason ?? '' })}</p></div>`;
}

function facts(shop: Shop, product: ShownProduct): Html {
  const { visit } = shop;
  const { say } = visit;
  const { stall } = product;
  const line = (name: string, value: Html | string) =>
    html`<div><dt>${say(`shop.${name}`)}</dt><dd>${value}</dd></div>`;
  return html`<dl class="summary">
${line('maker', html`<a href="${linkTo(visit, `/market/stalls/${stall.code}`)}">${stall.name}</a> – <bdi>${stall.holder}</bdi>`)}
${line('permit', permitTag(visit, stall))}
${line('place', placeOf(shop, stall.provinceId, stall.countyId))}
${line('kind', html`${say(`shop.kinds.${product.kind}`)}. ${say('shop.leadDays', { days: product.leadDays })}. ${say(`shop.sendsTo.${product.sendsTo}`)}.`)}
</dl>`;
}

function food(visit: Visit, product: ShownProduct): Html {
  const { say, formats, language } = visit;
  const named = product.allergens.map((one) => say(`market.allergens.${one}`));
  const list = new Intl.ListFormat(language).format(named);
  const line = (name: string, value: HtmlValue) =>
    html`<div><dt>${say(`shop.${name}`)}</dt><dd>${value}</dd></div>`;
  return html`<section class="stack"><h2>${say('shop.food')}</h2><dl class="summary">
${line('ingredients', product.ingredients)}
${line('allergens', list || say('shop.noAllergens'))}
${line('healthNumber', html`<bdi class="ltr">${formats.digits(product.healthNumber ?? '')}</bdi>`)}
${product.keepsDays !== null && line('keepsDays', say('shop.days', { days: formats.count(product.keepsDays) }))}
</dl></section>`;
}

/** What buyers say, told in words and numbers; only what was delivered is rated. */
function rated({ say, formats }: Visit, { ratings }: ShownStall): HtmlValue {
  if (ratings.count === 0) return null;
  const average = formats.decimal(ratings.stars / ratings.count);
  const stars = (count: number) => say('shop.stars', { stars: formats.count(count) });
  return html`<section class="stack"><h2>${say('shop.ratings')}</h2>
<p>${say('shop.average', { average, count: formats.count(ratings.count) })}</p>
<ul class="said">${ratings.said.map((one) => html`<li><b>${stars(one.stars)}</b> ${one.said}</li>`)}</ul></section>`;
}

function next({ say, formats }: Visit, returnDays: number): Html {
  const days = formats.count(returnDays);
  return html`<section class="stack"><h2>${say('shop.whatNext')}</h2><ol class="ways">
<li>${say('shop.steps.order')}</li><li>${say('shop.steps.accept')}</li>
<li>${say('shop.steps.returns', { days })}</li></ol></section>`;
}

function paragraphs(text: string): Html {
  return html`${text.split('\n').map((part) => html`<p>${part}</p>`)}`;
}

/** A maker's stall with all it has on show. */
export function stallPage(shop: Shop, stall: ShownStall, items: readonly CatalogueLine[]): Html {
  const { visit } = shop;
  const { say } = visit;
  const path = `/market/stalls/${stall.code}`;
  const body = html`<main id="main" class="wrap">
<p class="back no-print"><a href="${linkTo(visit, '/market')}">${say('shop.backToMarket')}</a></p>
<section class="stack">
<h1>${stall.name}</h1>
<p class="lede"><bdi>${stall.holder}</bdi> – ${occupationName(shop, stall.occupationId)} – ${placeOf(shop, stall.provinceId, stall.countyId)}</p>
<p>${permitTag(visit, stall)}</p>
${stall.demonstration && html`<p class="notice">${say('shop.demonstration')}</p>`}
${stall.standing !== 'valid' && suspended(visit, stall)}
${stall.about !== '' && paragraphs(stall.about)}
</section>
${rated(visit, stall)}
${items.length > 0 && html`<section class="stack"><h2>${say('shop.stallProducts')}</h2>${cards(shop, items)}</section>`}
<section class="no-print"><p class="small">${say('shop.stallFeeds')}
<a href="${addressOf('/market.csv', { stall: stall.code })}">CSV</a> <a href="${addressOf('/market.json', { stall: stall.code })}">JSON</a></p></section>
${stallData(stall, `${visit.publicUrl}${path}`)}
</main>`;
  return layout(visit, {
    title: stall.name,
    description: stall.about.slice(0, 160) || occupationName(shop, stall.occupationId),
    path,
    listed: stall.standing === 'valid' && !stall.demonstration,
    current: 'market',
    body,
  });
}

/** What to do when a product or a stall is no longer on show. */
export function goneProductPage(visit: Visit, path: string): Html {
  const { say } = visit;
  const body = html`<main id="main" class="wrap"><section class="stack">
<h1>${say('shop.notFoundTitle')}</h1><p class="lede">${say('shop.notFoundText')}</p>
<p><a class="button" href="${linkTo(visit, '/market')}">${say('shop.backToMarket')}</a></p>
</section></main>`;
  return layout(visit, { title: say('shop.notFoundTitle'), path, current: 'market', body });
}

import { provinceCode, type Reference } from '../../accounts/index.ts';
import { type CatalogueFound, type CatalogueQuery, productKinds } from '../../market/index.ts';
import { type Html, type HtmlValue, html } from '../../platform/html.ts';
import { addressOf, carriedFields, layout, linkTo, type Visit } from '../layout.ts';
import { cards, occupationName, type Shop } from './parts.ts';

/** The market's first page, and what a search found: complete without JavaScript. */
export function cataloguePage(shop: Shop, asked: CatalogueQuery, found: CatalogueFound): Html {
  const { visit } = shop;
  const { say } = visit;
  const isAsked = Object.keys(queryOf({ ...asked, after: undefined })).length > 0;
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${say('shop.title')}</h1>
${!isAsked && html`<p class="lede">${say('shop.lede')}</p>`}
${searchForm(shop, asked)}
<p class="no-print"><a href="${linkTo(visit, '/market/fairs')}">${say('shop.fairs.title')}</a></p>
</section>
<section class="stack" aria-labelledby="found">
<h2 id="found">${say(isAsked ? 'shop.results' : 'shop.newest')}</h2>
${found.taken.length > 0 && html`<p class="notice">${say('shop.taken', { words: found.taken.join(' ') })}</p>`}
${found.items.length === 0 ? nothing(visit) : cards(shop, found.items)}
${pages(visit, asked, found)}
${trades(shop, asked, found)}
</section>
${feeds(visit, asked)}
</main>`;
  return layout(visit, {
    title: asked.q ? `${asked.q} – ${say('shop.title')}` : say('shop.title'),
    description: say('shop.lede'),
    path: addressOf('/market', queryOf(asked)),
    listed: asked.after === undefined,
    current: 'market',
    body,
  });
}

/** All that a page of the catalogue is drawn of, as a text: the same text, the same page. */
export function catalogueContent(shop: Shop, asked: CatalogueQuery, found: CatalogueFound): string {
  const { visit, reference } = shop;
  const { language, asked: carried, demonstration, provinceName } = visit;
  const items = found.items.map(({ priceRial, ...item }) => [
    String(priceRial),
    ...Object.values(item),
  ]);
  const around = [language, carried, demonstration, provinceName, reference.version];
  return JSON.stringify([around, asked, found.hasMore, found.taken, items]);
}

/** What was asked, as the address says it. */
export function queryOf({ q, province, county, occupation, kind, after }: CatalogueQuery) {
  const all = {
    ...{ q, occupation, kind, after },
    province: province === undefined ? undefined : provinceCode(province),
    county: county === undefined ? undefined : String(county).padStart(4, '0'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value)) as Record<
    string,
    string
  >;
}

function nothing({ say }: Visit): Html {
  return html`<p><b>${say('shop.empty')}</b> ${say('shop.emptyNext')}</p>`;
}

function searchForm({ visit, reference }: Shop, asked: CatalogueQuery): Html {
  const { say } = visit;
  return html`<form class="market-search no-print" action="/market" method="get" role="search">
<div class="field wide"><label for="q">${say('shop.search')}</label>
<input id="q" name="q" type="search" value="${asked.q ?? ''}" maxlength="100" placeholder="${say('shop.searchHint')}"></div>
${select(visit, 'province', provinces(visit, reference), asked.province === undefined ? '' : provinceCode(asked.province), 'anyProvince')}
${asked.province !== undefined && select(visit, 'county', counties(visit, reference, asked.province), asked.county === undefined ? '' : String(asked.county).padStart(4, '0'), 'anyCounty')}
${select(visit, 'kind', kinds(visit), asked.kind ?? '', 'anyKind')}
${asked.occupation && html`<input type="hidden" name="occupation" value="${asked.occupation}">`}
${carriedFields(visit)}
<button class="button">${say('shop.show')}</button>
</form>`;
}

type Choice = { readonly id: string; readonly name: string };

function select(
  { say }: Visit,
  name: string,
  choices: readonly Choice[],
  chosen: string,
  any: string,
): Html {
  return html`<div class="field"><label for="${name}">${say(`shop.${name}`)}</label>
<select id="${name}" name="${name}"><option value="">${say(`shop.${any}`)}</option>${choices.map(
    ({ id, name: label }) =>
      html`<option value="${id}"${id === chosen && html` selected=""`}>${label}</option>`,
  )}</select></div>`;
}

const sorted = new WeakMap<Reference, Map<string, readonly Choice[]>>();

/** Provinces by name, put in order once a language: a page of results is drawn hundreds of times a second. */
function provinces({ language }: Visit, reference: Reference): readonly Choice[] {
  const known = sorted.get(reference) ?? new Map<string, readonly Choice[]>();
  sorted.set(reference, known);
  const choices =
    known.get(language) ??
    [...reference.provinces.values()]
      .map((row) => ({
        id: provinceCode(row.id),
        name: language === 'fa' ? row.name_fa : row.name_en,
      }))
      .sort((one, other) => one.name.localeCompare(other.name, language));
  known.set(language, choices);
  return choices;
}

function counties({ language }: Visit, reference: Reference, provinceId: number): Choice[] {
  const rows = [...reference.counties.values()].filter((row) => row.province_id === provinceId);
  return rows.map((row) => ({
    id: String(row.id).padStart(4, '0'),
    name: language === 'fa' ? row.name_fa : row.name_en,
  }));
}

function kinds({ say }: Visit): Choice[] {
  return productKinds.map((id) => ({ id, name: say(`shop.kinds.${id}`) }));
}

function pages(visit: Visit, asked: CatalogueQuery, { items, hasMore }: CatalogueFound): HtmlValue {
  const { say } = visit;
  const last = items.at(-1)?.code;
  const first = linkTo(visit, '/market', { ...queryOf(asked), after: undefined });
  const next = linkTo(visit, '/market', { ...queryOf(asked), after: last });
  return html`<p class="pages no-print">
${asked.after !== undefined && html`<a href="${first}">${say('shop.first')}</a>`}
${hasMore && html`<a class="button secondary" rel="next" href="${next}">${say('shop.next')}</a>`}</p>`;
}

/** The occupations that the products on this page come from, each a way to more of them. */
function trades(shop: Shop, asked: CatalogueQuery, found: CatalogueFound): HtmlValue {
  const { visit } = shop;
  const ids = [...new Set(found.items.map(({ occupationId }) => occupationId))];
  if (ids.length < 2) return null;
  const links = ids.map((id) => {
    const to = linkTo(visit, '/market', {
      ...queryOf(asked),
      q: undefined,
      after: undefined,
      occupation: id,
    });
    return html`<li><a href="${to}">${occupationName(shop, id)}</a></li>`;
  });
  return html`<h3>${visit.say('shop.occupations')}</h3><ul class="trades">${links}</ul>`;
}

function feeds({ say }: Visit, asked: CatalogueQuery): Html {
  const query = { ...queryOf(asked), after: undefined };
  return html`<section class="no-print"><p class="small">${say('shop.feeds')}
<a href="${addressOf('/market.csv', query)}">CSV</a> <a href="${addressOf('/market.json', query)}">JSON</a></p></section>`;
}

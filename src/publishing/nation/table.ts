import type { Static } from 'typebox';
import { type NationAnswer, nationRates } from '../../figures/index.ts';
import { type Html, type HtmlValue, html } from '../../platform/html.ts';
import { linkTo, type Visit } from '../layout.ts';

export type Nation = Static<typeof NationAnswer>;
export type RateName = Nation['rates'][number];
type Row = Pick<Nation['provinces'][number], 'values' | 'rates'> & {
  readonly people: number | null;
};

/** The page's own address, with what it was asked. */
export const nationPath = '/provinces';

/** What the page is asked besides its period. */
export type Asked = {
  readonly from: string;
  readonly to: string;
  readonly show: RateName;
  /** The column that the table is sorted by. */
  readonly sort: string;
};

/** A rate as it is read: two decimals at most, money in millions of toman; words where there is none. */
export function rateText({ say, formats }: Visit, name: RateName, row: Row): string {
  const rate = row.rates[name];
  if (!rate)
    return nationRates[name].per === 'people' && row.people === null ? say('nation.noRate') : '–';
  if (name === 'rial_per_funded') return formats.roundMillion(rate.hundredths);
  return formats.exact(hundredths(rate.hundredths));
}

/** Hundredths as a decimal: «1234» is 12.34. */
export function hundredths(text: string): string {
  const digits = text.replace('-', '').padStart(3, '0');
  return `${text.startsWith('-') ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const signs = { above: '▲', below: '▼', few: '∗', like: '' } as const;

/** How a rate stands beside the nation's: a sign for the eye, the words for everybody. */
function standingMark({ say }: Visit, row: Row, name: RateName): HtmlValue {
  const standing = row.rates[name]?.standing ?? null;
  if (standing === null || standing === 'like') return false;
  const words = say(`nation.standing.${standing}`);
  return html` <span class="standing" title="${words}"><span aria-hidden="true">${signs[standing]}</span><span class="heard">${words}</span></span>`;
}

const counts = ['permits_issued', 'plans_funded', 'jobs_registered'] as const;

/** What a column is sorted by; what has none comes last. */
function sortValue(province: Nation['provinces'][number], sort: string): number {
  if (sort === 'people') return province.population?.people ?? -1;
  const count = counts.find((name) => name === sort);
  if (count) return province.closed_on === null ? -1 : province.values[count];
  return Number(province.rates[sort as RateName]?.hundredths ?? -1);
}

/** The provinces in the order that was asked for: by name, else the largest first. */
function sorted(visit: Visit, nation: Nation, sort: string): Nation['provinces'] {
  const collator = new Intl.Collator(visit.language);
  const nameOf = (one: Nation['provinces'][number]) => one.province.label[visit.language];
  return [...nation.provinces].sort((a, b) => {
    const by = sort === 'province' ? 0 : sortValue(b, sort) - sortValue(a, sort);
    return by === 0 ? collator.compare(nameOf(a), nameOf(b)) : by;
  });
}

/** Every column that the table can be sorted by. */
export const sortable = (nation: Nation) => ['province', 'people', ...counts, ...nation.rates];

/** The table: a row a province, the nation under it. */
export function nationTable(visit: Visit, nation: Nation, asked: Asked): Html {
  const { say, formats, language } = visit;
  const cells = (
    row: Row,
  ) => html`${counts.map((name) => html`<td class="num">${formats.count(row.values[name])}</td>`)}
${nation.rates.map((name) => html`<td class="num">${rateText(visit, name, row)}${standingMark(visit, row, name)}</td>`)}`;
  const row = (one: Nation['provinces'][number]) => {
    const people = one.population?.people ?? null;
    return html`<tr id="p${one.province.id}"><th scope="row">${one.province.label[language]}</th>
<td>${one.closed_on === null ? html`<span class="soft">${say('nation.notClosed')}</span>` : html`<time datetime="${one.closed_on}">${formats.day(one.closed_on, 'short')}</time>`}</td>
<td class="num">${people === null ? '–' : formats.count(people)}</td>${cells({ ...one, people })}</tr>\n`;
  };
  const { total } = nation;
  return html`<section id="table">
<h2>${say('nation.table')}</h2>
<p class="soft no-print">${say('nation.tableNote')}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${say('nation.table')}"><table class="chart nation">
<caption class="heard">${say('nation.table')}</caption>
<thead><tr>${heads(visit, nation, asked)}</tr></thead>
<tbody>${sorted(visit, nation, asked.sort).map(row)}</tbody>
<tfoot><tr><th scope="row">${say('nation.total')}</th><td></td><td class="num">${total.people === null ? '–' : formats.count(total.people)}</td>${cells(total)}</tr></tfoot>
</table></div>
</section>`;
}

function heads(visit: Visit, nation: Nation, asked: Asked): Html[] {
  const { say } = visit;
  const { from, to, show } = asked;
  const head = (key: string, name: string, number = true) => {
    const by = linkTo(visit, `${nationPath}#table`, { from, to, show, sort: key });
    const order = key === 'province' ? 'ascending' : 'descending';
    return html`<th scope="col"${number && html` class="num"`}${asked.sort === key && html` aria-sort="${order}"`}><a href="${by}">${name}</a></th>`;
  };
  return [
    head('province', say('nation.province'), false),
    html`<th scope="col">${say('nation.closedOn')}</th>`,
    head('people', say('nation.people')),
    ...counts.map((name) => head(name, say(`nation.measures.${name}`))),
    ...nation.rates.map((name) => head(name, say(`nation.rates.${name}`))),
  ];
}

import { type Html, html } from '../../platform/html.ts';
import { addressOf, carriedFields, errorSummary, layout, type Visit } from '../layout.ts';
import { monthCharts, tileMap } from './drawings.ts';
import { type Asked, type Nation, nationPath, nationTable } from './table.ts';

/** What is shown: the figures, or that the period is none. */
export type Shown = { readonly asked: Asked; readonly nation: Nation | undefined };

/** The nation's figures and its provinces side by side, complete without JavaScript. */
export function nationPage(visit: Visit, { asked, nation }: Shown): Html {
  const { say } = visit;
  const [title, description] = [say('nation.title'), say('nation.lede')];
  const fault = [{ field: 'from', text: say('nation.badPeriod') }];
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${title}</h1>
<p class="lede">${description}</p>
</section>
${nation === undefined && errorSummary(say('publishing.home.badPeriodTitle'), fault)}
${nation && account(visit, nation)}
${periodForm(visit, asked, nation === undefined)}
${
  nation &&
  nation.total.provinces > 0 &&
  html`${tileMap(visit, nation, asked)}
${nationTable(visit, nation, asked)}
${caveats(visit, nation)}
${monthCharts(visit, nation)}
${downloads(visit, nation)}`
}
</main>`;
  const path = addressOf(nationPath, { from: asked.from, to: asked.to });
  return layout(visit, { title, description, path, listed: true, body });
}

/** What is counted, until when, and the nation's own numbers. */
function account(visit: Visit, { period, total, provinces }: Nation): Html {
  const { say, formats } = visit;
  const { closed_from: first, closed_to: last, values } = total;
  const around = { count: formats.count(total.provinces), all: formats.count(provinces.length) };
  if (first === null || last === null) {
    return html`<p><b>${say('nation.none')}</b> ${say('nation.noneNext')}</p>`;
  }
  const days = { first: formats.day(first), last: formats.day(last) };
  const asOf = say(first === last ? 'nation.asOfOne' : 'nation.asOf', { ...around, ...days });
  const { number, unit } = formats.roundToman(values.rial_paid);
  const count = (name: 'permits_issued' | 'plans_funded' | 'jobs_registered') =>
    html`<li class="figure"><data class="figure-value" value="${values[name]}">${formats.count(values[name])}</data>
<span class="figure-label">${say(`nation.measures.${name}`)}</span></li>`;
  return html`<section id="nation">
<h2>${say('nation.period', { from: formats.day(period.from_iso), to: formats.day(period.to_iso) })}</h2>
<p><b>${asOf}</b></p>
<ul class="figures">${count('permits_issued')}${count('plans_funded')}
<li class="figure"><data class="figure-value" value="${values.rial_paid}">${number}</data>
<span class="figure-label"><span class="soft">${say(`publishing.units.${unit}`)}</span> ${say('nation.measures.rial_paid')}</span>
<span class="figure-exact">${say('publishing.home.exactRial', { rial: formats.rial(values.rial_paid) })}</span></li>
${count('jobs_registered')}</ul>
</section>`;
}

function periodForm(visit: Visit, asked: Asked, wrong: boolean): Html {
  const { say } = visit;
  const field = (name: 'from' | 'to') => html`<div class="field">
<label for="${name}">${say(`publishing.home.${name}`)}</label>
<input class="ltr" id="${name}" name="${name}" value="${asked[name]}" autocomplete="off" maxlength="20"${wrong && html` aria-invalid="true"`}>
</div>`;
  return html`<section class="no-print">
<form class="period" action="${nationPath}" method="get">
<fieldset><legend>${say('nation.change')}</legend>
<div class="period-fields">${field('from')}${field('to')}${carriedFields(visit)}
<input type="hidden" name="show" value="${asked.show}"><input type="hidden" name="sort" value="${asked.sort}">
<button class="button secondary">${say('publishing.home.show')}</button></div>
</fieldset>
</form>
</section>`;
}

const warnings = [
  'caveatClosed',
  'caveatPeriod',
  'caveatFew',
  'caveatJobs',
  'caveatPeople',
] as const;

/** What has to be known before one province is held against another, and where the numbers of people are from. */
function caveats(visit: Visit, nation: Nation): Html {
  const { say, formats, language } = visit;
  const known = nation.provinces.filter(({ population }) => population !== null);
  const row = ({ province, population }: Nation['provinces'][number]) =>
    population &&
    html`<tr><th scope="row">${province.label[language]}</th><td class="num">${formats.count(population.people)}</td>
<td><time datetime="${population.countedOn}">${formats.day(population.countedOn, 'short')}</time></td>
<td>${population.source}${population.assumed && html` <span class="tag waiting">${say('nation.assumed')}</span>`}</td></tr>`;
  const heads = ['province', 'people', 'countedOn', 'source'] as const;
  return html`<section id="caveats" class="stack">
<h2>${say('nation.caveats')}</h2>
<ul>${warnings.map((one) => html`<li>${say(`nation.${one}`)}</li>`)}</ul>
${
  known.length > 0 &&
  html`<h3>${say('nation.sources')}</h3>
<div class="scroll" role="region" tabindex="0" aria-label="${say('nation.sources')}"><table>
<caption class="heard">${say('nation.sources')}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${say(`nation.${head}`)}</th>`)}</tr></thead>
<tbody>${known.map(row)}</tbody></table></div>`
}
</section>`;
}

function downloads({ say }: Visit, { period: { from, to } }: Nation): Html {
  const csv = addressOf(`${nationPath}.csv`, { from, to });
  const json = addressOf('/api/figures/nation', { from, to });
  return html`<section id="data" class="no-print">
<h2>${say('nation.data')}</h2>
<ul class="downloads"><li><a href="${csv}">${say('nation.csv')}</a></li>
<li><a href="${json}">${say('nation.json')}</a></li></ul>
</section>`;
}

import type { Static } from 'typebox';
import type { FiguresAnswer } from '../figures/index.ts';
import { type Html, html } from '../platform/html.ts';
import type { Visit } from './layout.ts';

type Figures = Static<typeof FiguresAnswer>;
type Values = Figures['measures'];

export type Cut = 'agency' | 'month' | 'season' | 'county';

const columns = [
  'permits_issued',
  'plans_referred',
  'plans_funded',
  'rial_paid',
  'jobs_registered',
] as const;
const stages = ['permits_issued', 'plans_referred', 'plans_funded'] as const;

/** A length beside a number that says the same; only for the eye. */
function bar(value: number, largest: number): Html {
  return html`<progress aria-hidden="true" value="${Math.max(0, value)}" max="${Math.max(1, largest)}"></progress>`;
}

/** The way from permit to loan, as a table whose rows are bars. */
export function funnel({ say, formats }: Visit, { measures }: Figures): Html {
  const all = measures.permits_issued;
  const share = (value: number) =>
    all > 0 && say('publishing.home.share', { percent: formats.percent(value / all) });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say('publishing.home.funnel')}"><table class="chart long">
<caption class="heard">${say('publishing.home.funnel')}</caption>
<thead class="heard"><tr><th scope="col">${say('publishing.home.stage')}</th><th scope="col">${say('publishing.home.number')}</th></tr></thead>
<tbody>${stages.map(
    (
      name,
    ) => html`<tr><th scope="row">${say(`publishing.home.columns.${name}`)} ${bar(measures[name], all)}</th>
<td class="num"><b>${formats.count(measures[name])}</b>${name !== 'permits_issued' && html` <small>${share(measures[name])}</small>`}</td></tr>`,
  )}</tbody>
</table></div>`;
}

/** From what was promised to what somebody else found true: jobs at each stage for itself. */
const jobs = [
  'jobs_expected',
  'jobs_registered',
  'jobs_verified',
  'jobs_alive',
  'jobs_rechecked',
  'jobs_disagreed',
] as const;

/** The jobs of a period by how sure they are, and how often a second look disagreed. */
export function jobStages({ say, formats }: Visit, { measures }: Figures, labelOf: LabelOf): Html {
  const largest = Math.max(...jobs.map((name) => measures[name]));
  const { jobs_rechecked: looked, jobs_disagreed: wrong } = measures;
  const share =
    looked > 0 && say('publishing.home.jobs.share', { percent: formats.percent(wrong / looked) });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say('publishing.home.jobs.title')}"><table class="chart long">
<caption class="heard">${say('publishing.home.jobs.title')}</caption>
<thead class="heard"><tr><th scope="col">${say('publishing.home.stage')}</th><th scope="col">${say('publishing.home.number')}</th></tr></thead>
<tbody>${jobs.map(
    (
      name,
    ) => html`<tr><th scope="row">${labelOf(name, 'label')} ${bar(measures[name], largest)}<br><small>${labelOf(name, 'definition')}</small></th>
<td class="num"><b>${formats.count(measures[name])}</b>${name === 'jobs_disagreed' && html` <small>${share}</small>`}</td></tr>`,
  )}</tbody>
</table></div>`;
}

type LabelOf = (measure: string, part: 'label' | 'definition') => string;

/** The figures cut by agency, county or time: a row for each part, its bar, and the sum. */
export function breakdown(visit: Visit, cut: Cut, figures: Figures): Html {
  const { language, say } = visit;
  const title = say(`publishing.home.by.${cut}`);
  const rows = cut === 'season' ? withoutEmptyEnds(figures.by) : figures.by;
  if (rows.length === 0) return html``;
  const largest = Math.max(...rows.map(({ measures }) => measures.permits_issued));
  return html`<section id="${cut}">
<h2>${title}</h2>
<div class="scroll" role="region" tabindex="0" aria-label="${say('publishing.home.tableHint', { title })}"><table class="chart">
<caption class="heard">${title}</caption>
<thead><tr><th scope="col">${say(`publishing.home.key.${cut}`)}</th>${columns.map(
    (name) => html`<th scope="col" class="num">${say(`publishing.home.columns.${name}`)}</th>`,
  )}</tr></thead>
<tbody>${rows.map(
    ({ label, measures }) =>
      html`<tr><th scope="row">${label[language]} ${bar(measures.permits_issued, largest)}</th>${cells(visit, measures)}</tr>\n`,
  )}</tbody>
<tfoot><tr><th scope="row">${say('publishing.home.total')}</th>${cells(visit, figures.measures)}</tr></tfoot>
</table></div>
</section>`;
}

function cells({ formats }: Visit, values: Values): Html[] {
  return columns.map(
    (name) =>
      html`<td class="num">${name === 'rial_paid' ? formats.millionToman(values.rial_paid) : formats.count(values[name])}</td>`,
  );
}

/** A long period begins before anything was recorded and may end after it. */
function withoutEmptyEnds(rows: Figures['by']): Figures['by'] {
  const full = rows.map(({ measures }) => Object.values(measures).some((one) => Number(one) !== 0));
  return full.includes(true) ? rows.slice(full.indexOf(true), full.lastIndexOf(true) + 1) : [];
}

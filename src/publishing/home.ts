import type { Static } from 'typebox';
import type { FiguresAnswer } from '../figures/index.ts';
import { measures } from '../figures/index.ts';
import { formatJalali, type IsoDate } from '../kit/jalali.ts';
import { type Html, html } from '../platform/html.ts';
import { checkForm } from './check-form.ts';
import { breakdown, type Cut, funnel, jobStages } from './home-tables.ts';
import { addressOf, carriedFields, errorSummary, layout, linkTo, type Visit } from './layout.ts';

export type Figures = Static<typeof FiguresAnswer>;

/** Everything that the first page shows. */
export type HomeFigures = {
  readonly total: Figures;
  /** What became of the permits issued in the period. */
  readonly cohort: Figures;
  readonly cuts: readonly { readonly cut: Cut; readonly figures: Figures }[];
};

/** The period form as it was filled in, and whether it can be answered. */
export type AskedPeriod = {
  readonly from: string;
  readonly to: string;
  readonly wrong: boolean;
  /** What the address itself said; empty on the plain first page. */
  readonly given: { readonly from?: string | undefined; readonly to?: string | undefined };
};

/** The measures that lead, in the order of the programme's chain. */
const headline = [
  'permits_issued',
  'plans_referred',
  'plans_funded',
  'rial_paid',
  'jobs_registered',
] as const;

/** The public first page; without figures when the period that was asked for is none. */
export function homePage(
  visit: Visit,
  asked: AskedPeriod,
  shown: { readonly figures: HomeFigures | undefined; readonly today: IsoDate },
): Html {
  const { say, provinceName } = visit;
  const { figures, today } = shown;
  const description = say('publishing.home.lede');
  const body = html`<main id="main" class="wrap" itemscope itemtype="https://schema.org/Dataset">
<section class="stack">
<h1 itemprop="name">${say('publishing.home.heading', { province: provinceName })}</h1>
<p class="lede" itemprop="description">${description}</p>
</section>
${asked.wrong && errorSummary(say('publishing.home.badPeriodTitle'), [{ field: 'from', text: badPeriod(visit) }])}
${figures ? accounts(visit, figures, today) : periodForm(visit, asked)}
${figures && html`${periodForm(visit, asked)}${tables(visit, figures)}`}
<section class="stack" id="check">
<h2>${say('publishing.home.checkTitle')}</h2>
${checkForm(visit, { value: '', fault: undefined })}
</section>
${apply(visit)}
</main>`;
  return layout(visit, {
    title: say('publishing.home.title', { province: provinceName }),
    description,
    path: addressOf('/', asked.given),
    listed: true,
    current: 'figures',
    body,
  });
}

function badPeriod({ language, say }: Visit): string {
  const example = (iso: string) => formatJalali(iso as IsoDate, language, 'short');
  return say('publishing.home.badPeriod', {
    from: example('2021-03-21'),
    to: example('2022-06-21'),
  });
}

function accounts(visit: Visit, { total }: HomeFigures, today: IsoDate): Html {
  const { say, formats } = visit;
  const { from_iso: from, to_iso: to } = total.period;
  const empty = headline.every((name) => Number(total.measures[name]) === 0);
  return html`<section id="figures">
<meta itemprop="temporalCoverage" content="${from}/${to}">
<h2>${say('publishing.home.period', { from: formats.day(from), to: formats.day(to) })}</h2>
<p class="soft">${say('publishing.home.asOf', { day: formats.day(today) })}</p>
${empty ? html`<p><b>${say('publishing.home.empty')}</b> ${say('publishing.home.emptyNext')}</p>` : ''}
<ul class="figures">${headline.map((name) => figure(visit, total, name))}</ul>
${definitions(visit)}
</section>`;
}

type HeadlineName = (typeof headline)[number];

function figure({ say, formats }: Visit, total: Figures, name: HeadlineName): Html {
  const label = say(labelKey(name, 'label'));
  if (name !== 'rial_paid') {
    const value = total.measures[name];
    return html`<li class="figure"><data class="figure-value" value="${value}">${formats.count(value)}</data>
<span class="figure-label">${label}</span></li>`;
  }
  const rials = total.measures.rial_paid;
  const { number, unit } = formats.roundToman(rials);
  const exact = say('publishing.home.exactRial', { rial: formats.rial(rials) });
  return html`<li class="figure"><data class="figure-value" value="${rials}" title="${exact}">${number}</data>
<span class="figure-label"><span class="soft">${say(`publishing.units.${unit}`)}</span> ${label}</span> <span class="figure-exact">${exact}</span></li>`;
}

function labelKey(name: string, part: 'label' | 'definition'): string {
  const slice = measures.find((measure) => measure.name === name)?.slice ?? 'permits';
  return `${slice}.measures.${name}.${part}`;
}

function definitions({ say }: Visit): Html {
  return html`<details>
<summary>${say('publishing.home.definitions')}</summary>
<dl class="summary">${headline.map(
    (name) =>
      html`<div><dt>${say(labelKey(name, 'label'))}</dt><dd>${say(labelKey(name, 'definition'))}</dd></div>`,
  )}</dl>
</details>`;
}

function periodForm(visit: Visit, asked: AskedPeriod): Html {
  const { language, say } = visit;
  const example = formatJalali('2021-03-21' as IsoDate, language, 'short');
  const hint = html`<span class="hint" id="period-hint">${say('publishing.home.dateHint', { example })}</span>`;
  const field = (name: 'from' | 'to') => html`<div class="field">
<label for="${name}">${say(`publishing.home.${name}`)}</label>
<input class="ltr" id="${name}" name="${name}" value="${asked[name]}" autocomplete="off" maxlength="20" aria-describedby="period-hint${asked.wrong ? ' period-error' : ''}"${asked.wrong && html` aria-invalid="true"`}>
</div>`;
  return html`<section class="no-print">
<form class="period" action="/" method="get">
<fieldset><legend>${say('publishing.home.change')}</legend>${hint}
${asked.wrong && html`<span class="error" id="period-error">${badPeriod(visit)}</span>`}
<div class="period-fields">${field('from')}${field('to')}${carriedFields(visit)}
<button class="button secondary">${say('publishing.home.show')}</button></div>
</fieldset>
</form>
</section>`;
}

function tables(visit: Visit, { total, cohort, cuts }: HomeFigures): Html {
  const { say } = visit;
  return html`<section id="funnel">
<h2>${say('publishing.home.funnel')}</h2>
<p class="soft">${say('publishing.home.funnelNote')}</p>
${funnel(visit, cohort)}
</section>
<section id="jobs">
<h2>${say('publishing.home.jobs.title')}</h2>
<p class="soft">${say('publishing.home.jobs.note')}</p>
${jobStages(visit, total, (name, part) => say(labelKey(name, part)))}
</section>
${cuts.map(({ cut, figures }) => breakdown(visit, cut, figures))}
${downloads(visit, cuts)}`;
}

function downloads({ say }: Visit, cuts: HomeFigures['cuts']): Html {
  const line = ({ cut, figures }: HomeFigures['cuts'][number]) => {
    const by = say(`publishing.home.by.${cut}`);
    const { from, to } = figures.period;
    const query = { province: figures.scope.province.id, from, to, by: cut };
    const [csv, json] = [addressOf('/figures.csv', query), addressOf('/api/figures', query)];
    return html`<li>${by}:
<a href="${csv}" itemprop="distribution" aria-label="${say('publishing.home.csv', { by })}">CSV</a>
<a href="${json}" itemprop="distribution" aria-label="${say('publishing.home.json', { by })}">JSON</a></li>`;
  };
  return html`<section id="data" class="no-print">
<h2>${say('publishing.home.data')}</h2>
<p>${say('publishing.home.dataText')}</p>
<ul class="downloads">${cuts.map(line)}</ul>
</section>`;
}

function apply(visit: Visit): Html {
  const { say } = visit;
  return html`<section class="stack no-print" id="apply">
<h2>${say('publishing.home.apply')}</h2>
<p>${say('publishing.home.applyText')}</p>
<p>${say('publishing.home.applyBring')}</p>
<p>${say('publishing.home.follow')}</p>
<p><a class="button" href="${linkTo(visit, '/sign-in')}">${say('publishing.home.signIn')}</a></p>
</section>`;
}

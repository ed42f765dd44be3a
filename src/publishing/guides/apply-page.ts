import { organisationLabel, type Reference } from '../../accounts/index.ts';
import { dataBlock, type Html, html } from '../../platform/html.ts';
import { layout, linkTo, type Visit } from '../layout.ts';
import { type Described, limitText, occupationsPath } from './occupation-pages.ts';

export const applyPath = '/apply';

/** What the page says of its province and its day. */
export type ApplyGuide = {
  readonly reference: Reference;
  readonly provinceId: number;
  /** How long a decision may take, all in all. */
  readonly limit: Described['days']['agency'];
};

const steps = ['find', 'form', 'counter', 'decide', 'permit', 'loan'] as const;

/** How one applies, step by step, and who receives the application where. */
export function applyPage(visit: Visit, guide: ApplyGuide): Html {
  const { say } = visit;
  const lede = say('guides.apply.lede');
  const said = stepTexts(visit, guide);
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${say('guides.apply.title')}</h1>
<p class="lede">${lede}</p>
<h2>${say('guides.apply.steps')}</h2>
<ol>${said.map((text) => html`<li>${text}</li>`)}</ol>
<p class="no-print"><a class="button" href="${linkTo(visit, '/my/find')}">${say('guides.apply.begin')}</a>
<a href="${linkTo(visit, occupationsPath)}">${say('guides.apply.findLink')}</a>
<a href="${linkTo(visit, '/p')}">${say('guides.apply.checkLink')}</a></p>
</section>
${where(visit, guide)}
<section class="stack"><h2>${say('guides.apply.follow')}</h2><p>${say('guides.apply.followText')}</p></section>
</main>
${dataBlock(howTo(visit, said, lede))}`;
  return layout(visit, {
    ...{ title: say('guides.apply.title'), description: lede, path: applyPath, listed: true, body },
    current: 'apply',
  });
}

function stepTexts(visit: Visit, { reference, limit }: ApplyGuide): string[] {
  const { say, formats } = visit;
  const values = {
    count: formats.count(reference.occupations.size),
    limit: limitText(visit, 'apply', limit),
  };
  return steps.map((step) => say(`guides.apply.step.${step}`, values));
}

/** The agencies with their occupations, the counties, and the agent banks of the province. */
function where(visit: Visit, { reference, provinceId }: ApplyGuide): Html {
  const { say, formats, language } = visit;
  const counted = Map.groupBy(reference.occupations.values(), ({ agency_id }) => agency_id);
  const agencies = [...counted].sort(([, a], [, b]) => b.length - a.length);
  const name = (id: string) => organisationLabel(reference, id).label[language];
  const counties = [...reference.counties.values()].filter((row) => row.province_id === provinceId);
  const banks = reference.provinceBanks.filter((row) => row.province_id === provinceId);
  const { compare } = new Intl.Collator(language);
  const list = (title: string, names: readonly string[]) =>
    names.length > 0 &&
    html`<h3>${title}</h3><p>${new Intl.ListFormat(language).format([...new Set(names)].sort(compare))}</p>`;
  return html`<section class="stack" id="where">
<h2>${say('guides.apply.where')}</h2>
<p>${say('guides.apply.whereText')}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${say('guides.apply.agencies')}"><table>
<caption>${say('guides.apply.agencies')}</caption>
<thead><tr><th scope="col">${say('guides.apply.agency')}</th><th scope="col" class="num">${say('guides.apply.occupations')}</th></tr></thead>
<tbody>${agencies.map(
    ([id, own]) =>
      html`<tr><th scope="row">${name(id)}</th><td class="num">${formats.count(own.length)}</td></tr>`,
  )}</tbody></table></div>
${list(
  say('guides.apply.counties'),
  counties.map((row) => (language === 'fa' ? row.name_fa : row.name_en)),
)}
${list(
  say('guides.apply.banks'),
  banks.map(({ bank_id }) => name(bank_id)),
)}
</section>`;
}

function howTo({ say, publicUrl, language }: Visit, said: readonly string[], lede: string) {
  return {
    '@context': 'https://schema.org',
    '@type': 'HowTo',
    ...{ name: say('guides.apply.title'), description: lede, inLanguage: language },
    url: `${publicUrl}${applyPath}`,
    step: said.map((text, at) => ({ '@type': 'HowToStep', position: at + 1, text })),
  };
}

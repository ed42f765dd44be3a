import type { Reference } from '../../accounts/index.ts';
import { organisationLabel } from '../../accounts/index.ts';
import type { describeOccupation } from '../../permits/index.ts';
import { dataBlock, type Html, html } from '../../platform/html.ts';
import { addressOf, carriedFields, layout, linkTo, type Visit } from '../layout.ts';

/** An occupation as it is described to whoever wants to apply. */
export type Described = ReturnType<typeof describeOccupation>;

export const occupationsPath = '/occupations';
/** The public address of an occupation. */
export const occupationPath = (id: string): string => `${occupationsPath}/${id}`;

/** All occupations by agency, or those that fit plain words. */
export function occupationsPage(
  visit: Visit,
  reference: Reference,
  asked: { readonly text: string; readonly found: readonly Described[] },
): Html {
  const { say, formats } = visit;
  const { text, found } = asked;
  const count = formats.count(reference.occupations.size);
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${say('guides.occupations.title')}</h1>
<p class="lede">${say('guides.occupations.lede')}</p>
${searchForm(visit, text)}
${text !== '' && answerTo(visit, text, found)}
</section>
<section class="stack" id="all">
<h2>${say('guides.occupations.all', { count })}</h2>
${byAgency(visit, reference)}
</section>
</main>`;
  return layout(visit, {
    title: say('guides.occupations.title'),
    description: say('guides.occupations.lede'),
    path: addressOf(occupationsPath, { q: text }),
    listed: text === '',
    current: 'apply',
    body,
  });
}

function searchForm(visit: Visit, text: string): Html {
  const { say } = visit;
  return html`<form action="${occupationsPath}" method="get" role="search"><div class="field">
<label for="q">${say('guides.occupations.label')}</label>
<span class="hint" id="q-hint">${say('guides.occupations.hint')}</span>
<input id="q" name="q" value="${text}" maxlength="100" autocomplete="off" dir="auto" aria-describedby="q-hint">
</div>${carriedFields(visit)}<button class="button">${say('guides.occupations.search')}</button></form>`;
}

function answerTo(visit: Visit, text: string, found: readonly Described[]): Html {
  const { say, language } = visit;
  if (found.length === 0) {
    return html`<p class="notice" role="status">${say('guides.occupations.nothing', { text })}</p>`;
  }
  return html`<h2>${say('guides.occupations.found', { text })}</h2>
<ul class="ways">${found.map(
    ({ id, label, agency }) =>
      html`<li><a href="${linkTo(visit, occupationPath(id))}">${label[language]}</a> <span class="soft">${agency.label[language]}</span></li>`,
  )}</ul>`;
}

type Row = Reference['occupations'] extends ReadonlyMap<string, infer R> ? R : never;

const nameOf = ({ language }: Visit, { name_fa, name_en }: Row) =>
  language === 'fa' ? name_fa : name_en;

function byAgency(visit: Visit, reference: Reference): Html[] {
  const { say, formats, language } = visit;
  const { compare } = new Intl.Collator(language);
  const rows = [...reference.occupations.values()];
  return [...Map.groupBy(rows, ({ agency_id }) => agency_id)].map(([agencyId, own]) => {
    const agency = organisationLabel(reference, agencyId).label[language];
    const sorted = own.sort((a, b) => compare(nameOf(visit, a), nameOf(visit, b)));
    return html`<details><summary>${say('guides.occupations.ofAgency', { agency, count: formats.count(own.length) })}</summary>
<ul class="ways">${sorted.map(
      (row) =>
        html`<li><a href="${linkTo(visit, occupationPath(row.id))}">${nameOf(visit, row)}</a></li>`,
    )}</ul></details>`;
  });
}

type Limit = Described['days']['agency'];

/** A limit in words: so many days, or so many working days. */
export function limitText({ say, formats }: Visit, part: string, { value, unit }: Limit): string {
  const key = unit === 'days' ? 'days' : 'workingDays';
  return say(`guides.${part}.${key}`, { days: formats.count(value) });
}

/** One occupation: who decides, what is needed, how long it takes. */
export function occupationPage(visit: Visit, it: Described): Html {
  const { say, language } = visit;
  const occupation = it.label[language];
  const lede = say('guides.occupation.lede', { occupation });
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${occupation}</h1>
<p class="lede">${lede}</p>
<dl class="summary">${facts(visit, it).map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>
</section>
<section class="stack"><h2>${say('guides.occupation.documents')}</h2>
<ul>${it.documents.map(
    ({ label, menOnly }) =>
      html`<li>${label[language]}${menOnly && html` <span class="soft">(${say('guides.occupation.menOnly')})</span>`}</li>`,
  )}</ul></section>
<section class="stack"><h2>${say('guides.occupation.conditions')}</h2>
<ul>${it.questions.map(({ label }) => html`<li>${label[language]}</li>`)}</ul></section>
<p class="no-print"><a class="button" href="${linkTo(visit, '/my/find')}">${say('guides.occupation.begin')}</a>
<a href="${linkTo(visit, occupationsPath)}">${say('guides.occupation.others')}</a></p>
</main>
${dataBlock(service(visit, it, lede))}`;
  const path = occupationPath(it.id);
  return layout(visit, {
    ...{ title: occupation, description: lede, path, listed: true, body },
    current: 'apply',
  });
}

function facts(visit: Visit, it: Described): [string, string][] {
  const { say, formats, language } = visit;
  const word = (name: string) => say(`guides.occupation.${name}`);
  const { agency, clearance, directorate } = it.days;
  const limit = (name: string, of: Limit) =>
    say(`guides.occupation.${name}`, { limit: limitText(visit, 'occupation', of) });
  const times = [
    limit('atAgency', agency),
    ...(clearance ? [limit('atClearance', clearance)] : []),
    limit('atDirectorate', directorate),
  ];
  const listed = new Intl.ListFormat(language, { type: 'conjunction' });
  const clearedBy = it.clearances.map(({ label }) => label[language]);
  return [
    [word('agency'), it.agency.label[language]],
    ...(clearedBy.length > 0
      ? [[word('clearances'), listed.format(clearedBy)] as [string, string]]
      : []),
    [word('grade'), say(`guides.occupation.grades.${it.grade}`)],
    [word('time'), listed.format(times)],
    [
      word('validity'),
      say('guides.occupation.months', { months: formats.count(it.validityMonths) }),
    ],
  ];
}

/** What search engines read: a service of a public office, for whom and from whom. */
function service({ publicUrl, provinceName, language }: Visit, it: Described, lede: string) {
  return {
    '@context': 'https://schema.org',
    '@type': 'GovernmentService',
    ...{ name: it.label[language], description: lede, inLanguage: language },
    url: `${publicUrl}${occupationPath(it.id)}`,
    provider: { '@type': 'GovernmentOrganization', name: it.agency.label[language] },
    areaServed: { '@type': 'AdministrativeArea', name: provinceName },
    availableChannel: {
      '@type': 'ServiceChannel',
      serviceUrl: `${publicUrl}/my/find`,
    },
  };
}

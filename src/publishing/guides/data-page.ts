import { dataBlock, type Html, html } from '../../platform/html.ts';
import { layout, linkTo, type Visit } from '../layout.ts';
import { occupationsPath } from './occupation-pages.ts';

export const dataPath = '/data';

/** What anybody may take away, where it is described, and in which kinds of file. */
const sets = [
  { name: 'figures', files: { CSV: '/figures.csv', JSON: '/api/figures' } },
  { name: 'measures', files: { JSON: '/api/measures' } },
  {
    name: 'bulletins',
    page: '/bulletins',
    files: { Atom: '/bulletins.atom', RSS: '/bulletins.rss' },
  },
  { name: 'market', page: '/market', files: { CSV: '/market.csv', JSON: '/market.json' } },
  { name: 'roots', page: '/history-roots', files: { JSON: '/history-roots.json' } },
  { name: 'occupations', page: occupationsPath, files: { JSON: '/api/reference' } },
] as const satisfies readonly {
  name: string;
  page?: string;
  files: Readonly<Record<string, string>>;
}[];

const example = '/api/figures?from=1400-01-01&to=1401-03-31&by=agency';

/** The open data: what there is, and how programs ask for it. */
export function dataPage(visit: Visit): Html {
  const { say, publicUrl } = visit;
  const word = (name: string) => say(`guides.data.${name}`);
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${word('title')}</h1>
<p class="lede">${word('lede')}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${word('sets')}"><table class="long">
<caption>${word('sets')}</caption>
<thead><tr>${['set', 'what', 'files'].map((head) => html`<th scope="col">${word(head)}</th>`)}</tr></thead>
<tbody>${sets.map((set) => line(visit, set))}</tbody></table></div>
</section>
<section class="stack" id="api">
<h2>${word('api')}</h2>
<p>${word('apiText')}</p>
<p>${word('example')}:</p>
<pre dir="ltr" tabindex="0"><code>${publicUrl}${example}</code></pre>
<p>${word('asOf')}</p>
<p><a href="/api/openapi.json">${word('openapi')}</a></p>
<h2>${word('licence')}</h2>
<p>${word('licenceText')}</p>
</section>
</main>
${dataBlock(catalogue(visit))}`;
  return layout(visit, {
    ...{ title: word('title'), description: word('lede'), path: dataPath, listed: true, body },
    current: 'data',
  });
}

function line(visit: Visit, set: (typeof sets)[number]): Html {
  const { say } = visit;
  const name = say(`guides.data.${set.name}`);
  const files = Object.entries(set.files).map(
    ([kind, path]) => html`<a href="${path}" aria-label="${`${kind}, ${name}`}">${kind}</a> `,
  );
  const named = 'page' in set ? html`<a href="${linkTo(visit, set.page)}">${name}</a>` : name;
  return html`<tr><th scope="row">${named}</th><td>${say(`guides.data.${set.name}Text`)}</td><td>${files}</td></tr>\n`;
}

const types: Readonly<Record<string, string>> = {
  ...{ CSV: 'text/csv', JSON: 'application/json' },
  ...{ Atom: 'application/atom+xml', RSS: 'application/rss+xml' },
};

function catalogue({ say, publicUrl, language }: Visit) {
  return {
    '@context': 'https://schema.org',
    '@type': 'DataCatalog',
    ...{ name: say('guides.data.title'), description: say('guides.data.lede') },
    ...{ url: `${publicUrl}${dataPath}`, inLanguage: language },
    dataset: sets.map(({ name, files }) => ({
      '@type': 'Dataset',
      name: say(`guides.data.${name}`),
      description: say(`guides.data.${name}Text`),
      isAccessibleForFree: true,
      distribution: Object.entries(files).map(([kind, path]) => ({
        '@type': 'DataDownload',
        encodingFormat: types[kind],
        contentUrl: `${publicUrl}${path}`,
      })),
    })),
  };
}

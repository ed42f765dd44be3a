import { dataBlock, type Html, html } from '../../platform/html.ts';
import type { Language, Say } from '../../platform/language.ts';
import { layout, linkTo, type Visit } from '../layout.ts';
import { momentText } from '../roots/page.ts';
import { type AccountText, tell } from './account.ts';
import { bulletinPath } from './files.ts';
import { annexRows, changeRows } from './rows.ts';
import type { Version } from './version.ts';

type Sayers = Readonly<Record<Language, Say>>;

/** What a page of a bulletin shows besides the version: the others of it, and what readers said. */
export type Around = {
  readonly sayers: Sayers;
  readonly versions: readonly Version[];
  readonly rootHash: string;
  readonly comments?: Html | undefined;
};

/** All bulletins of the province, the newest first. */
export function bulletinsPage(visit: Visit, sayers: Sayers, versions: readonly Version[]): Html {
  const { say } = visit;
  const item = (version: Version) => {
    const { bulletin } = version;
    const { language } = bulletin;
    const said = tell(version, { say: sayers[language], language });
    return html`<li class="stack"><h2 lang="${language}" dir="auto"><a href="${linkTo(visit, bulletinPath(bulletin))}">${said.headline}</a></h2>
<p lang="${language}" dir="auto">${said.lead}</p>${meta(visit, version)}</li>`;
  };
  const body = html`<main id="main" class="wrap"><section class="stack">
<h1>${say('bulletins.title')}</h1>
<p class="lede">${say('bulletins.lede')}</p>
${versions.length === 0 ? html`<p>${say('bulletins.none')}</p>` : html`<ul class="bulletin-list">${versions.map(item)}</ul>`}
<p class="soft"><a href="/bulletins.atom">${say('bulletins.page.atom')}</a> · <a href="/bulletins.rss">${say('bulletins.page.rss')}</a></p>
</section></main>`;
  const [title, description] = [say('bulletins.title'), say('bulletins.lede')];
  return layout(visit, {
    ...{ title, description, path: '/bulletins', listed: true, body },
    current: 'bulletins',
  });
}

function meta(visit: Visit, { bulletin, version, publicFrom }: Version): Html {
  const { say, formats } = visit;
  return html`<p class="soft">${say('bulletins.page.number', { number: formats.digits(bulletin.number) })}
· ${say('bulletins.page.version', { version: formats.count(version) })}
· <time datetime="${publicFrom.toISOString()}">${say('bulletins.page.published', { moment: momentText(visit, publicFrom.toISOString()) })}</time></p>`;
}

/** One version of a bulletin: the account, its table and chart, how it is said, what changed, and how to check it. */
export function bulletinPage(visit: Visit, version: Version, around: Around): Html {
  const { bulletin } = version;
  const { language } = bulletin;
  const said = tell(version, { say: around.sayers[language], language });
  const newest = around.versions.at(-1)?.version === version.version;
  const body = html`<main id="main" class="wrap bulletin">
<article class="stack">
${newest ? undefined : superseded(visit, version)}
<header class="stack">
<h1 lang="${language}" dir="auto">${said.headline}</h1>
${meta(visit, version)}
${version.demonstration && html`<p class="notice">${visit.say('bulletins.page.demonstration')}</p>`}
</header>
<div class="stack" lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}">
<p class="lede">${said.lead}</p>
${said.paragraphs.map((one) => html`<p>${one}</p>`)}
${table(said)}
${chart(said, language === 'fa')}
</div>
${rounding(visit, said, language)}
${changes(visit, version)}
${annex(visit, version)}
${checking(visit, version, around)}
</article>
${around.comments}
</main>
${dataBlock(structured(visit, version, said))}`;
  return layout(visit, {
    ...{ title: said.headline, description: said.lead, body, current: 'bulletins', own: language },
    ...{ path: bulletinPath(bulletin, newest ? undefined : version.version), listed: newest },
  });
}

function superseded(visit: Visit, { bulletin }: Version): Html {
  const { say } = visit;
  return html`<p class="notice" role="note">${say('bulletins.page.superseded')}
<a href="${linkTo(visit, bulletinPath(bulletin))}">${say('bulletins.page.newest')}</a></p>`;
}

function table({ table: { caption, heads, rows, total } }: AccountText): Html {
  const line = ([name = '', ...cells]: readonly string[]) =>
    html`<tr><th scope="row">${name}</th>${cells.map((one) => html`<td class="num">${one}</td>`)}</tr>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head, at) => html`<th scope="col"${at > 0 && html` class="num"`}>${head}</th>`)}</tr></thead>
<tbody>${rows.map(line)}</tbody>
<tfoot>${line(total)}</tfoot>
</table></div>`;
}

const barHeight = 28;
const chartWidth = 720;
const namesWidth = 320;

/** Bars as SVG without a style of its own: the stylesheet gives the colours, for light, dark and paper. */
function chart({ chart: { title, bars } }: AccountText, rtl: boolean): Html | undefined {
  const most = Math.max(0, ...bars.map(({ value }) => value));
  if (most === 0) return undefined;
  const scale = (chartWidth - namesWidth - 70) / most;
  // Persian reads from the right edge; everything is measured from the other edge.
  const from = (x: number) => (rtl ? chartWidth - x : x);
  const [outwards, inwards] = rtl ? ['start', 'end'] : ['end', 'start'];
  const bar = ({ label, value, text }: (typeof bars)[number], at: number) => {
    const y = at * barHeight;
    const width = Math.max(2, Math.round(value * scale));
    return html`<text class="bar-name" x="${from(namesWidth - 8)}" y="${y + 19}" text-anchor="${outwards}" direction="ltr">${`\u2068${label}\u2069`}</text>
<rect class="bar" x="${rtl ? from(namesWidth + width) : namesWidth}" y="${y + 5}" width="${width}" height="${barHeight - 10}" rx="3"/>
<text class="bar-value" x="${from(namesWidth + width + 8)}" y="${y + 19}" text-anchor="${inwards}" direction="ltr">${text}</text>\n`;
  };
  return html`<figure class="bulletin-chart" tabindex="0"><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${chartWidth} ${bars.length * barHeight}" role="img" aria-label="${title}">
${bars.map(bar)}</svg></figure>`;
}

function rounding({ say }: Visit, { sumNote }: AccountText, lang: Language): Html {
  return html`<section class="stack"><h2>${say('bulletins.page.rounding')}</h2>
<p>${say('bulletins.page.rule')}</p>${sumNote && html`<p lang="${lang}" dir="auto">${sumNote}</p>`}</section>`;
}

function changes(visit: Visit, version: Version): Html | undefined {
  const { say } = visit;
  if (version.reason === null) return undefined;
  const rows = changeRows(visit, version);
  const caption = say('bulletins.page.changes');
  const heads = ['what', 'before', 'now'].map((one) => say(`bulletins.page.${one}`));
  return html`<section class="stack" id="changes"><h2>${caption}</h2>
<p dir="auto">${say('bulletins.page.why', { reason: version.reason })}</p>
${
  rows.length === 0
    ? html`<p>${say('bulletins.page.noChanges')}</p>`
    : listed(
        ...([caption, heads] as const),
        rows.map(
          ([what, before, after]) =>
            html`<tr><th scope="row">${what}</th><td dir="auto"><del>${before}</del></td><td dir="auto"><ins>${after}</ins></td></tr>`,
        ),
      )
}</section>`;
}

function annex(visit: Visit, version: Version): Html {
  const { title, none, heads, rows } = annexRows(visit, version);
  const line = ([name, ...cells]: readonly string[]) =>
    html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td dir="auto">${cell}</td>`)}</tr>`;
  return html`<section class="stack"><h2>${title}</h2>
${rows.length === 0 ? html`<p>${none}</p>` : listed(title, heads, rows.map(line))}</section>`;
}

function listed(caption: string, heads: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

function checking(visit: Visit, version: Version, { versions, rootHash }: Around): Html {
  const { say, formats } = visit;
  const { bulletin, version: own, root, hash, asOf } = version;
  const file = (as: string, name: string) =>
    html`<li><a href="${bulletinPath(bulletin, own, as)}">${say(`bulletins.page.${name}`)}</a></li>`;
  const older = versions.filter((one) => one.version !== own);
  const newest = versions.at(-1)?.version;
  return html`<section class="stack"><h2>${say('bulletins.page.check')}</h2>
<p>${say('bulletins.page.asOf', { moment: momentText(visit, asOf.toISOString()) })}</p>
<p><a href="${linkTo(visit, '/history-roots')}">${say('bulletins.page.root', { number: formats.count(root) })}</a> <code class="ltr hash">${rootHash}</code></p>
<p>${say('bulletins.page.hash')} <code class="ltr hash">${hash}</code></p>
<p>${say('bulletins.page.recompute')}</p>
<pre dir="ltr" tabindex="0"><code>${`bin/karkhaneh bulletin verify ${bulletin.number}`}</code></pre>
<p class="soft">${say('bulletins.page.small')}</p>
<h3>${say('bulletins.page.downloads')}</h3>
<ul class="downloads">${file('.pdf', 'pdf')}${file('.json', 'json')}${file('.csv', 'csv')}${file('/table.csv', 'table')}</ul>
${
  older.length > 0 &&
  html`<h3>${say('bulletins.page.versions')}</h3><ul class="downloads">${older.map(
    (one) =>
      html`<li><a href="${linkTo(visit, bulletinPath(bulletin, one.version === newest ? undefined : one.version))}">${say('bulletins.page.version', { version: formats.count(one.version) })}</a> (${say(`bulletins.page.${one.version === newest ? 'standing' : 'older'}`)})</li>`,
  )}</ul>`
}</section>`;
}

/** What search engines read: a report, and the data that it stands on. */
function structured({ publicUrl, say }: Visit, version: Version, said: AccountText) {
  const { bulletin, publicFrom } = version;
  const url = `${publicUrl}${bulletinPath(bulletin)}`;
  const file = (as: string, type: string) => ({
    '@type': 'DataDownload',
    encodingFormat: type,
    contentUrl: `${publicUrl}${bulletinPath(bulletin, version.version, as)}`,
  });
  return {
    '@context': 'https://schema.org',
    '@type': 'Report',
    reportNumber: bulletin.number,
    ...{ url, headline: said.headline, abstract: said.lead, inLanguage: bulletin.language },
    version: String(version.version),
    datePublished: publicFrom.toISOString(),
    temporalCoverage: `${bulletin.from}/${bulletin.to}`,
    publisher: { '@type': 'GovernmentOrganization', name: say('publishing.shell.product') },
    about: {
      '@type': 'Dataset',
      ...{ name: said.table.caption, description: said.lead, isAccessibleForFree: true },
      distribution: [
        file('.csv', 'text/csv'),
        file('/table.csv', 'text/csv'),
        file('.json', 'application/json'),
      ],
    },
  };
}

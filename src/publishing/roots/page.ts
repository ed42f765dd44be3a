import { isoToday } from '../../kit/jalali.ts';
import { type Html, html } from '../../platform/html.ts';
import type { publishedRoot } from '../../platform/roots/index.ts';
import { layout, type Visit } from '../layout.ts';

/** The address of the page; the file is beside it. */
export const rootsPath = '/history-roots';

type Root = ReturnType<typeof publishedRoot>;

const mostShown = 30;

/** The newest roots, where all of them are, and how anybody checks them. */
export function rootsPage(visit: Visit, roots: readonly Root[], keyId: string): Html {
  const { say } = visit;
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${say('roots.title')}</h1>
<p class="lede">${say('roots.lede')}</p>
${roots.length === 0 ? html`<p>${say('roots.none')}</p>` : table(visit, roots)}
<p><a href="${rootsPath}.json" download>${say('roots.all')}</a></p>
</section>
<section class="stack">
<h2>${say('roots.keyHeading')}</h2>
<p>${say('roots.key')}</p>
<pre dir="ltr" tabindex="0"><code>${keyId}</code></pre>
<h2>${say('roots.checkHeading')}</h2>
<p>${say('roots.check')}</p>
</section>
</main>`;
  const [title, description] = [say('roots.title'), say('roots.lede')];
  return layout(visit, { title, description, path: rootsPath, listed: true, body });
}

function table(visit: Visit, roots: readonly Root[]): Html {
  const { say, formats } = visit;
  const row = ({ number, as_of, cases, hash }: Root) => html`<tr>
<th scope="row" class="num">${formats.count(number)}</th>
<td><time datetime="${as_of}">${momentText(visit, as_of)}</time></td>
<td class="num">${formats.count(cases)}</td>
<td><code class="ltr">${hash}</code></td>
</tr>`;
  const newest = [...roots].reverse().slice(0, mostShown);
  const heads = ['number', 'of', 'cases', 'hash'];
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say('roots.caption')}"><table>
<caption>${say('roots.caption')}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${say(`roots.${head}`)}</th>`)}</tr></thead>
<tbody>${newest.map(row)}</tbody>
</table></div>`;
}

const timesOf = (locale: string) =>
  new Intl.DateTimeFormat(locale, {
    ...{ timeZone: 'Asia/Tehran', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
/** Made once: making one takes longer than a page may. */
const times = { fa: timesOf('fa'), en: timesOf('en-GB') };

/** A moment as people in Tehran write it: the day, then the time. */
export function momentText({ say, formats, language }: Visit, at: string): string {
  const day = formats.day(isoToday(Date.parse(at)), 'long');
  return say('roots.moment', { day, time: times[language].format(Date.parse(at)) });
}

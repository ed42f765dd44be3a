import type { Static } from 'typebox';
import { type Html, html } from '../platform/html.ts';
import type { ProblemDocument } from '../platform/problem-document.ts';
import { layout, linkTo, type Visit } from './layout.ts';

/** A problem as a page: what happened, what to do, and ways on. */
export function errorPage(visit: Visit, problem: Static<typeof ProblemDocument>): Html {
  const { say } = visit;
  const missing = problem.code === 'platform.not_found';
  const title = missing ? say('publishing.error.notFound') : problem.title;
  const next = missing ? say('publishing.error.notFoundNext') : problem.next;
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${title}</h1>
<p class="lede">${next}</p>
<ul class="ways">
<li><a href="${linkTo(visit, '/')}">${say('publishing.error.home')}</a></li>
<li><a href="${linkTo(visit, '/p')}">${say('publishing.shell.check')}</a></li>
<li><a href="${linkTo(visit, '/sign-in')}">${say('publishing.shell.signIn')}</a></li>
</ul>
${!missing && html`<p class="soft">${say('publishing.error.reference', { id: `\u2066${problem.instance}\u2069` })}</p>`}
</section>
</main>`;
  return layout(visit, { title, path: '/', body });
}

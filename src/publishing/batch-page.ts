import { type Html, html } from '../platform/html.ts';
import { layout, linkTo, type Visit } from './layout.ts';

/** The form that takes a spreadsheet of numbers and gives it back annotated; it needs no JavaScript. */
export function batchPage(visit: Visit): Html {
  const { say } = visit;
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${say('publishing.batch.heading')}</h1>
<p class="lede">${say('publishing.batch.lede')}</p>
<form class="stack" action="${linkTo(visit, '/api/verify/sheet')}" method="post" enctype="multipart/form-data">
<div class="field">
<label for="file">${say('publishing.batch.file')}</label>
<span class="hint" id="file-hint">${say('publishing.batch.hint')}</span>
<input id="file" name="file" type="file" required accept=".xlsx,.csv" aria-describedby="file-hint">
</div>
<button class="button">${say('publishing.batch.button')}</button>
</form>
<p class="soft">${say('publishing.batch.privacy')}</p>
<p><a href="${linkTo(visit, '/p')}">${say('publishing.batch.one')}</a></p>
</section>
</main>`;
  return layout(visit, {
    title: say('publishing.batch.heading'),
    description: say('publishing.batch.lede'),
    path: '/p/batch',
    listed: true,
    current: 'check',
    body,
  });
}

import { type Html, html } from '../../platform/html.ts';
import { carriedFields, errorSummary, layout, type Visit } from '../layout.ts';
import type { Account, Claim, ClaimCheck } from './contract.ts';

/** The address of the page, which its form comes back to. */
export const checkPath = '/check';

/** What was sent, and what is wrong with it. */
export type Pasted = {
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly fault?: { readonly field: 'text' | 'from'; readonly text: string };
};

/** The form; below it, once a text was sent, its numbers and what its sums give. */
export function claimsPage(visit: Visit, pasted: Pasted, account: Account | undefined): Html {
  const { say } = visit;
  const body = html`<main id="main" class="wrap">
<section class="stack">
${pasted.fault && errorSummary(say('claims.errorTitle'), [pasted.fault])}
<h1>${say('claims.heading')}</h1>
<p class="lede">${say('claims.lede')}</p>
${account && resultOf(visit, pasted.text, account)}
${formOf(visit, pasted)}
<p class="soft">${say('claims.method')}</p>
</section>
</main>`;
  return layout(visit, {
    title: say('claims.title'),
    description: say('claims.lede'),
    path: checkPath,
    listed: account === undefined,
    body,
  });
}

function formOf(visit: Visit, { text, from, to, fault }: Pasted): Html {
  const { say, formats } = visit;
  const wrong = (field: string) => (fault?.field === field ? fault.text : undefined);
  const example = formats.day('2021-03-21', 'short');
  const day = (name: 'from' | 'to', value: string) => html`<div class="field">
<label for="${name}">${say(`claims.${name}`)}</label>
${wrong(name) && html`<span class="error" id="${name}-error">${wrong(name)}</span>`}
<input id="${name}" name="${name}" value="${value}" autocomplete="off" aria-describedby="period-hint${wrong(name) && ` ${name}-error`}">
</div>`;
  return html`<form action="${checkPath}" method="post">
<div class="field wide">
<label for="text">${say('claims.text')}</label>
<span class="hint" id="text-hint">${say('claims.hint')}</span>
${wrong('text') && html`<span class="error" id="text-error">${wrong('text')}</span>`}
<textarea id="text" name="text" rows="10" dir="auto" aria-describedby="text-hint${wrong('text') && ' text-error'}"${wrong('text') && html` aria-invalid="true"`}>${text}</textarea>
</div>
<div class="period-fields">${day('from', from)}${day('to', to)}</div>
<span class="hint" id="period-hint">${say('claims.periodHint', { example })}</span>
${carriedFields(visit)}
<button class="button">${say('claims.button')}</button>
</form>`;
}

function resultOf(visit: Visit, text: string, account: Account): Html {
  const { say } = visit;
  const { claims, checks } = account;
  if (claims.length === 0) return html`<p class="notice" role="status">${say('claims.none')}</p>`;
  const counted = (verdict: ClaimCheck['verdict']) =>
    checks.filter((check) => check.verdict === verdict).length;
  const counts = {
    claims: claims.length,
    holds: counted('holds'),
    fails: counted('fails'),
    unsure: counted('unsure'),
  };
  return html`<section id="result">
<h2>${say('claims.result')}</h2>
<p role="status">${say('claims.summary', counts)}</p>
<blockquote class="account" dir="auto">${marked(visit, text, claims)}</blockquote>
<h2>${say('claims.checks')}</h2>
${checks.length === 0 ? html`<p>${say('claims.noChecks')}</p>` : checksTable(visit, claims, checks)}
<h2>${say('claims.claims')}</h2>
${claimsTable(visit, claims)}
</section>`;
}

/** The text with its claims marked, each a link to its row. */
function marked({ formats }: Visit, text: string, claims: readonly Claim[]): Html[] {
  const pieces: Html[] = [];
  let at = 0;
  claims.forEach((claim, index) => {
    pieces.push(html`${text.slice(at, claim.start)}`);
    const number = formats.count(index + 1);
    pieces.push(
      html`<mark><a href="${`#claim-${index + 1}`}">${claim.text}<sup>${number}</sup></a></mark>`,
    );
    at = claim.end;
  });
  return [...pieces, html`${text.slice(at)}`];
}

const meanings = { holds: 'done', fails: 'stopped', unsure: 'late' } as const;
const drawings = {
  holds: 'm2 8.500 4 4 8-9',
  fails: 'm3 3 10 10M13 3 3 13',
  unsure: 'M5.500 5.500a2.500 2.500 0 1 1 3.700 2.200C8.400 8.200 8 8.700 8 10m0 2.600v.4',
} as const;
const worst = ['fails', 'unsure', 'holds'] as const;

/** What fails comes first. */
function checksTable(visit: Visit, claims: readonly Claim[], checks: readonly ClaimCheck[]): Html {
  const { say, formats } = visit;
  const rows = worst.flatMap((verdict) => checks.filter((check) => check.verdict === verdict));
  const links = (check: ClaimCheck) =>
    check.claims.map(
      (index) =>
        html`<a href="${`#claim-${index + 1}`}" title="${claims[index]?.text}">${formats.count(index + 1)}</a> `,
    );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say('claims.checks')}"><table class="long">
<thead><tr>${heads(visit, ['verdict', 'note', 'claims'])}</tr></thead>
<tbody>${rows.map(
    (check) =>
      html`<tr><td>${tag(visit, check.verdict)}</td><td>${check.note}</td><td>${links(check)}</td></tr>\n`,
  )}</tbody>
</table></div>`;
}

function tag({ say }: Visit, verdict: ClaimCheck['verdict']): Html {
  return html`<span class="tag ${meanings[verdict]}"><svg viewBox="0 0 16 16" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="${drawings[verdict]}"/></svg>${say(`claims.verdict.${verdict}`)}</span>`;
}

function claimsTable(visit: Visit, claims: readonly Claim[]): Html {
  const { say, formats } = visit;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say('claims.claims')}"><table>
<thead><tr>${heads(visit, ['number', 'text', 'hedge', 'value', 'unit'])}</tr></thead>
<tbody>${claims.map(
    ({ text, value, unit, hedge }, index) =>
      html`<tr id="claim-${String(index + 1)}"><td class="num">${formats.count(index + 1)}</td><td><bdi>${text}</bdi></td><td>${say(`claims.hedges.${hedge}`)}</td><td class="num">${formats.exact(value)}</td><td>${say(`claims.units.${unit}`)}</td></tr>\n`,
  )}</tbody>
</table></div>`;
}

function heads({ say }: Visit, names: readonly string[]): Html[] {
  return names.map((name) => html`<th scope="col">${say(`claims.columns.${name}`)}</th>`);
}

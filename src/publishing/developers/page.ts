import { clientScopes, tokenMinutes } from '../../platform/client-token.ts';
import { type Html, html } from '../../platform/html.ts';
import { layout, type Visit } from '../layout.ts';
import { acts, events, examples, faults } from './examples.ts';

type Reason = { readonly id: string; readonly name_fa: string; readonly name_en: string };

/** What the page says of its day. */
export type BankGuide = {
  /** Reasons with which a plan may be returned today: their codes and what they mean. */
  readonly returnReasons: readonly Reason[];
  /** How often an event is tried. */
  readonly tries: number;
};

/** All that a bank's engineer needs to begin, on one page that needs no JavaScript. */
export function bankGuidePage(visit: Visit, guide: BankGuide): Html {
  const { say } = visit;
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${say('developers.title')}</h1>
<p class="lede">${say('developers.lede')}</p>
<p><a href="/api/openapi.json">${say('developers.openapi')}</a></p>
</section>
${part(visit, 'start', html`${scopeTable(visit)}`)}
${part(visit, 'token', code(examples.token(visit.publicUrl)), { minutes: tokenMinutes })}
${part(visit, 'list', code(examples.list(visit.publicUrl)))}
${part(visit, 'act', html`${code(examples.act(visit.publicUrl))}${actTable(visit)}`)}
${part(visit, 'pay', code(examples.payment(visit.publicUrl)))}
${part(visit, 'reasons', reasonTable(visit, guide.returnReasons))}
${part(visit, 'webhook', html`${code(examples.webhook(visit.publicUrl))}${eventTable(visit)}`)}
${part(visit, 'signature', html`${code(examples.event())}${code(examples.signature())}`, { tries: guide.tries })}
${part(visit, 'errors', html`${code(examples.problem())}${faultTable(visit)}`)}
${part(visit, 'tls', undefined)}
${part(visit, 'sandbox', undefined)}
</main>`;
  return layout(visit, {
    title: say('developers.title'),
    description: say('developers.lede'),
    path: '/developers/bank',
    listed: true,
    body,
  });
}

function part(
  { say, formats }: Visit,
  name: string,
  more: Html | undefined,
  given: Readonly<Record<string, number>> = {},
): Html {
  const entries = Object.entries(given);
  const values = Object.fromEntries(entries.map(([key, n]) => [key, formats.count(n)]));
  return html`<section class="stack" id="${name}">
<h2>${say(`developers.${name}.heading`)}</h2>
<p>${say(`developers.${name}.text`, values)}</p>
${more}
</section>`;
}

function code(text: string): Html {
  return html`<pre dir="ltr" tabindex="0"><code>${text}</code></pre>`;
}

type Cell = Html | string;

/** A table under one of the headings, which names it where it has to be scrolled. */
function table(
  { say }: Visit,
  part: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say(`developers.${part}.heading`)}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${say(`developers.head.${head}`)}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody>
</table></div>`;
}

const word = (text: string) => html`<code class="ltr">${text}</code>`;

function scopeTable(visit: Visit): Html {
  const rows = Object.keys(clientScopes).map((scope) => [
    word(scope),
    visit.say(`developers.scopes.${scope.replace('.', '_')}`),
  ]);
  return table(visit, 'start', ['scope', 'means'], rows);
}

function actTable(visit: Visit): Html {
  const rows = acts.map(([verb, path, fields]) => [
    visit.say(`financing.verbs.${verb}`),
    word(path),
    word(fields),
  ]);
  return table(visit, 'act', ['act', 'path', 'fields'], rows);
}

function reasonTable(visit: Visit, reasons: readonly Reason[]): Html {
  const rows = reasons.map((one) => [
    word(one.id),
    visit.language === 'fa' ? one.name_fa : one.name_en,
  ]);
  return table(visit, 'reasons', ['code', 'means'], rows);
}

function eventTable(visit: Visit): Html {
  const rows = events.map((event) => [
    word(event),
    visit.say(`developers.events.${event.replace('.', '_')}`),
  ]);
  return table(visit, 'webhook', ['event', 'means'], rows);
}

function faultTable(visit: Visit): Html {
  const rows = faults.map(([one, status]) => [
    word(one),
    word(String(status)),
    visit.say(`developers.faults.${one.replace('.', '_')}`),
  ]);
  return table(visit, 'errors', ['code', 'status', 'means'], rows);
}

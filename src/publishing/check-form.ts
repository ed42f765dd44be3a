import { type Html, html } from '../platform/html.ts';
import { carriedFields, type Visit } from './layout.ts';

/** The form that asks for a permit's number; `fault` is what is wrong with what was typed. */
export function checkForm(
  visit: Visit,
  typed: { readonly value: string; readonly fault: string | undefined },
): Html {
  const { say } = visit;
  const { value, fault } = typed;
  return html`<form class="check no-print" action="/p" method="get">
<div class="field">
<label for="number">${say('publishing.permit.label')}</label>
<span class="hint" id="number-hint">${say('publishing.permit.hint')}</span>
${fault && html`<span class="error" id="number-error">${fault}</span>`}
<input class="ltr" id="number" name="number" value="${value}" autocomplete="off" spellcheck="false" maxlength="60" aria-describedby="number-hint${fault ? ' number-error' : ''}"${fault && html` aria-invalid="true"`}>
</div>
${carriedFields(visit)}
<button class="button">${say('publishing.permit.button')}</button>
</form>`;
}

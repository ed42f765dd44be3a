import type { IsoDate } from '../kit/jalali.ts';
import { type Html, html } from '../platform/html.ts';
import { checkForm } from './check-form.ts';
import { errorSummary, layout, linkTo, type Visit } from './layout.ts';
import { looksMistyped, type PermitStatus } from './rules.ts';
import type { CheckedPermit } from './verify.ts';

/** The form alone; with its fault when it was sent empty. */
export function askPage(visit: Visit, empty: boolean): Html {
  const { say } = visit;
  const fault = empty ? say('publishing.permit.missing') : undefined;
  const body = html`<main id="main" class="wrap">
<section class="stack">
${fault && errorSummary(say('publishing.permit.errorTitle'), [{ field: 'number', text: fault }])}
<h1>${say('publishing.permit.heading')}</h1>
<p class="lede">${say('publishing.permit.lede')}</p>
${checkForm(visit, { value: '', fault })}
<p><a href="${linkTo(visit, '/p/batch')}">${say('publishing.batch.link')}</a></p>
</section>
</main>`;
  return layout(visit, {
    title: say('publishing.permit.title'),
    description: say('publishing.permit.lede'),
    path: '/p',
    listed: true,
    current: 'check',
    body,
  });
}

/** What is known of a permit: first whether it is good, then whose it is and for what. */
export function permitPage(visit: Visit, permit: CheckedPermit, today: IsoDate): Html {
  const { say, formats } = visit;
  const { status } = permit;
  const lastDay = ending.includes(status) ? permit.since : permit.validUntil;
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${say('publishing.permit.heading')}</h1>
<div class="verdict is-${verdicts[status]}">
${tag(visit, status)}
<h2>${say(`publishing.permit.status.${status}`)}</h2>
<p>${say(`publishing.permit.statusText.${status}`, { day: formats.day(lastDay) })}</p>
${permit.basis !== 'signatures' && html`<p><b>${say(`publishing.permit.basis.${permit.basis}`)}</b></p>`}
${permit.demonstration && html`<p><b>${say('publishing.permit.demonstration')}</b></p>`}
${facts(visit, permit, today)}
<p class="soft">${say('publishing.permit.identity')}</p>
</div>
</section>
${another(visit, '')}
</main>`;
  return layout(visit, {
    title: say(`publishing.permit.status.${status}`),
    path: `/p/${encodeURIComponent(permit.number)}`,
    current: 'check',
    body,
  });
}

/** What to do when no permit has the number. */
export function unknownPage(visit: Visit, typed: string): Html {
  const { say, formats } = visit;
  const number = formats.digits(typed);
  const body = html`<main id="main" class="wrap">
<section class="stack">
<h1>${say('publishing.permit.heading')}</h1>
<div class="verdict is-unknown">
${tag(visit, 'unknown')}
<h2>${say('publishing.permit.unknownTitle')}</h2>
<p>${say(`publishing.permit.${looksMistyped(typed) ? 'mistyped' : 'unknown'}`, { number: `\u2066${number}\u2069` })}</p>
<ul><li>${say('publishing.permit.readAgain')}</li><li>${say('publishing.permit.report')}</li></ul>
</div>
</section>
${another(visit, typed)}
</main>`;
  return layout(visit, {
    title: say('publishing.permit.unknownTitle'),
    path: `/p/${encodeURIComponent(typed)}`,
    current: 'check',
    body,
  });
}

/** Decisions that ended a permit, or its worth for a time, on a day of their own. */
const ending: readonly PermitStatus[] = ['suspended', 'revoked', 'ended'];

const verdicts = {
  valid: 'valid',
  expired: 'expired',
  suspended: 'stopped',
  revoked: 'stopped',
  ended: 'stopped',
} as const;
const meanings = {
  valid: 'done',
  expired: 'late',
  suspended: 'stopped',
  revoked: 'stopped',
  ended: 'stopped',
  unknown: 'late',
} as const;

/** Drawings of the four meanings, so that none is told by its colour alone. */
const drawings = {
  valid: 'm2 8.500 4 4 8-9',
  expired: 'M8 3.500V8l3 2M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13z',
  suspended: 'M5.500 3v10M10.500 3v10',
  revoked: 'm3 3 10 10M13 3 3 13',
  ended: 'm3 3 10 10M13 3 3 13',
  unknown: 'M5.500 5.500a2.500 2.500 0 1 1 3.700 2.200C8.400 8.200 8 8.700 8 10m0 2.600v.4',
} as const;

function tag({ say }: Visit, status: PermitStatus | 'unknown'): Html {
  return html`<span class="tag ${meanings[status]}"><svg viewBox="0 0 16 16" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="${drawings[status]}"/></svg>${say(`publishing.permit.tag.${status}`)}</span>`;
}

function facts(visit: Visit, permit: CheckedPermit, today: IsoDate): Html {
  const { language, say, formats } = visit;
  const { county, province } = permit;
  const place = { county: county.label[language], province: province.label[language] };
  const line = (name: string, value: Html | string) =>
    html`<div><dt>${say(`publishing.permit.${name}`)}</dt><dd>${value}</dd></div>`;
  const day = (iso: string) => html`<time datetime="${iso}">${formats.day(iso)}</time>`;
  return html`<dl class="summary">
${line('number', html`<bdi class="ltr">${formats.digits(permit.number)}</bdi>`)}
${line('name', html`<bdi>${permit.name}</bdi>`)}
${line('occupation', permit.occupation.label[language])}
${line('place', say('publishing.permit.placeOf', place))}
${line('agency', permit.agency.label[language])}
${line('issuedOn', day(permit.issuedOn))}
${line('validUntil', day(permit.validUntil))}
${permit.revokedOn !== null && line('revokedOn', day(permit.revokedOn))}
${ending.includes(permit.status) && permit.revokedOn === null && line('since', day(permit.since))}
${permit.conditions.length > 0 && line('conditions', html`<ul>${permit.conditions.map((one) => html`<li>${one}</li>`)}</ul>`)}
${line('checkedOn', day(today))}
</dl>`;
}

function another(visit: Visit, typed: string): Html {
  return html`<section class="stack no-print">
<h2>${visit.say('publishing.permit.another')}</h2>
${checkForm(visit, { value: typed, fault: undefined })}
</section>`;
}

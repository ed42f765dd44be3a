import { formatJalali, type IsoDate } from '../../kit/jalali.ts';
import { formatToman, rial } from '../../kit/rial.ts';
import type { ShownFair } from '../../market/index.ts';
import { dataBlock, type Html, html } from '../../platform/html.ts';
import { layout, linkTo, type Visit } from '../layout.ts';

/** Basis points in a percent. */
const inPercent = 100;

/** Bazaars, fairs and market days for anyone: when, where, what a stall costs, what decides who gets one. */
export function fairsPage(visit: Visit, fairs: readonly ShownFair[]): Html {
  const { say } = visit;
  const body = html`<main id="main" class="wrap">
<p class="back no-print"><a href="${linkTo(visit, '/market')}">${say('shop.backToMarket')}</a></p>
<section class="stack">
<h1>${say('shop.fairs.title')}</h1>
<p class="lede">${say('shop.fairs.lede')}</p>
<p class="no-print"><a class="button" href="/my/fairs">${say('shop.fairs.apply')}</a></p>
</section>
${fairs.length === 0 ? html`<p><b>${say('shop.fairs.none')}</b></p>` : fairs.map((fair) => article(visit, fair))}
${fairs.map((fair) => fairData(visit, fair))}
</main>`;
  return layout(visit, {
    title: say('shop.fairs.title'),
    description: say('shop.fairs.lede'),
    path: '/market/fairs',
    listed: true,
    current: 'market',
    body,
  });
}

function day({ language }: Visit, iso: string): Html {
  return html`<time datetime="${iso}">${formatJalali(iso as IsoDate, language, 'long')}</time>`;
}

function article(visit: Visit, fair: ShownFair): Html {
  const { say, language, formats } = visit;
  const good = fair.state === 'cancelled' ? 'stopped' : 'done';
  return html`<article class="stack fair" id="${fair.code}">
<h2>${say(`market.fairKinds.${fair.kind}`)}: ${fair.name}</h2>
<p><span class="tag ${good}">${say(`market.fairStates.${fair.state}`)}</span></p>
<p><b>${day(visit, fair.startsOn)} ${say('shop.fairs.to')} ${day(visit, fair.endsOn)}</b><br>
${fair.place} <span aria-hidden="true">·</span> ${fair.county.label[language]}</p>
${fair.state === 'announced' && html`<p>${say('shop.fairs.until')} ${day(visit, fair.applyUntilOn)}. ${say('shop.fairs.count', { count: fair.applications })}</p>`}
${fair.about !== '' && html`<p>${fair.about}</p>`}
${stalls(visit, fair)}
<h3>${say('shop.fairs.criteria')}</h3>
<ul>${Object.entries(fair.weights).map(
    ([id, weight]) =>
      html`<li>${say('shop.fairs.weight', { name: say(`market.criteria.${id}`), weight: formats.digits(String(weight)) })}</li>`,
  )}</ul>
<p class="small soft">${say(fair.seed === null ? 'shop.fairs.fingerprint' : 'shop.fairs.seed')} <bdi class="ltr code">${fair.seed ?? fair.fingerprint}</bdi></p>
${fair.drawn.length > 0 && draw(visit, fair)}
</article>`;
}

/** Everybody who was drawn, by the codes that they know; whoever doubts it can reckon it again. */
function draw({ say, formats }: Visit, fair: ShownFair): Html {
  const command = `printf '%s %s' ${fair.seed} CODE | sha256sum`;
  return html`<details><summary>${say('shop.fairs.drawn')}</summary>
<p class="small">${say('shop.fairs.again')} <bdi class="ltr code">${command}</bdi></p>
<div class="scroll" role="region" tabindex="0" aria-label="${say('shop.fairs.drawn')}"><table>
<caption class="heard">${say('shop.fairs.drawn')}</caption>
<thead><tr><th scope="col">${say('shop.fairs.code')}</th><th scope="col">${say('shop.fairs.stall')}</th><th scope="col" class="num">${say('shop.fairs.points')}</th></tr></thead>
<tbody>${fair.drawn.map(({ code, stall, points, place }) => {
    const name = fair.stalls.find(({ number }) => number === stall)?.name ?? '';
    const got = place === null ? say('shop.fairs.waits') : formats.digits(String(place));
    return html`<tr><th scope="row"><bdi class="ltr code">${code}</bdi></th><td>${name}: ${got}</td><td class="num">${formats.digits(String(points))}</td></tr>`;
  })}</tbody>
</table></div></details>`;
}

function stalls({ say, language, formats }: Visit, fair: ShownFair): Html {
  const toman = (rials: string) =>
    say('shop.toman', { amount: formatToman(rial(BigInt(rials)), language) });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say('shop.fairs.stalls', { name: fair.name })}"><table>
<caption class="heard">${say('shop.fairs.stalls', { name: fair.name })}</caption>
<thead><tr><th scope="col">${say('shop.fairs.stall')}</th><th scope="col" class="num">${say('shop.fairs.places')}</th><th scope="col" class="num">${say('shop.fairs.rent')}</th></tr></thead>
<tbody>${fair.stalls.map(
    (stall) => html`<tr><th scope="row">${stall.name}</th>
<td class="num">${formats.digits(String(stall.places))}</td>
<td class="num">${toman(stall.feeRial)}${
      stall.discountBp > 0 &&
      html`<br><span class="small soft">${say('shop.fairs.discount', { percent: formats.digits(String(stall.discountBp / inPercent)), price: toman(stall.priceRial) })}</span>`
    }</td></tr>`,
  )}</tbody>
</table></div>`;
}

/** A fair as search engines read it. */
function fairData({ publicUrl }: Visit, fair: ShownFair): Html {
  const status = fair.state === 'cancelled' ? 'EventCancelled' : 'EventScheduled';
  return dataBlock({
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: fair.name,
    url: `${publicUrl}/market/fairs#${fair.code}`,
    startDate: fair.startsOn,
    endDate: fair.endsOn,
    eventStatus: `https://schema.org/${status}`,
    location: { '@type': 'Place', name: fair.place, address: fair.county.label.fa },
  });
}

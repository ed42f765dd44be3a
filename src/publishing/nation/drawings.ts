import { provincePlaces } from '../../figures/index.ts';
import { type Html, html } from '../../platform/html.ts';
import { linkTo, type Visit } from '../layout.ts';
import { type Asked, type Nation, nationPath, rateText } from './table.ts';

const size = 100;
const gap = 6;

/** Five shades by where a rate stands among the provinces: as many in each, so that one large one hides no other. */
function shadeOf(nation: Nation, { show }: Asked) {
  const known = nation.provinces
    .flatMap(({ rates }) => (rates[show] ? [Number(rates[show].hundredths)] : []))
    .sort((a, b) => a - b);
  return (value: number) => Math.min(5, Math.floor((known.indexOf(value) * 5) / known.length) + 1);
}

/** Provinces as tiles, each as dark as its rate is high; a tile leads to its row. */
export function tileMap(visit: Visit, nation: Nation, asked: Asked): Html {
  const { say, language } = visit;
  const shade = shadeOf(nation, asked);
  const places = [...provincePlaces.values()];
  const width = (Math.max(...places.map(({ column }) => column)) + 1) * (size + gap) - gap;
  const height = (Math.max(...places.map(({ row }) => row)) + 1) * (size + gap) - gap;
  const tile = (one: Nation['provinces'][number]) => {
    const place = provincePlaces.get(one.province.id);
    if (!place) return false;
    const [x, y] = [place.column * (size + gap), place.row * (size + gap)];
    const rate = one.rates[asked.show];
    const name = one.province.label[language];
    const people = one.population?.people ?? null;
    const text = rate ? rateText(visit, asked.show, { ...one, people }) : '–';
    const few = rate?.standing === 'few' && '∗';
    return html`<a href="#p${one.province.id}">
<rect class="tile ${rate ? `shade-${shade(Number(rate.hundredths))}` : 'shade-0'}" x="${x}" y="${y}" width="${size}" height="${size}" rx="8"/>
<text class="tile-name" x="${x + size / 2}" y="${y + 40}">${lines(name, x)}</text>
<text class="tile-value" x="${x + size / 2}" y="${y + 84}">${text}${few}</text></a>`;
  };
  return html`<section id="map">
<h2>${say('nation.map')}</h2>
${shows(visit, nation, asked)}
<p class="soft">${say('nation.mapNote')}</p>
<figure class="tiles" tabindex="0"><figcaption><b>${say(`nation.rates.${asked.show}`)}</b></figcaption>
<svg viewBox="0 0 ${width} ${height}" role="group" aria-label="${`${say('nation.map')}: ${say(`nation.rates.${asked.show}`)}`}">${nation.provinces.map(tile)}</svg></figure>
</section>`;
}

/** A long name on two lines, broken where it has a space. */
function lines(name: string, x: number): Html {
  const at = name.indexOf(' ', Math.floor(name.length / 2) - 2);
  if (name.length < 12 || at < 0) return html`${name}`;
  const middle = x + size / 2;
  return html`<tspan x="${middle}" dy="-8">${name.slice(0, at)}</tspan> <tspan x="${middle}" dy="18">${name.slice(at + 1)}</tspan>`;
}

function shows(visit: Visit, nation: Nation, asked: Asked): Html {
  const { say } = visit;
  const link = (name: Nation['rates'][number]) => {
    const to = linkTo(visit, `${nationPath}#map`, { ...asked, show: name });
    return html`<li><a href="${to}"${name === asked.show && html` aria-current="true"`}>${say(`nation.rates.${name}`)}</a></li>`;
  };
  return html`<nav class="no-print" aria-label="${say('nation.show')}"><ul class="choices">${nation.rates.map(link)}</ul></nav>`;
}

const bars = { width: 240, height: 56 };

/** A small chart of permits by month for each province that has closed a day, each of its own scale. */
export function monthCharts(visit: Visit, nation: Nation): Html {
  const { say, formats, language } = visit;
  const chart = ({ province, months }: Nation['provinces'][number]) => {
    const most = Math.max(1, ...months.map(({ permits_issued: n }) => n));
    const peak = months.find(({ permits_issued: n }) => n === most);
    const step = bars.width / Math.max(1, months.length);
    const bar = ({ permits_issued: n }: (typeof months)[number], at: number) => {
      const tall = Math.round((n * bars.height) / most);
      // Time runs as the text does.
      const from = language === 'fa' ? bars.width - (at + 1) * step : at * step;
      return html`<rect class="bar" x="${(from + 1).toFixed(1)}" y="${bars.height - tall}" width="${Math.max(1, step - 2).toFixed(1)}" height="${tall}"/>`;
    };
    const said = peak
      ? say('nation.peak', { count: formats.count(most), month: monthText(visit, peak.month) })
      : say('nation.notClosed');
    return html`<li><b>${province.label[language]}</b>
<svg viewBox="0 0 ${bars.width} ${bars.height}" aria-hidden="true">${months.map(bar)}</svg>
<span class="soft">${said}</span></li>`;
  };
  const drawn = nation.provinces.filter(({ closed_on }) => closed_on !== null);
  return html`<section id="months">
<h2>${say('nation.months')}</h2>
<p class="soft">${say('nation.monthsNote')}</p>
<ul class="multiples">${drawn.map(chart)}</ul>
</section>`;
}

function monthText({ say, formats }: Visit, key: string): string {
  const [year = '', month = '1'] = key.split('-');
  return say('figures.month', { month: String(Number(month)), year: formats.digits(year) });
}

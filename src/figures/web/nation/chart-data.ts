import type { Answer } from '../../../web/api.ts';
import type { ChartCell, ChartColumn, ChartData, ChartRow } from '../../../web/chart/data.ts';
import type { Formats } from '../../../web/format.ts';
import { nationPath, overviewPath, type Search } from '../../../web/paths.ts';

export type Nation = Answer<'/api/figures/nation'>;
export type RateName = Nation['rates'][number];
type Province = Nation['provinces'][number];

/** What the charts of the nation are made from. */
export type Ingredients = {
  readonly nation: Nation;
  readonly search: Search;
  readonly scope: string;
  readonly formats: Formats;
  readonly words: {
    readonly rate: (name: RateName) => string;
    readonly millionToman: string;
    readonly province: string;
    readonly months: string;
    readonly whole: string;
    readonly none: string;
  };
};

const signs = { above: ' ▲', below: ' ▼', few: ' ∗', like: '' } as const;

/** A rate as it is read, with the sign of where it stands. */
function rateCell(name: RateName, { rates }: Province, { formats, words }: Ingredients): ChartCell {
  const rate = rates[name];
  if (!rate) return { value: 0, text: words.none, exact: '' };
  const value = Number(rate.hundredths) / 100;
  const shown = name === 'rial_per_funded' ? value / 10_000_000 : value;
  const sign = rate.standing === null ? '' : signs[rate.standing];
  return { value: shown, text: `${formats.decimal(shown)}${sign}`, exact: String(value) };
}

const hrefOf = ({ province }: Province, { from, to }: Search) =>
  overviewPath({ province: province.id, from, to });

/** Provinces by all rates: the map, the bars and the table are made of it. */
export function rateData(id: string, title: string, from: Ingredients): ChartData {
  const { nation, search, scope, formats, words } = from;
  const columns: ChartColumn[] = nation.rates.map((name) => ({
    key: name,
    header: words.rate(name),
    ...(name === 'rial_per_funded' ? { unit: words.millionToman } : {}),
  }));
  const rows: ChartRow[] = nation.provinces.map((one) => ({
    key: one.province.id,
    label: formats.label(one.province.label),
    href: hrefOf(one, search),
    cells: Object.fromEntries(nation.rates.map((name) => [name, rateCell(name, one, from)])),
  }));
  return {
    ...{ id, title, scope, columns, rows },
    link: `${nationPath(search)}#${id}`,
    keyHeader: words.province,
  };
}

/** Permits of each province by month. */
export function monthData(from: Ingredients): ChartData {
  const { nation, search, scope, formats, words } = from;
  const cell = (n: number): ChartCell => ({ value: n, text: formats.count(n), exact: String(n) });
  const closed = nation.provinces.filter(({ closed_on }) => closed_on !== null);
  const months = closed[0]?.months.map(({ month }) => month) ?? [];
  return {
    ...{ id: 'months', title: words.months, scope, keyHeader: words.province },
    link: `${nationPath(search)}#months`,
    columns: [
      { key: 'whole', header: words.whole },
      ...months.map((month) => ({ key: month, header: formats.digits(month.replace('-', '/')) })),
    ],
    rows: closed.map((one) => ({
      key: one.province.id,
      label: formats.label(one.province.label),
      href: hrefOf(one, search),
      cells: {
        whole: cell(one.months.reduce((sum, { permits_issued: n }) => sum + n, 0)),
        ...Object.fromEntries(one.months.map(({ month, permits_issued: n }) => [month, cell(n)])),
      },
    })),
  };
}

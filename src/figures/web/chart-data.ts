import type { Answer } from '../../web/api.ts';
import type { ChartCell, ChartColumn, ChartData, ChartRow } from '../../web/chart/data.ts';
import type { Formats, MoneyUnit } from '../../web/format.ts';
import { overviewPath, type Search } from '../../web/paths.ts';
import {
  type Cut,
  type Figures,
  type Headline,
  headline,
  listPath,
  narrowed,
  type Reach,
  type Values,
} from './scope.ts';

type Measures = Answer<'/api/measures'>;

/** How amounts are written in a table: one unit for a column, or exact rials. */
export type AmountUnit = 'exact' | Exclude<MoneyUnit, 'toman' | 'thousandToman'>;

/** One number as text, as size and exactly, with the list behind it. */
function cellFor(
  name: Headline,
  values: Values,
  unit: AmountUnit,
  formats: Formats,
  href: string | undefined,
): ChartCell {
  const value = values[name];
  const text =
    typeof value === 'number'
      ? formats.count(value)
      : unit === 'exact'
        ? formats.rial(value)
        : formats.money(value, unit);
  return { value: Number(value), text, exact: String(value), ...(href ? { href } : {}) };
}

function cellsFor(
  values: Values,
  scope: Search | undefined,
  { unit, formats, reach }: Pick<Ingredients, 'unit' | 'formats' | 'reach'>,
) {
  const href = (name: Headline) => scope && listPath(scope, name, reach);
  return Object.fromEntries(
    headline.map((name) => [name, cellFor(name, values, unit, formats, href(name))]),
  );
}

/** All that a cut's chart is made from. */
type Ingredients = {
  readonly figures: Figures;
  readonly measures: Measures;
  readonly cut: Cut;
  readonly search: Search;
  readonly unit: AmountUnit;
  readonly formats: Formats;
  /** How far this reader's lists go. */
  readonly reach: Reach;
  readonly words: {
    readonly title: string;
    readonly key: string;
    readonly scope: string;
    readonly unit: string;
    readonly exactUnit: string;
  };
};

function columnsOf({ measures, formats, words }: Ingredients): ChartColumn[] {
  const { unit, exactUnit } = words;
  return headline.map((name) => {
    const measure = measures.find((one) => one.name === name);
    const header = formats.label(measure?.label) || name;
    return { key: name, header, ...(measure?.unit === 'rial' ? { unit, exactUnit } : {}) };
  });
}

function rowsOf(from: Ingredients): ChartRow[] {
  const { figures, cut, search, formats } = from;
  return figures.by.map(({ key, label, measures }) => {
    // A part without a key (no bank yet) is no scope that could be asked for.
    const scope = key === '' ? undefined : narrowed(search, cut, key);
    return {
      key,
      label: formats.label(label),
      ...(scope ? { href: overviewPath(scope) } : {}),
      cells: cellsFor(measures, scope, from),
    };
  });
}

/** Makes a cut of the figures into what charts and tables are drawn from. */
export function chartData(from: Ingredients): ChartData {
  const { cut, words, search, figures } = from;
  const id = `by-${cut}`;
  return {
    id,
    title: words.title,
    scope: words.scope,
    link: `${overviewPath(search)}#${id}`,
    keyHeader: words.key,
    columns: columnsOf(from),
    rows: rowsOf(from),
    total: cellsFor(figures.measures, search, from),
  };
}

import type { Answer } from '../../web/api.ts';
import type { ChartCell, ChartData } from '../../web/chart/data.ts';
import type { Formats, MoneyUnit } from '../../web/format.ts';
import type { Search } from '../../web/paths.ts';
import {
  type Cut,
  type Figures,
  type Headline,
  headline,
  listPath,
  narrowed,
  partPath,
  type Values,
} from './scope.ts';

type Measures = Answer<'/api/measures'>;

/** How amounts are written in a table: one unit for a column, or exact rials. */
export type AmountUnit = 'exact' | Exclude<MoneyUnit, 'toman' | 'thousandToman'>;

/** One number as text, as size and exactly, with the list behind it. */
export function cellFor(
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
  search: Search,
  unit: AmountUnit,
  formats: Formats,
  linked = true,
) {
  return Object.fromEntries(
    headline.map((name) => [
      name,
      cellFor(name, values, unit, formats, linked ? listPath(search, name) : undefined),
    ]),
  );
}

/** Makes a cut of the figures into what charts and tables are drawn from. */
export function chartData({
  figures,
  measures,
  cut,
  search,
  unit,
  formats,
  words,
}: {
  figures: Figures;
  measures: Measures;
  cut: Cut;
  search: Search;
  unit: AmountUnit;
  formats: Formats;
  words: { title: string; key: string; scope: string; unit: string; exactUnit: string };
}): ChartData {
  return {
    id: `by-${cut}`,
    title: words.title,
    scope: words.scope,
    keyHeader: words.key,
    columns: headline.map((name) => {
      const measure = measures.find((one) => one.name === name);
      return {
        key: name,
        header: formats.label(measure?.label) || name,
        ...(measure?.unit === 'rial' ? { unit: words.unit, exactUnit: words.exactUnit } : {}),
      };
    }),
    rows: figures.by.map((part) => ({
      key: part.key,
      label: formats.label(part.label),
      ...(part.key === '' ? {} : { href: partPath(search, cut, part.key) }),
      cells: cellsFor(
        part.measures,
        part.key === '' ? search : narrowed(search, cut, part.key),
        unit,
        formats,
        part.key !== '',
      ),
    })),
    total: cellsFor(figures.measures, search, unit, formats),
  };
}

import type { Static } from 'typebox';
import {
  countyLabel,
  isDemonstration,
  occupationLabel,
  organisationLabel,
  provinceLabel,
  type Reference,
} from '../accounts/index.ts';
import { formatJalali, type IsoDate, isoToJalali, monthKey, seasonKey } from '../kit/jalali.ts';
import { toPersianDigits } from '../kit/persian-text.ts';
import type { Tx } from '../platform/database.ts';
import type { Language, Say } from '../platform/language.ts';
import type { FiguresAnswer, MeasureValues, PeriodShape } from './contract.ts';
import { type Cell, type Period, type Question, readCells } from './cube.ts';
import type { ColumnDimension, Dimension } from './dimensions.ts';
import { measures } from './measures.ts';

type Sayers = Readonly<Record<Language, Say>>;
type Values = Static<typeof MeasureValues>;
type Asked = Omit<Question, 'by'> & { readonly by?: Dimension | undefined };

/** The figures in wire form: the same for the address, the command line and the pages. */
export async function answerFigures(
  tx: Tx,
  reference: Reference,
  sayers: Sayers,
  asked: Asked,
  now: Date,
): Promise<Static<typeof FiguresAnswer>> {
  const { by, ...rest } = asked;
  const parts = by === undefined ? [] : await readParts(tx, rest, by);
  // The parts are the whole, but in a cohort, where a case may stand in two of them.
  const summed = by !== undefined && !asked.cohort;
  const total = summed ? parts.flatMap(([, cells]) => cells) : await readCells(tx, rest);
  return {
    period: tellPeriod(asked.period),
    view: asked.cohort ? 'cohort' : 'period',
    scope: scopeOf(reference, sayers, asked),
    as_of: (asked.asOf ?? now).toISOString(),
    demonstration: await isDemonstration(tx, asked.provinceId),
    measures: valuesOf(total),
    by: parts.map(([key, cells]) => ({
      key: by === 'county' ? key.padStart(4, '0') : key,
      label: labelOf(reference, sayers, by as Dimension, key),
      measures: valuesOf(cells),
    })),
  };
}

/** A period as answers tell it, in both calendars. */
export function tellPeriod({ from, to }: Period): Static<typeof PeriodShape> {
  return {
    from: formatJalali(from as IsoDate, 'en', 'short'),
    to: formatJalali(to as IsoDate, 'en', 'short'),
    from_iso: from,
    to_iso: to,
  };
}

async function readParts(tx: Tx, question: Question, by: Dimension): Promise<[string, Cell[]][]> {
  if (by === 'month' || by === 'season') return timeParts(tx, question, by);
  const cells = await readCells(tx, { ...question, by });
  return [...Map.groupBy(cells, ({ key }) => key)].sort(byActivity);
}

/** Seasons are sums of months; those without anything in them are shown too. */
async function timeParts(
  tx: Tx,
  question: Question,
  by: 'month' | 'season',
): Promise<[string, Cell[]][]> {
  const keyOf = (day: string) =>
    by === 'month' ? monthKey(day as IsoDate) : seasonKey(day as IsoDate);
  const cells = await readCells(tx, { ...question, by: 'month' });
  const found = Map.groupBy(cells, ({ key }) => keyOf(key));
  return keysBetween(question.period.from, question.period.to, by).map((key) => [
    key,
    found.get(key) ?? [],
  ]);
}

/** The keys of all months or seasons that a period (ISO) touches, in their order. */
export function keysBetween(from: string, to: string, by: 'month' | 'season'): string[] {
  const keys: string[] = [];
  let { year, month } = isoToJalali(from as IsoDate);
  const end = isoToJalali(to as IsoDate);
  while (year < end.year || (year === end.year && month <= end.month)) {
    const key =
      by === 'month' ? `${year}-${String(month).padStart(2, '0')}` : seasonOfMonth(year, month);
    if (keys.at(-1) !== key) keys.push(key);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return keys;
}

const seasons = ['spring', 'summer', 'autumn', 'winter'] as const;

function seasonOfMonth(year: number, month: number): string {
  return `${year}-${seasons[Math.floor((month - 1) / 3)]}`;
}

/** The part with most permits first; equals by key, so that the order never depends on chance. */
function byActivity([keyA, a]: [string, Cell[]], [keyB, b]: [string, Cell[]]): number {
  const [issuedA, issuedB] = [sumOf(a, 'permits_issued'), sumOf(b, 'permits_issued')];
  if (issuedA !== issuedB) return issuedA < issuedB ? 1 : -1;
  return keyA < keyB ? -1 : 1;
}

function sumOf(cells: readonly Cell[], measure: string): bigint {
  let sum = 0n;
  for (const cell of cells) if (cell.measure === measure) sum += cell.value;
  return sum;
}

/** All measures of the registry, in its order: counts as numbers, rial as strings. */
function valuesOf(cells: readonly Cell[]): Values {
  const entries = measures.map(({ name, unit }) => {
    const value = sumOf(cells, name);
    return [name, unit === 'rial' ? value.toString() : Number(value)];
  });
  return Object.fromEntries(entries) as Values;
}

function scopeOf(reference: Reference, sayers: Sayers, { provinceId, scope }: Asked) {
  const parts = Object.entries(scope).map(([dimension, value]) => {
    const id = dimension === 'county' ? value.padStart(4, '0') : value;
    return [dimension, { id, label: labelOf(reference, sayers, dimension as Dimension, value) }];
  });
  return { province: provinceLabel(reference, provinceId), ...Object.fromEntries(parts) };
}

/** The name of a key of a cut, in both languages. */
export function labelOf(reference: Reference, sayers: Sayers, dimension: Dimension, key: string) {
  switch (dimension) {
    case 'agency':
      return organisationLabel(reference, key).label;
    case 'bank':
      return key === '' ? say(sayers, 'figures.noBank') : organisationLabel(reference, key).label;
    case 'county':
      return countyLabel(reference, Number(key)).label;
    case 'occupation':
      return occupationLabel(reference, key).label;
    case 'month':
      return monthLabel(sayers, key);
    case 'season':
      return seasonLabel(sayers, key);
    default:
      return knownValue(sayers, dimension, key);
  }
}

/** Values that are words of ours; anything else is somebody's guess and is shown as it came. */
function knownValue(sayers: Sayers, dimension: ColumnDimension, key: string) {
  const known = ['independent', 'supporter', 'covered', 'female', 'male', 'urban', 'rural'];
  return known.includes(key)
    ? say(sayers, `figures.values.${dimension}.${key}`)
    : { fa: key, en: key };
}

function monthLabel(sayers: Sayers, key: string) {
  const [year = '', month = '1'] = key.split('-');
  return say(sayers, 'figures.month', { month: String(Number(month)), year });
}

function seasonLabel(sayers: Sayers, key: string) {
  const [year = '', season = ''] = key.split('-');
  return say(sayers, 'figures.season', { season, year });
}

function say(sayers: Sayers, key: string, values: Record<string, string> = {}) {
  const year = toPersianDigits(values.year ?? '');
  return { fa: sayers.fa(key, { ...values, year }), en: sayers.en(key, values) };
}

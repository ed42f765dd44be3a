import type { Static } from 'typebox';
import {
  countyLabel,
  occupationLabel,
  organisationLabel,
  type Reference,
} from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { formatJalali, type IsoDate, monthKey, seasonKey } from '../../kit/jalali.ts';
import type { Tx } from '../../platform/database.ts';
import type { Language, Say } from '../../platform/language.ts';
import type { Principal } from '../../platform/policy.ts';
import type { WrittenCell } from '../../platform/spreadsheet/index.ts';
import { labelOf } from '../answer.ts';
import { type Question, readCells, readGridCells } from '../cube.ts';
import type { Scope } from '../dimensions.ts';
import { recordTaking, streamEntries } from '../entries.ts';
import { measures } from '../measures.ts';
import type { ReportQuestion } from './contract.ts';
import { daysOf } from './rules.ts';

type Sayers = Readonly<Record<Language, Say>>;
export type Table = {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly WrittenCell[]>;
};

export type TableAsked = {
  readonly provinceId: number;
  readonly principal: Principal;
  readonly today: string;
  readonly question: Static<typeof ReportQuestion>;
};

/**
 * The table that answers a report's question, its rows one after another and never all at once: sums over the
 * whole province, or the steps behind a measure as far as the asker may see them.
 */
export function tableOf(tx: Tx, reference: Reference, sayers: Sayers, asked: TableAsked): Table {
  const { question } = asked;
  return question.kind === 'entries'
    ? entriesTable(tx, reference, sayers, asked)
    : totalsTable(tx, reference, sayers, asked);
}

function scopeOf({ question }: TableAsked): Scope {
  const { county, ...rest } = question.scope as Record<string, string | undefined>;
  const given = Object.entries(rest).filter(([, value]) => value);
  return Object.fromEntries([...given, ...(county ? [['county', String(Number(county))]] : [])]);
}

const measureHead = (say: Say, name: string) => {
  const measure = measures.find((one) => one.name === name);
  const label = say(`${measure?.slice}.measures.${name}.label`);
  return measure?.unit === 'rial' ? `${label} (${say('figures.reports.rial')})` : label;
};

function totalsTable(tx: Tx, reference: Reference, sayers: Sayers, asked: TableAsked): Table {
  const { by, over, measures: names, language } = asked.question;
  const say = sayers[language];
  const heads = [by, over].flatMap((one) => (one ? [say(`figures.reports.columns.${one}`)] : []));
  const header = [...heads, ...names.map((name) => measureHead(say, name))];
  return { header, rows: totalRows(tx, reference, sayers, asked) };
}

/** A sum by the keys of its row: the column's value, the month or season, the measure. */
type Sums = Map<string, Map<string, bigint>>;

/** A row with the keys that it stands for: a column's value, a month or season; a row of steps has none. */
export type KeyedRow = { readonly keys: readonly string[]; readonly cells: readonly WrittenCell[] };

/** The rows of {@link tableOf} with their keys, from which a link to what is behind a number is made. */
export async function* keyedRows(
  tx: Tx,
  reference: Reference,
  sayers: Sayers,
  asked: TableAsked,
): AsyncGenerator<KeyedRow> {
  if (asked.question.kind === 'totals') yield* keyedTotals(tx, reference, sayers, asked);
  else {
    for await (const cells of entryRows(tx, reference, sayers, asked)) yield { keys: [], cells };
  }
}

async function* totalRows(
  tx: Tx,
  reference: Reference,
  sayers: Sayers,
  asked: TableAsked,
): AsyncGenerator<readonly WrittenCell[]> {
  for await (const { cells } of keyedTotals(tx, reference, sayers, asked)) yield cells;
}

async function* keyedTotals(
  tx: Tx,
  reference: Reference,
  sayers: Sayers,
  asked: TableAsked,
): AsyncGenerator<KeyedRow> {
  const { by, over, measures: names, language } = asked.question;
  const sums = await sumsOf(tx, asked);
  for (const key of [...sums.keys()].sort((a, b) => (inTime(a) < inTime(b) ? -1 : 1))) {
    const [value = '', time = ''] = key.split('\u0000');
    const labels = [
      ...(by ? [labelOf(reference, sayers, by, value)[language]] : []),
      ...(over ? [labelOf(reference, sayers, over, time)[language]] : []),
    ];
    const keys = [...(by ? [value] : []), ...(over ? [time] : [])];
    yield { keys, cells: [...labels, ...names.map((name) => sums.get(key)?.get(name) ?? 0n)] };
  }
}

const seasons = ['spring', 'summer', 'autumn', 'winter'];

/** A row's key in the order of time, in which spring comes before autumn. */
const inTime = (key: string): string =>
  key.replace(/[a-z]+$/, (season) => String(seasons.indexOf(season)));

async function sumsOf(tx: Tx, asked: TableAsked): Promise<Sums> {
  const { by, over, measures: names, span } = asked.question;
  const { provinceId, today } = asked;
  const question = { provinceId, period: daysOf(span, today as IsoDate), scope: scopeOf(asked) };
  const sums: Sums = new Map(by || over ? [] : [['\u0000', new Map()]]);
  const add = (key: string, measure: string, value: bigint) => {
    const row = sums.get(key) ?? new Map<string, bigint>();
    row.set(measure, (row.get(measure) ?? 0n) + value);
    sums.set(key, row);
  };
  const timeOf = (day: string) =>
    over === 'month' ? monthKey(day as IsoDate) : over ? seasonKey(day as IsoDate) : '';
  if (by && over) {
    for (const measure of names) {
      for (const cell of await readGridCells(tx, { ...question, by, measure })) {
        add(`${cell.key}\u0000${timeOf(cell.month)}`, measure, cell.value);
      }
    }
    return sums;
  }
  const cut: Pick<Question, 'by'> = by ? { by } : over ? { by: 'month' } : {};
  for (const { measure, key, value } of await readCells(tx, { ...question, ...cut })) {
    if (names.includes(measure))
      add(over ? `\u0000${timeOf(key)}` : `${key}\u0000`, measure, value);
  }
  return sums;
}

const entryColumns = [
  ...(['code', 'permit', 'name', 'kind', 'occupation', 'agency', 'county', 'bank'] as const),
  ...(['day', 'amount', 'people'] as const),
];

function entriesTable(tx: Tx, reference: Reference, sayers: Sayers, asked: TableAsked): Table {
  const { language } = asked.question;
  const say = sayers[language];
  return {
    header: entryColumns.map((column) => say(`figures.reports.columns.${column}`)),
    rows: entryRows(tx, reference, sayers, asked),
  };
}

/** The steps that a report of them lists. */
function entriesOf({ provinceId, today, question }: TableAsked) {
  const [measure = ''] = question.measures;
  return { provinceId, measure, period: daysOf(question.span, today as IsoDate) };
}

/** Writes down whose names a report takes out of the house; sums name nobody. */
export function recordReport(tx: Tx, now: Date, asked: TableAsked): void {
  if (asked.question.kind !== 'entries') return;
  const { principal, today } = asked;
  recordTaking(tx, { now, today }, principal, { ...entriesOf(asked), scope: scopeOf(asked) });
}

async function* entryRows(
  tx: Tx,
  reference: Reference,
  sayers: Sayers,
  asked: TableAsked,
): AsyncGenerator<readonly WrittenCell[]> {
  const { provinceId, principal, question } = asked;
  const { language } = question;
  const steps = streamEntries(tx, principal, { ...entriesOf(asked), scope: scopeOf(asked) });
  for await (const row of steps) {
    yield [
      encodeCode(provinceId, row.case_id),
      row.number ?? '',
      `${row.first_name} ${row.last_name}`,
      labelOf(reference, sayers, 'kind', row.kind)[language],
      occupationLabel(reference, row.occupation_id).label[language],
      organisationLabel(reference, row.agency_id).label[language],
      countyLabel(reference, row.county_id).label[language],
      row.bank_id === null ? '' : organisationLabel(reference, row.bank_id).label[language],
      formatJalali(String(row.happened_on) as IsoDate, 'en', 'short'),
      row.rial,
      row.people,
    ];
  }
}

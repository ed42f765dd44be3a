import type { IsoDate } from '../../../kit/jalali.ts';
import type { Search } from '../../../web/paths.ts';
import { type ColumnDimension, columnDimensions } from '../../dimension-rules.ts';
import { daysOf, type Span, spans } from '../../reports/rules.ts';
import { jalaliText, listPath, narrowed, type Reach } from '../scope.ts';

/** What a report asks, as pages put it together; the server's contract has the same shape. */
export type Question = {
  kind: 'totals' | 'entries';
  measures: string[];
  by?: ColumnDimension;
  over?: 'month' | 'season';
  span: Span;
  scope: { [dimension in ColumnDimension]?: string };
  language: 'fa' | 'en';
};

/** Reads a question from an address, so that a link says all of it; what is wrong there is left out. */
export function questionOf(search: Search, language: 'fa' | 'en'): Question {
  const measures = (search.measures ?? 'permits_issued').split(' ').filter(Boolean);
  const by = columnDimensions.find((one) => one === search.by);
  const over = search.over === 'month' || search.over === 'season' ? search.over : undefined;
  const kind = search.kind === 'entries' ? 'entries' : 'totals';
  const scope = Object.fromEntries(
    columnDimensions.flatMap((one) => {
      const value = search[`only.${one}`];
      return value ? [[one, value]] : [];
    }),
  );
  return {
    ...{ kind, language, scope, span: spans.find((one) => one === search.span) ?? 'thisYear' },
    measures: kind === 'entries' ? measures.slice(0, 1) : measures,
    ...(by && kind === 'totals' ? { by } : {}),
    ...(over && kind === 'totals' ? { over } : {}),
  };
}

/** The address that a question is read from. */
export function searchOf(question: Question): Search {
  const { kind, measures, by, over, span, scope } = question;
  const only = Object.entries(scope).map(([name, value]) => [`only.${name}`, value]);
  return {
    kind: kind === 'entries' ? kind : undefined,
    ...{ measures: measures.join(' '), by, over, span },
    ...(Object.fromEntries(only) as Search),
  };
}

/** Where a number of a report's table leads: the list behind it, of exactly its length; undefined where there is none. */
export function behind(
  { by, over, scope, span }: Question,
  measure: string,
  keys: readonly string[],
  { today, reach }: { today: IsoDate; reach: Reach },
): string | undefined {
  const [value, time] = by ? keys : [undefined, keys[0]];
  // A list cannot be asked for what carries no bank.
  if (by && !value) return undefined;
  const { from, to } = daysOf(span, today);
  const search: Search = {
    ...scope,
    ...(by && value ? { [by]: by === 'county' ? value.padStart(4, '0') : value } : {}),
    ...{ from: jalaliText(from), to: jalaliText(to) },
  };
  return listPath(over && time ? narrowed(search, over, time) : search, measure, reach);
}

import type { Search } from '../../../web/paths.ts';
import { type ColumnDimension, columnDimensions } from '../../dimension-rules.ts';
import { type Span, spans } from '../../reports/rules.ts';

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

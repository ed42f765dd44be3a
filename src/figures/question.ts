import type { Static } from 'typebox';
import type { Reference } from '../accounts/index.ts';
import { parseJalali } from '../kit/jalali.ts';
import { toAsciiDigits } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import type { FiguresQuery } from './contract.ts';
import type { Period } from './cube.ts';
import {
  type ColumnDimension,
  columnDimensions,
  type Dimension,
  dimensions,
  type Scope,
} from './dimensions.ts';
import { findMeasure } from './measures.ts';

type ScopeQuery = Omit<Static<typeof FiguresQuery>, 'by' | 'as_of' | 'view'>;

/** The first day of the programme's law (1389/01/01): an open beginning starts here. */
const beginning = '2010-03-21';

/**
 * The period that was asked for, ISO: Jalali dates in any script; open ends are the law's year and today.
 * @throws Problem `figures.bad_period` (422)
 */
export function readPeriod(query: { from?: string; to?: string }, today: string): Period {
  const from = query.from === undefined ? beginning : parseJalali(query.from);
  const to = query.to === undefined ? today : parseJalali(query.to);
  if (!from || !to || from > to) {
    throw new Problem('figures.bad_period', { from: query.from ?? '', to: query.to ?? '' });
  }
  return { from, to };
}

/** The scope that was asked for; an unknown value is a scope with nothing in it. */
export function readScope(query: ScopeQuery): Scope {
  const entries = columnDimensions.flatMap((dimension) => {
    const value = query[dimension];
    if (value === undefined || value === '') return [];
    return [[dimension, dimension === 'county' ? String(Number(value)) : value] as const];
  });
  return Object.fromEntries(entries);
}

/** The cut that was asked for. @throws Problem `figures.unknown_dimension` (422) */
export function readDimension(by: string | undefined): Dimension | undefined {
  if (by === undefined || by === '') return undefined;
  const found = dimensions.find((dimension) => dimension === by);
  if (!found) throw new Problem('figures.unknown_dimension', { by, known: dimensions.join(', ') });
  return found;
}

/** The moment of knowledge that was asked for. @throws Problem `figures.bad_as_of` (422) */
export function readAsOf(text: string | undefined): Date | undefined {
  if (text === undefined || text === '') return undefined;
  // A plus sign in an address arrives as a space.
  const given = toAsciiDigits(text)
    .trim()
    .replace(/ (\d{2}:?\d{2})$/, '+$1');
  const date = new Date(given);
  if (!/^\d{4}-\d{2}-\d{2}/.test(given) || Number.isNaN(date.getTime())) {
    throw new Problem('figures.bad_as_of', { given: text });
  }
  return date;
}

/** The province that was asked for. @throws Problem `figures.unknown_province` (404) */
export function readProvince(reference: Reference, provinceId: number): number {
  if (!reference.provinces.has(provinceId)) {
    throw new Problem('figures.unknown_province', { province: provinceId });
  }
  return provinceId;
}

/** The measure that was asked for. @throws Problem `figures.unknown_measure` (422) */
export function readMeasure(name: string): string {
  if (!findMeasure(name)) throw new Problem('figures.unknown_measure', { measure: name });
  return name;
}

/** The column to cut by. @throws Problem `figures.unknown_dimension` (422) */
export function readColumn(by: string): ColumnDimension {
  const found = columnDimensions.find((dimension) => dimension === by);
  if (!found) {
    throw new Problem('figures.unknown_dimension', { by, known: columnDimensions.join(', ') });
  }
  return found;
}

import { queryOptions } from '@tanstack/react-query';
import { jalaliYearRange, parseJalali } from '../../kit/jalali.ts';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { type Answer, answer, api } from '../../web/api.ts';
import type { Values } from '../../web/form/Form.tsx';
import { refusedHere } from '../../web/problem.ts';

export type Allocation = Answer<'/api/allocations/{code}'>;
export type Money = Allocation['whole'];

/** The allocations of the reader's province. */
export const allocationsQuery = queryOptions({
  queryKey: ['allocations'],
  queryFn: ({ signal }) => answer(api.GET('/api/allocations', { signal })),
});

/** How one allocation stands. */
export const allocationQuery = (code: string) =>
  queryOptions({
    queryKey: ['allocations', code],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/allocations/{code}', { params: { path: { code } }, signal })),
  });

const rialsInMillionToman = 10_000_000n;

/**
 * Millions of toman as they are typed, with either kind of digits and decimal sign, in rial.
 * @throws RequestFailed at the field
 */
export function rialOf(values: Values, field: string, words: string): string {
  const text = toAsciiDigits(values[field] ?? '')
    .replaceAll(/[\s,٬]/g, '')
    .replace(/[٫/]/, '.');
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw refusedHere(words, { field });
  const [, whole = '0', part = ''] = match;
  const millionths = BigInt(part.padEnd(6, '0'));
  return String(BigInt(whole) * rialsInMillionToman + millionths * 10n);
}

/** A Jalali day as it is typed, as ISO; undefined where nothing is typed. @throws RequestFailed */
export function dayOf(values: Values, field: string, words: string): string | undefined {
  const text = (values[field] ?? '').trim();
  if (!text) return undefined;
  const iso = parseJalali(text);
  if (!iso) throw refusedHere(words, { field });
  return iso;
}

/** The Jalali year that is typed, with its first and last day. @throws RequestFailed at the field */
export function yearOf(values: Values, words: string) {
  const year = Number(toAsciiDigits(values.fiscalYear ?? '').trim());
  if (!(year >= 1380 && year <= 1480)) throw refusedHere(words, { field: 'fiscalYear' });
  return {
    fiscalYear: year,
    fromOn: jalaliYearRange(year).from,
    deadlineOn: jalaliYearRange(year).to,
  };
}

/** Who decided, why, by which letter and when (today where nothing is said), as the forms ask for it. */
export function decisionOf(values: Values, today: string, wrongDay: string) {
  const { decidedBy = '', reason = '', letter } = values;
  const decidedOn = dayOf(values, 'decidedOn', wrongDay) ?? today;
  return { decidedBy, reason, decidedOn, ...(letter ? { letter } : {}) };
}

import {
  countyLabel,
  occupationLabel,
  organisationLabel,
  type Reference,
} from '../../accounts/index.ts';
import { formatJalali, type IsoDate } from '../../kit/jalali.ts';
import { type Locale, toPersianDigits } from '../../kit/persian-text.ts';
import type { Problem, ProblemDetails } from '../../kit/problem.ts';
import { formatRial, rial } from '../../kit/rial.ts';
import type { Say } from '../../platform/language.ts';
import { spokenDetails } from '../../platform/problem-document.ts';
import en from './en.ts';
import fa from './fa.ts';
import { type FieldName, fieldTypes } from './fields.ts';
import { sentence } from './rejected.ts';
import type { RowFault } from './verdict.ts';

const WORDS = { fa, en };

/** What sentences about rows are made with, in one language. */
export interface Speaker {
  readonly reference: Reference;
  readonly locale: Locale;
  readonly say: Say;
}

/** One fault as a sentence: the column as the office names it, what is written there, and why not. */
export function faultText(speaker: Speaker, fault: RowFault): string {
  return sentence(fault, faultReason(speaker, fault), speaker.locale);
}

/** Why a row was refused, or what was assumed for it, without the place. */
export function faultReason(speaker: Speaker, fault: RowFault): string {
  const { code } = fault;
  const { locale, say } = speaker;
  const words: Readonly<Record<string, string>> = { ...WORDS[locale].cells, ...WORDS[locale].rows };
  const own = words[code];
  if (own !== undefined) return fill(own, rowValues(speaker, fault));
  const values = { ...spokenDetails(fault.details, locale), ...bothSides(speaker, fault) };
  const [slice = '', name = ''] = code.split('.');
  const part = (which: string) => say(`${slice}.problems.${name}.${which}`, values);
  return `${part('title')} ${part('next')}`;
}

function fill(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all);
}

function rowValues(speaker: Speaker, fault: RowFault): Record<string, string> {
  const { state, why, reason } = fault.details;
  return {
    ...bothSides(speaker, fault),
    state: state === undefined ? '' : speaker.say(`permits.states.${state}`),
    why: why === undefined ? '' : doubtText(String(why), speaker.locale),
    reason: String(reason ?? ''),
  };
}

/** Why it is not sure which case a row means. */
export function doubtText(why: string, locale: Locale): string {
  const words: Readonly<Record<string, string>> = WORDS[locale].doubts;
  return words[why] ?? why;
}

/** What the record says and what the row says, as people write such values. */
function bothSides(speaker: Speaker, { field, details }: RowFault) {
  const sides: Record<string, string> = {};
  for (const side of ['record', 'given']) {
    const value = details[side];
    if (field !== null && value !== undefined && value !== null) {
      sides[side] = sayValue(speaker, field, String(value));
    }
  }
  return sides;
}

function sayValue({ reference, locale }: Speaker, field: FieldName, value: string): string {
  const words: Readonly<Record<string, string>> = WORDS[locale].values;
  switch (fieldTypes[field]) {
    case 'county':
      return countyLabel(reference, Number(value)).label[locale];
    case 'agency':
    case 'bank':
      return organisationLabel(reference, value).label[locale];
    case 'occupation':
      return occupationLabel(reference, value).label[locale];
    case 'day':
    case 'birthday':
      return formatJalali(value as IsoDate, locale, 'short');
    case 'amount':
      return `${formatRial(rial(value), locale)} ${WORDS[locale].units.rial}`;
    case 'name':
    case 'text':
      return value;
    default:
      return words[value] ?? (locale === 'fa' ? toPersianDigits(value) : value);
  }
}

/** A problem of a whole file in words: what is wrong and what to do next. */
export function fileProblemText(
  { locale, say }: Omit<Speaker, 'reference'>,
  { code, details }: Pick<Problem, 'code' | 'details'>,
): { title: string; next: string } {
  const values = { ...spokenDetails(details, locale), ...named(code, details, locale) };
  const [slice = '', name = ''] = code.split('.');
  const part = (which: string) => say(`${slice}.problems.${name}.${which}`, values);
  return { title: part('title'), next: part('next') };
}

/** Details that are lists of our own names, by what people call them. */
function named(code: string, details: ProblemDetails, locale: Locale): Record<string, string> {
  const { fields, kinds, units } = WORDS[locale];
  const lists: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    asked: kinds,
    found: kinds,
    units,
    // The columns that stand twice are given as the office calls them.
    ...(code === 'registers.missing_columns' ? { columns: fields } : {}),
  };
  const entries = Object.entries(lists).flatMap(([key, words]) => {
    const value = details[key];
    if (typeof value !== 'string') return [];
    const names = value.split(',').map((one) => words[one] ?? one);
    return [[key, names.join(locale === 'fa' ? '، ' : ', ')] as const];
  });
  return Object.fromEntries(entries);
}

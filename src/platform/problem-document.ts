import { Type } from 'typebox';
import {
  FIRST_JALALI_YEAR,
  formatJalali,
  type IsoDate,
  isIsoDate,
  jalaliYearRange,
  LAST_JALALI_YEAR,
} from '../kit/jalali.ts';
import { toPersianDigits } from '../kit/persian-text.ts';
import { isProblem, Problem, type ProblemTable } from '../kit/problem.ts';
import { formatRial, rial } from '../kit/rial.ts';
import { isConnectionLost, isPoolUsedUp } from './database-errors.ts';
import type { Language, Say } from './language.ts';

/** RFC 9457, with the stable `code`, what to do `next`, and faults of the input by JSON pointer. */
export const ProblemDocument = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  next: Type.String(),
  instance: Type.String({ description: 'The id of the request, for whoever helps.' }),
  details: Type.Record(Type.String(), Type.Unknown()),
  faults: Type.Array(
    Type.Object({ pointer: Type.String(), code: Type.String(), title: Type.String() }),
  ),
});

/** Problems that any request may meet. */
export const platformProblems: ProblemTable = {
  'platform.bad_request': 400,
  'platform.not_signed_in': 401,
  'platform.invalid_token': 401,
  'platform.wrong_signature': 401,
  'platform.insufficient_scope': 403,
  'platform.forbidden': 403,
  'platform.second_factor_first': 403,
  'platform.not_found': 404,
  'platform.wrong_state': 409,
  'platform.later_step': 409,
  'platform.already_recorded': 409,
  'platform.operation_reused': 409,
  'platform.too_large': 413,
  'platform.unsupported_media': 415,
  'platform.op_id_missing': 400,
  'platform.before_rules': 422,
  'platform.too_many_requests': 429,
  'platform.failed': 500,
  'platform.busy': 503,
  'platform.out_of_room': 503,
};

/** Everything an answer about an error is made from. */
export type ProblemWriter = {
  readonly statuses: ProblemTable;
  /** Named database constraints → problem codes. */
  readonly constraints: Readonly<Record<string, string>>;
};

type PgError = { code?: string; constraint?: string };

/** Any thrown value as a Problem: database constraints by name, overload, or `platform.failed`. */
export function toProblem(writer: ProblemWriter, error: unknown): Problem {
  if (isProblem(error)) return error;
  const { code, constraint, statusCode } = (error ?? {}) as PgError & { statusCode?: number };
  if (constraint !== undefined && code?.startsWith('23')) {
    return new Problem(writer.constraints[constraint] ?? 'platform.already_recorded', {
      constraint,
    });
  }
  // Text that PostgreSQL can't hold: U+0000, half a surrogate pair.
  if (code === '22021' || code === '22P05') return new Problem('platform.bad_request');
  if (code === '53100' || code === 'ENOSPC') return new Problem('platform.out_of_room');
  if (code === '57014' || code === '53300' || isConnectionLost(error) || isPoolUsedUp(error)) {
    return new Problem('platform.busy');
  }
  if (statusCode === 413) return new Problem('platform.too_large');
  if (statusCode === 415) return new Problem('platform.unsupported_media');
  if (statusCode === 429) return new Problem('platform.too_many_requests');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem('platform.bad_request');
  }
  return new Problem('platform.failed');
}

/**
 * How one detail reads in a sentence: dates are Jalali where that calendar has their year, rial are grouped,
 * digits are the language's;
 * `codes` stay as they are looked up, left to right.
 */
function spoken(key: string, value: string | number | boolean | null, language: Language): string {
  const text = String(value ?? '');
  if (key === 'codes') return `\u2066${text}\u2069`;
  if (isIsoDate(text) && isInJalali(text)) return formatJalali(text, language, 'short');
  if (key.endsWith('Rial')) return formatRial(rial(text), language);
  return language === 'fa' ? toPersianDigits(text) : text;
}

/** Whether the calendar knows the year: what was typed may be any. */
function isInJalali(day: IsoDate): boolean {
  return (
    day >= jalaliYearRange(FIRST_JALALI_YEAR).from && day <= jalaliYearRange(LAST_JALALI_YEAR).to
  );
}

/** A problem's details as they read in a sentence; `ceilingFa` and `ceilingEn` are `ceiling` in their language. */
export function spokenDetails(
  details: Problem['details'],
  language: Language,
): Record<string, string> {
  const entries = Object.entries(details);
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      const [, name = key, of] = /^(.+)(Fa|En)$/.exec(key) ?? [];
      const isMine = of === undefined || of.toLowerCase() === language;
      return isMine ? [[name, spoken(name, value, language)]] : [];
    }),
  );
}

/** The document for a problem in one language; `slice.code` has its words at `slice.problems.code`. */
export function problemDocument(
  writer: ProblemWriter,
  problem: Problem,
  { language, say }: { language: Language; say: Say },
  requestId: string,
) {
  const [slice = 'platform', name = 'failed'] = problem.code.split('.');
  const values = spokenDetails(problem.details, language);
  return {
    type: `/problems/${problem.code}`,
    title: say(`${slice}.problems.${name}.title`, values),
    status: writer.statuses[problem.code] ?? 500,
    code: problem.code,
    next: say(`${slice}.problems.${name}.next`, values),
    instance: requestId,
    details: problem.details,
    faults: problem.faults.map((fault) => ({
      ...fault,
      title: say(`platform.faults.${fault.code}`),
    })),
  };
}

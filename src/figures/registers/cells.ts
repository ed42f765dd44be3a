import {
  checkForeignCode,
  checkNationalId,
  checkPermitNumber,
  normaliseMobile,
} from '../../kit/identifiers.ts';
import type { IsoDate } from '../../kit/jalali.ts';
import { compactKey, normaliseText, toAsciiDigits } from '../../kit/persian-text.ts';
import type { CellValue } from '../../platform/spreadsheet/index.ts';
import { readAmount } from './amounts.ts';
import { cellText } from './cell-text.ts';
import { readDay } from './dates.ts';
import type { FieldName, FieldType, FieldValues } from './fields.ts';
import type { Lookup, LookupKind } from './lookup.ts';
import type { CellProblemCode } from './problems.ts';
import type { AmountUnit } from './units.ts';
import words from './words.json' with { type: 'json' };

/** What reading needs to know beside the cell. */
export interface CellContext {
  readonly lookup: Lookup;
  /** Of the amount column; undefined where there is none. */
  readonly unit: AmountUnit | undefined;
  /** No event of a register lies after this day. */
  readonly today: IsoDate;
  /** Whose register it is: tells whether a permit number lost its leading zeros. */
  readonly provinceId: number;
}

type Value = FieldValues[FieldName];

/** A value in the record's terms, or the code of what is wrong. */
export type CellRead = { readonly value: Value } | { readonly code: CellProblemCode };

type Reader = (cell: CellValue, context: CellContext) => CellRead;

const LONGEST = { code: 32, name: 100, text: 500 };
const MOST_PEOPLE = 1_000;
const MOST_TRANCHES = 99;
/**
 * 1 Farvardin 1385. The programme's law is of 1389; years before this come from a two-digit year
 * (00/01/15) that Excel took for 2000, a trap that every office falls into once.
 */
const EARLIEST_EVENT = '2006-03-21';
/** Doubles are exact to 2^53, but Excel keeps fifteen digits and writes zeros for the rest. */
const EXACT_DIGITS = 15;

/** Reads one filled cell as the type of its field says. */
export function readCell(type: FieldType, cell: CellValue, context: CellContext): CellRead {
  if (typeof cell === 'object' && cell !== null && 'error' in cell) return { code: 'excel_error' };
  return readers[type](cell, context);
}

const readers: Readonly<Record<FieldType, Reader>> = {
  code: readCode,
  person: readPerson,
  name: readName,
  text: readText,
  mobile: readMobile,
  day: (cell, { today }) => readEvent(cell, EARLIEST_EVENT, today),
  birthday: (cell, { today }) => readEvent(cell, '', today),
  amount: (cell, { unit }) => (unit ? fromRead(readAmount(cell, unit)) : { code: 'not_text' }),
  count: (cell) => readWhole(cell, MOST_PEOPLE, 'count_unreadable'),
  tranche: readTranche,
  sex: (cell) => readWord(WORDS.sex, cell, 'sex_unknown'),
  kind: (cell) => readWord(WORDS.kind, cell, 'kind_unknown'),
  area: (cell) => readWord(WORDS.area, cell, 'area_unknown'),
  relation: (cell) => readWord(WORDS.relation, cell, 'relation_unknown'),
  county: (cell, context) => readNamed('county', cell, context),
  agency: (cell, context) => readNamed('agency', cell, context),
  bank: (cell, context) => readNamed('bank', cell, context),
  occupation: (cell, context) => readNamed('occupation', cell, context),
};

function fromRead<V extends Value, C extends CellProblemCode>(
  read: V | { readonly problem: C },
): CellRead {
  return typeof read === 'object' && 'problem' in read ? { code: read.problem } : { value: read };
}

/**
 * Text that is in stored form already, as nearly all of a register is: visible ASCII and plain Persian
 * letters, with single spaces or ZWNJs between. Saves the price of normalising it.
 */
const PLAIN =
  /^[!-~\u0621-\u0628\u062a-\u063a\u0641\u0642\u0644-\u0648\u067e\u0686\u0698\u06a9\u06af\u06cc]+(?:[ \u200c][!-~\u0621-\u0628\u062a-\u063a\u0641\u0642\u0644-\u0648\u067e\u0686\u0698\u06a9\u06af\u06cc]+)*$/;

/** A cell's text in stored form; undefined for a cell that cannot be text. */
function textOf(cell: CellValue): string | undefined {
  if (typeof cell !== 'string' && typeof cell !== 'number') return undefined;
  const text = cellText(cell);
  return PLAIN.test(text) ? text : normaliseText(text);
}

function digitsLost(cell: CellValue): boolean {
  return (
    typeof cell === 'number' && (!Number.isInteger(cell) || Math.abs(cell) >= 10 ** EXACT_DIGITS)
  );
}

/** A number that is only a name: permit, letter, contract. Kept as the office wrote it. */
function readCode(cell: CellValue, context: CellContext): CellRead {
  const text = textOf(cell);
  if (text === undefined) return { code: 'not_text' };
  if (digitsLost(cell)) return { code: 'digits_lost' };
  const code = toAsciiDigits(text)
    .toUpperCase()
    .replace(/ ?([/\-_.]) ?/g, '$1');
  if (code.length > LONGEST.code) return { code: 'too_long' };
  return { value: typeof cell === 'number' ? withLostZeros(code, context.provinceId) : code };
}

/**
 * One of our own permit numbers begins with the province's two digits, so that a number cell loses
 * its zeros. They are put back only where the check digit and the province both agree.
 */
function withLostZeros(code: string, provinceId: number): string {
  if (code.length < 10 || code.length > 11) return code;
  const checked = checkPermitNumber(code.padStart(12, '0'));
  return checked.ok && checked.provinceId === provinceId ? checked.value : code;
}

function readPerson(cell: CellValue): CellRead {
  if (typeof cell !== 'string' && typeof cell !== 'number') return { code: 'not_text' };
  if (digitsLost(cell)) return { code: 'digits_lost' };
  const text = cellText(cell);
  const national = checkNationalId(text);
  if (national.ok) return { value: { kind: 'national', value: national.value } };
  if (national.reason === 'length') {
    const foreign = checkForeignCode(text);
    // Up to ten digits it is a national ID gone wrong; a foreign national's code is longer.
    if (foreign.ok && foreign.value.length > 10) {
      return { value: { kind: 'foreign', value: foreign.value } };
    }
  }
  return { code: `national_id_${national.reason}` };
}

function readName(cell: CellValue): CellRead {
  const text = textOf(cell);
  if (text === undefined || typeof cell === 'number') return { code: 'name_unreadable' };
  if (text.length > LONGEST.name) return { code: 'too_long' };
  return /\p{L}/u.test(text) && !/\d|[\u06f0-\u06f9]/.test(text)
    ? { value: text }
    : { code: 'name_unreadable' };
}

function readText(cell: CellValue): CellRead {
  const text = textOf(cell);
  if (text === undefined) return { code: 'not_text' };
  return text.length > LONGEST.text ? { code: 'too_long' } : { value: text };
}

function readMobile(cell: CellValue): CellRead {
  const text = textOf(cell);
  const mobile = text === undefined ? undefined : normaliseMobile(text);
  return mobile === undefined ? { code: 'mobile_unreadable' } : { value: mobile };
}

function readEvent(cell: CellValue, earliest: string, today: IsoDate): CellRead {
  const read = readDay(cell);
  if (typeof read !== 'string') return { code: read.problem };
  if (read < earliest) return { code: 'date_too_early' };
  return read > today ? { code: 'date_in_future' } : { value: read };
}

function readWhole(cell: CellValue, most: number, code: CellProblemCode): CellRead {
  const text = textOf(cell) ?? '';
  const digits = toAsciiDigits(text).replace(words.person_counter, '').trim();
  const value = /^\d{1,6}$/.test(digits) ? Number(digits) : 0;
  return value >= 1 && value <= most ? { value } : { code };
}

const TRANCHE_WORDS = words.tranche_words.map(compactKey);
const ORDINALS = words.ordinals.map(compactKey);

/** «قسط دوم», «مرحله ۲», 2. */
function readTranche(cell: CellValue): CellRead {
  let key = compactKey(textOf(cell) ?? '');
  for (const word of TRANCHE_WORDS) key = key.replace(word, '');
  const ordinal = ORDINALS.indexOf(key);
  if (ordinal >= 0) return { value: ordinal + 1 };
  return readWhole(key, MOST_TRANCHES, 'tranche_unreadable');
}

type WordMap = ReadonlyMap<string, Value>;

const WORDS = {
  sex: wordMap(words.sex),
  kind: wordMap(words.kind),
  area: wordMap(words.area),
  relation: wordMap(words.relation),
};

function wordMap<V extends string>(lists: Readonly<Record<V, readonly string[]>>): WordMap {
  const map = new Map<string, Value>();
  for (const value of Object.keys(lists) as V[]) {
    for (const word of lists[value]) map.set(wordKey(word), value as Value);
  }
  return map;
}

function wordKey(text: string): string {
  return compactKey(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

function readWord(map: WordMap, cell: CellValue, code: CellProblemCode): CellRead {
  const value = map.get(wordKey(textOf(cell) ?? ''));
  return value === undefined ? { code } : { value };
}

function readNamed(kind: LookupKind, cell: CellValue, context: CellContext): CellRead {
  const text = textOf(cell);
  const found = text === undefined ? undefined : context.lookup.find(kind, text);
  if (found === undefined) return { code: `${kind}_unknown` };
  return found === 'ambiguous' ? { code: `${kind}_ambiguous` } : { value: found.id };
}

/**
 * Numbers that people, companies, banks and this house are known by. Each check takes what a person
 * typed (Persian or Arabic digits, spaces, hyphens, direction marks) and gives the one written form,
 * or the reason it can't be right. A check digit is a check, not a proof that the number was issued.
 * Formulas of the national, legal and postal numbers: those of the package @persian-tools/persian-tools.
 */
import { normaliseText, toAsciiDigits } from './persian-text.ts';
import { type RandomBytes, secureRandom } from './random.ts';

/** A number found right, in the form to store; or why it was refused. */
export type Checked<Reason extends string, Extra = unknown> =
  | ({ readonly ok: true; readonly value: string } & Extra)
  | { readonly ok: false; readonly reason: Reason };

/** 'characters': something that is no digit; 'repeated': one digit all along. */
export type NationalIdReason = 'characters' | 'length' | 'repeated' | 'serial' | 'check_digit';
export type LegalIdReason = 'characters' | 'length' | 'repeated' | 'check_digit';
export type ForeignCodeReason = 'characters' | 'length';
export type ShebaReason = 'characters' | 'length' | 'check_digit';
export type PermitNumberReason = 'characters' | 'length' | 'check_digit';
export type PostalCodeWarning = 'characters' | 'length' | 'repeated' | 'pattern';

const DIGITS = /^\d+$/;
const REPEATED = /^(\d)\1*$/;

/**
 * A person's national ID: ten digits, the last a check digit. Zeros that a spreadsheet dropped from
 * the left of an 8- or 9-digit number are put back.
 */
export function checkNationalId(text: string): Checked<NationalIdReason> {
  const typed = compact(text);
  if (!DIGITS.test(typed)) return refuse('characters');
  if (typed.length < 8 || typed.length > 10) return refuse('length');
  const value = typed.padStart(10, '0');
  if (REPEATED.test(value)) return refuse('repeated');
  if (value.slice(3, 9) === '000000') return refuse('serial');
  if (nationalCheckDigit(value) !== value.charAt(9)) return refuse('check_digit');
  return { ok: true, value };
}

/**
 * A national ID that passes the check, for demonstrations and tests: it could be a real person's.
 * @param prefix three digits: the office of issue
 * @param serial 1…999999
 * RangeError for other arguments, and for the few that would repeat one digit ten times.
 */
export function generateNationalId(prefix: string, serial: number): string {
  if (!/^\d{3}$/.test(prefix) || !Number.isInteger(serial) || serial < 1 || serial > 999_999) {
    throw new RangeError(`no national ID from ${prefix} and ${serial}`);
  }
  const first = `${prefix}${String(serial).padStart(6, '0')}`;
  const value = `${first}${nationalCheckDigit(first)}`;
  if (REPEATED.test(value)) throw new RangeError(`a repeated digit is no national ID: ${value}`);
  return value;
}

/** A foreign national's code: 8–14 digits with no check digit, so kept as typed, marked foreign. */
export function checkForeignCode(
  text: string,
): Checked<ForeignCodeReason, { readonly kind: 'foreign' }> {
  const value = compact(text);
  if (!DIGITS.test(value)) return refuse('characters');
  if (value.length < 8 || value.length > 14) return refuse('length');
  return { ok: true, kind: 'foreign', value };
}

/** The national ID of a company or other legal person: eleven digits, the last a check digit. */
export function checkLegalId(text: string): Checked<LegalIdReason> {
  const value = compact(text);
  if (!DIGITS.test(value)) return refuse('characters');
  if (value.length !== 11) return refuse('length');
  if (REPEATED.test(value)) return refuse('repeated');
  const weights = [29, 27, 23, 19, 17];
  const shift = digitAt(value, 9) + 2;
  let sum = 0;
  for (let i = 0; i < 10; i += 1) sum += (shift + digitAt(value, i)) * (weights[i % 5] ?? 0);
  if ((sum % 11) % 10 !== digitAt(value, 10)) return refuse('check_digit');
  return { ok: true, value };
}

/**
 * A sheba (Iranian IBAN, ISO 13616): IR, two check digits, then 22 of which the first three are the
 * bank's. The letters may be missing or small. Check digits outside 02…98 are refused even where they
 * add up: they would be a second spelling of another account's number.
 */
export function checkSheba(text: string): Checked<ShebaReason, { readonly bankCode: string }> {
  const digits = compact(text).toUpperCase().replace(/^IR/, '');
  if (!DIGITS.test(digits)) return refuse('characters');
  if (digits.length !== 24) return refuse('length');
  const check = Number(digits.slice(0, 2));
  // ISO 7064 mod 97-10 over the account, then I=18 and R=27, then the check digits.
  const remainder = BigInt(`${digits.slice(2)}1827${digits.slice(0, 2)}`) % 97n;
  if (remainder !== 1n || check < 2 || check > 98) return refuse('check_digit');
  return { ok: true, value: `IR${digits}`, bankCode: digits.slice(2, 5) };
}

/**
 * A mobile number as '09…' with eleven digits, from any usual writing of it (+98, 0098, 98, 0 or
 * nothing before the 9); undefined if it is none. Operators' prefixes change, so none is required.
 */
export function normaliseMobile(text: string): string | undefined {
  const match = /^(?:\+98|0098|98|0)?(9\d{9})$/.exec(compact(text).replace(/[()]/g, ''));
  return match ? `0${match[1]}` : undefined;
}

/**
 * A postal code's written form and what is odd about it. Never a refusal: newer codes break the
 * published pattern (first five digits without 0 or 2, the fifth not 5; the sixth not 0; the last
 * four not all 0), and an address is not worth losing an application for.
 */
export function checkPostalCode(text: string): {
  value: string;
  warnings: readonly PostalCodeWarning[];
} {
  const value = compact(text);
  if (!DIGITS.test(value)) return { value, warnings: ['characters'] };
  if (value.length !== 10) return { value, warnings: ['length'] };
  if (REPEATED.test(value)) return { value, warnings: ['repeated'] };
  const usual = /^[13-9]{4}[1346-9][1-9](?!0000)\d{4}$/.test(value);
  return { value, warnings: usual ? [] : ['pattern'] };
}

/**
 * A new permit number: two digits of province, nine at random so that numbers can't be guessed from
 * one another, and a Damm check digit, so that one wrong or two swapped digits are noticed.
 * RangeError when the province is not 0…99.
 */
export function makePermitNumber(provinceId: number, random: RandomBytes = secureRandom): string {
  if (!Number.isInteger(provinceId) || provinceId < 0 || provinceId > 99) {
    throw new RangeError(`not a province code: ${provinceId}`);
  }
  let drawn = 0n;
  // 64 bits for nine digits: no number is likelier than another by more than one in 10^10.
  for (const byte of random(8)) drawn = (drawn << 8n) | BigInt(byte);
  const serial = String(drawn % 1_000_000_000n).padStart(9, '0');
  const first = `${String(provinceId).padStart(2, '0')}${serial}`;
  return `${first}${damm(first)}`;
}

/** One of our own permit numbers; those that offices gave before us have no check digit. */
export function checkPermitNumber(
  text: string,
): Checked<PermitNumberReason, { readonly provinceId: number }> {
  const value = compact(text);
  if (!DIGITS.test(value)) return refuse('characters');
  if (value.length !== 12) return refuse('length');
  if (damm(value) !== 0) return refuse('check_digit');
  return { ok: true, value, provinceId: Number(value.slice(0, 2)) };
}

function refuse<Reason extends string>(reason: Reason): { ok: false; reason: Reason } {
  return { ok: false, reason };
}

/** What was typed, in ASCII digits, without the spaces, joiners and hyphens people group digits with. */
function compact(text: string): string {
  return toAsciiDigits(normaliseText(text)).replace(/[\s\u200c_\-\u2010-\u2015\u2212]/g, '');
}

function digitAt(digits: string, index: number): number {
  return digits.charCodeAt(index) - 0x30;
}

/** Weights 10…2 over the first nine digits, modulo 11; two remainders share a digit with others. */
function nationalCheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < 9; i += 1) sum += digitAt(digits, i) * (10 - i);
  const remainder = sum % 11;
  return String(remainder < 2 ? remainder : 11 - remainder);
}

/** The usual quasigroup of order ten, after H. M. Damm's thesis (Marburg 2004), p. 111, row by row. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

/** The check digit of these digits; 0 for digits that already end in theirs. */
function damm(digits: string): number {
  let row = 0;
  for (let i = 0; i < digits.length; i += 1) row = digitAt(DAMM[row] ?? '', digitAt(digits, i));
  return row;
}

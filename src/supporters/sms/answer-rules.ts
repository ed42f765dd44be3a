import { normaliseText, toAsciiDigits } from '../../kit/persian-text.ts';
import { RIAL_PER_TOMAN } from '../../kit/rial.ts';
import type { ReceiptAnswer } from '../rules.ts';

/** What somebody answered by SMS: of the question with this number in this province. */
export type SaidBySms = {
  readonly provinceId: number;
  readonly number: number;
  readonly answer: ReceiptAnswer;
  /** What came, of another sum; people write toman, as everywhere. */
  readonly amountRial?: bigint;
};

/** Three messages put together; an answer has twenty letters, and what is longer is none. */
const longest = 200;
const answers = ['came', 'not_came', 'other_sum'] as const;

/** Whatever is neither letter nor digit. */
const mark = '[^\\p{L}\\p{N}]';
const choice = '(?<choice>[123])';
const question = '(?<province>[0-9]{2})(?<number>[0-9]{2})';
/** Within a sum marks stand between thousands only, or "400.5" would become a sum that nobody meant. */
const sum = `(?<sum>[0-9]{1,3}(?:${mark}{1,2}[0-9]{3})+|[0-9]{1,15})`;

/** An answer of digits alone: 1, 2 or 3; two digits of the province and two of the question; behind a 3 the sum. */
const shape = new RegExp(`^${mark}*${choice}${mark}*${question}(?:${mark}*${sum})?${mark}*$`, 'u');
/**
 * The same with the choice behind the four digits, which is how two numbers beside each other are seen where the line
 * is read from the right. Something has to stand between, so that no text has both forms.
 */
const turned = new RegExp(`^${mark}*${question}${mark}+${choice}(?:${mark}+${sum})?${mark}*$`, 'u');

/** Reads an SMS, in Persian, Arabic or Latin digits; undefined when it is not exactly one answer. */
export function readAnswer(text: string): SaidBySms | undefined {
  if (text.length > longest) return undefined;
  const digits = toAsciiDigits(normaliseText(text));
  const found = (shape.exec(digits) ?? turned.exec(digits))?.groups;
  if (found === undefined) return undefined;
  const answer = answers[Number(found.choice) - 1] ?? 'came';
  const said = { provinceId: Number(found.province), number: Number(found.number), answer };
  if (answer !== 'other_sum') return found.sum === undefined ? said : undefined;
  const amount = BigInt((found.sum ?? '').replaceAll(/[^0-9]/g, '') || '0');
  if (amount === 0n || amount >= 10n ** 15n) return undefined;
  return { ...said, amountRial: amount * RIAL_PER_TOMAN };
}

/** The four digits that an answer is sent with: 0447 is question 47 of province 4. */
export function questionCode(provinceId: number, number: number): string {
  return [provinceId, number].map((part) => String(part).padStart(2, '0')).join('');
}

/**
 * A number that is not taken, from 0 to 99; null when all are. Which of them, chance says: whoever forges a
 * sender's number has to guess it.
 * @param draw any whole number from 0
 */
export function freeNumber(taken: ReadonlySet<number>, draw: number): number | null {
  const free = Array.from({ length: 100 }, (_, number) => number).filter((one) => !taken.has(one));
  return free[draw % free.length] ?? null;
}

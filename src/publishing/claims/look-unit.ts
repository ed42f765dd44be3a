import { compare } from '../../kit/decimal.ts';
import { type ReadNumber, readNumber } from '../../kit/persian-numbers.ts';
import type { Token } from '../../kit/persian-tokens.ts';
import type { Unit } from './contract.ts';
import { isOf, lists, stemOf, unitAt } from './lexicon.ts';

/** What stands behind a number. */
export type Follower = {
  /**
   * `own`: a unit; `counter`: a word like «فقره» whose noun has to be looked for; `noun`: some other noun;
   * `money`: a scale that only money has; `none`: nothing that is counted.
   */
  readonly kind: 'own' | 'counter' | 'noun' | 'money' | 'none';
  readonly unit?: Unit;
  readonly key?: string;
  /** The token after number and unit. */
  readonly next: number;
  /** Powers of ten that the unit itself brings: «همت» is a thousand milliard toman. */
  readonly lift: number;
};

const ellipsis = '\u2026';
/** How far behind a counter or an ellipsis its noun may stand. */
const reach = 7;

/** Reads what a number counts from the words behind it. */
export function lookUnit(tokens: readonly Token[], number: ReadNumber): Follower {
  const at = afterEcho(tokens, number);
  const token = tokens[at];
  if (isOf(lists.trillions, token)) return { kind: 'own', unit: 'toman', next: at + 1, lift: 12 };
  if (isAmount(tokens, number)) return { kind: 'money', next: at, lift: 0 };
  if (isOf(lists.kinds, token)) return kindOf(tokens, at);
  const found = unitAt(tokens, at);
  if (found && !isLoanNoun(found.key, number)) {
    if (found.length > 1 || !isOf(lists.counters, token)) {
      return { kind: 'own', ...found, next: at + found.length, lift: 0 };
    }
  }
  if (isOf(lists.counters, token)) return counterAt(tokens, at);
  if (number.scale >= 6 && !(found && !isLoanNoun(found.key, number))) {
    return isPlainNoun(tokens, at) && !found
      ? bigNoun(token, at)
      : { kind: 'money', next: at, lift: 0 };
  }
  if (token?.key === ellipsis) return behind(tokens, at) ?? { kind: 'none', next: at, lift: 0 };
  if (isPlainNoun(tokens, at))
    return { kind: 'noun', unit: 'other', key: token?.key ?? '', next: at + 1, lift: 0 };
  return { kind: 'none', next: at, lift: 0 };
}

/** «۲۰۰ میلیون وام» is money that is lent, not so many loans. */
function isLoanNoun(key: string, number: ReadNumber): boolean {
  return number.scale >= 6 && lists.moneyNouns.has(stemOf(key));
}

/** «وام ۲۰۰ میلیونی مشاغل خانگی»: an amount, whatever noun it is put before. */
function isAmount(tokens: readonly Token[], number: ReadNumber): boolean {
  const found = unitAt(tokens, number.next);
  const money = found?.unit === 'toman' || found?.unit === 'rial' || found?.unit === 'people';
  return isOf(lists.ofScale, tokens[number.next - 1]) && !money;
}

/** Nouns that millions are counted in besides money: said only where the noun is a measure. */
function bigNoun(token: Token | undefined, at: number): Follower {
  return lists.fillers.has(token?.key ?? '')
    ? { kind: 'money', next: at, lift: 0 }
    : { kind: 'noun', unit: 'other', key: token?.key ?? '', next: at + 1, lift: 0 };
}

/** «۲۲۰۰ (دو هزار و دویست) نفر»: the same number once more is part of the claim. */
function afterEcho(tokens: readonly Token[], number: ReadNumber): number {
  if (tokens[number.next]?.key !== '(') return number.next;
  const echo = readNumber(tokens, number.next + 1);
  const closed = echo !== undefined && tokens[echo.next]?.key === ')';
  return closed && compare(echo.value, number.value) === 0 ? echo.next + 1 : number.next;
}

/** «۶۲۰ نوع شغل» are occupations. */
function kindOf(tokens: readonly Token[], at: number): Follower {
  const found = unitAt(tokens, at) ?? unitAt(tokens, at + 1);
  const whole = unitAt(tokens, at);
  const next = whole ? at + whole.length : at + 1 + (found?.length ?? 0);
  const unit = found?.unit === 'jobs' ? 'occupations' : (found?.unit ?? 'other');
  return { kind: 'own', unit, key: found?.key ?? '', next, lift: 0 };
}

/** «۳۱۵ فقره تسهیلات», «۲۰ تا طرح»; alone where no noun follows. */
function counterAt(tokens: readonly Token[], at: number): Follower {
  const counter: Follower = { kind: 'counter', next: at + 1, lift: 0 };
  const isTo = isOf(lists.to, tokens[at]);
  if (isTo && tokens[at + 1]?.kind !== 'word') return { kind: 'none', next: at, lift: 0 };
  if (isTo && readNumber(tokens, at + 1)) return { kind: 'none', next: at, lift: 0 };
  // «۶۵۰ فقره آن»: of what was counted before.
  if (isOf(lists.pronouns, tokens[at + 1])) return counter;
  const found = behind(tokens, at);
  if (isTo) {
    const direct = unitAt(tokens, at + 1);
    return direct
      ? { kind: 'own', ...direct, next: at + 1 + direct.length, lift: 0 }
      : { kind: 'none', next: at, lift: 0 };
  }
  return found ? { ...found, next: Math.max(at + 1, found.near ? found.next : at + 1) } : counter;
}

/** The first unit within reach, before the next number or the clause's end. */
function behind(
  tokens: readonly Token[],
  at: number,
): (Follower & { readonly near: boolean }) | undefined {
  for (let step = at + 1; step <= at + reach; step += 1) {
    const token = tokens[step];
    if (!token || token.kind === 'number' || /[\n.!?\u061f\u061b:\u060c]/.test(token.key)) break;
    const found = unitAt(tokens, step);
    if (found && !['percent', 'times', 'months', 'rial', 'toman'].includes(found.unit)) {
      const near = step === at + 1;
      return { kind: 'own', ...found, next: near ? step + found.length : at, lift: 0, near };
    }
  }
  return undefined;
}

/** A word that can be counted, as far as a list of words that cannot tells. */
function isPlainNoun(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.kind === 'word' && !isOf(lists.stops, token) && !/^[a-z]/.test(token.key);
}

import { isWhole, toNumber } from '../../kit/decimal.ts';
import { isOrdinal, type ReadNumber, readNumber } from '../../kit/persian-numbers.ts';
import type { Token } from '../../kit/persian-tokens.ts';
import { isOf, lists, type WordSet } from './lexicon.ts';
import type { Follower } from './look-unit.ts';

/** Where the last number stood that names something, so that «بندهای ۲ و ۳» and «سال‌های ۹۸ و ۹۹» are read to their end. */
export type Named = { readonly kind: 'year' | 'label'; readonly next: number };

type Here = {
  readonly tokens: readonly Token[];
  readonly number: ReadNumber;
  readonly follower: Follower;
  /** Whole, in digits, without scale or separator. */
  readonly plain: boolean;
  readonly size: number;
  readonly before: Token | undefined;
  readonly last: Named | undefined;
};

/**
 * Why a number is no claim, or undefined when it is one. A claim counts or measures; a number that names (a year,
 * a day, an article of law, a telephone, the how-manieth) could not be counted again. Decision 0050.
 */
export function nameOf(
  tokens: readonly Token[],
  number: ReadNumber,
  follower: Follower,
  last: Named | undefined,
): Named['kind'] | 'other' | undefined {
  const size = toNumber(number.value);
  const token = tokens[number.first];
  const plain = /^\d+$/.test(token?.key ?? '') && number.next === number.first + 1;
  const here: Here = {
    tokens,
    number,
    follower,
    plain,
    size,
    before: tokens[number.first - 1],
    last,
  };
  if (isWhichOne(here) || isCode(here) || isListNumber(here)) return 'other';
  if (isLabelled(here)) return 'label';
  if (isDay(here)) return 'other';
  if (isYear(here)) return 'year';
  return isFigureOfSpeech(here) || isAge(here) ? 'other' : undefined;
}

const measured = (follower: Follower, ...units: readonly string[]) =>
  follower.kind === 'own' && units.includes(follower.unit ?? '');

/** «۲۲ام», «بیست و سوم». */
function isWhichOne({ tokens, number }: Here): boolean {
  const next = tokens[number.next];
  if (isOf(lists.ordinalSigns, next)) return true;
  const after = tokens[number.next + 1];
  return isOf(lists.and, next) && after?.kind === 'word' && isOrdinal(after.key);
}

/** Telephones, codes, addresses on the web, dates and times with signs in between. */
function isCode({ tokens, number, plain, before, follower }: Here): boolean {
  const token = tokens[number.first];
  if (token?.kind !== 'number') return false;
  const glued = (sign: RegExp, one: Token | undefined) => one !== undefined && sign.test(one.key);
  const behind = tokens[number.first - 2];
  if (plain && /^0\d{2,}/.test(token.key)) return true;
  if (plain && token.key.length >= 9 && follower.kind !== 'own') return true;
  if (token.glued && before?.kind === 'word' && /^[a-z]/.test(before.key)) return true;
  if (token.glued && glued(/^[/#@_=&]$/, before) && before?.glued && behind?.kind === 'word')
    return true;
  if (!plain) return false;
  const clock = (a: string, b: string) =>
    /^\d{1,2}$/.test(a) && Number(a) < 24 && /^[0-5]\d$/.test(b);
  if (joins(tokens, number.first, ':') && clock(token.key, tokens[number.first + 2]?.key ?? ''))
    return true;
  if (joins(tokens, number.first - 2, ':') && clock(behind?.key ?? '', token.key)) return true;
  return dashed(tokens, number.first);
}

/** A number, a sign and a number with nothing between. */
function joins(tokens: readonly Token[], at: number, sign: string): boolean {
  const [a, b, c] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  return a?.kind === 'number' && b?.key === sign && b.glued && c?.kind === 'number' && c.glued;
}

/** 1401-03-31 and 044-3344…: a chain of three, or one with a leading zero or a long part. */
function dashed(tokens: readonly Token[], at: number): boolean {
  const ahead = joins(tokens, at, '-');
  const back = joins(tokens, at - 2, '-');
  if (!ahead && !back) return false;
  const keys = [at - 2, at, at + 2].map((one) => tokens[one]?.key ?? '');
  const chain = (ahead && back) || joins(tokens, at + (ahead ? 2 : -4), '-');
  const [first, second] = ahead ? [keys[1], keys[2]] : [keys[0], keys[1]];
  return chain || /^0/.test(first ?? '') || (second?.length ?? 0) >= 6 || /^0/.test(second ?? '');
}

/** «۱- …», «۲) …» at the beginning of a line, or behind the one before it: «۱. … ۲. …». */
function isListNumber({ tokens, number, plain, size, before }: Here): boolean {
  const sign = tokens[number.next];
  const listed =
    /^[-\u2013\u2014).]$/.test(sign?.key ?? '') && tokens[number.next + 1]?.kind === 'word';
  if (!plain || size > 50 || !listed) return false;
  if (before === undefined || before.key === '\n') return true;
  const last = String(size - 1);
  return (
    size > 1 &&
    tokens.some(
      ({ key }, at) => at < number.first && key === last && tokens[at + 1]?.key === sign?.key,
    )
  );
}

/** «تبصره 15», «ماده ۲», «مرحله ۲», «کد خبر ۱۲۳۴». */
function isLabelled({ tokens, number, follower, size, before, last }: Here): boolean {
  if (measured(follower, 'toman', 'rial', 'percent')) return false;
  const at = /^[:(\u00ab]$/.test(before?.key ?? '') ? number.first - 2 : number.first - 1;
  if (isOf(lists.law, tokens[at]) || isOf(lists.codes, tokens[at])) return true;
  if (isOf(lists.codes, tokens[at - 1]) && !isOf(lists.stops, tokens[at])) return true;
  // «به ۳۰۰۰ پیامک کنید»
  if (isOf(lists.codes, tokens[number.next]) && isOf(lists.towards, before)) return true;
  const lasting = isOf(lists.ages, tokens[number.next]);
  const shown =
    lasting || isOf(lists.demonstratives, tokens[at - 1]) || measured(follower, 'people');
  if (isOf(lists.stages, tokens[at]) && size <= 10 && !shown && before?.key !== ':') return true;
  const more = last?.kind === 'label' && continues(tokens, last.next, number.first);
  return more && follower.kind !== 'own';
}

/** Only «و», «تا» or a comma between two numbers. */
function continues(tokens: readonly Token[], from: number, to: number): boolean {
  if (to !== from + 1) return false;
  const token = tokens[from];
  return (
    isOf(lists.and, token) || isOf(lists.to, token) || /^[,\u060c\-\u2013/]$/.test(token?.key ?? '')
  );
}

/** «۲۲ شهریور», «۱۲ و ۱۳ مهر». */
function isDay({ tokens, number, size }: Here): boolean {
  if (size > 31 || !isWhole(number.value) || number.scale > 0) return false;
  if (isOf(lists.months, tokens[number.next])) return true;
  if (isOf(lists.weekday, tokens[number.next])) return true;
  if (!continues(tokens, number.next, number.next + 1)) return false;
  const other = readNumber(tokens, number.next + 1);
  return other !== undefined && other.scale === 0 && isOf(lists.months, tokens[other.next]);
}

const isYearSize = (size: number, digits: number): boolean =>
  digits === 4
    ? (size >= 1300 && size <= 1420) || (size >= 1900 && size <= 2100)
    : digits === 3
      ? size >= 400 && size <= 410
      : digits === 2 && (size >= 57 || size <= 10);

function isYear(here: Here): boolean {
  const { tokens, number, follower, size, before, last } = here;
  const key = tokens[number.first]?.key ?? '';
  const [, first = '', second] = /^(\d{2,4})(?:\/(\d{1,4}))?$/.exec(key) ?? [];
  if (second !== undefined) return isYearPair(here, first, second);
  const spelled = number.inWords && size >= 1300 && size <= 1420 && isOf(lists.onlyYear, before);
  if (spelled) return true;
  if (first === '' || number.next !== number.first + 1) return false;
  if (!isYearSize(size, first.length)) return false;
  if (isOf(lists.onlyYear, before)) return !isOf(lists.each, tokens[number.first - 2]);
  const own = follower.kind === 'own' || follower.kind === 'counter';
  if (isOf(lists.eras, tokens[number.next])) return true;
  const since = last?.kind === 'year' && continues(tokens, last.next, number.first);
  if (since && !own) return true;
  if (own || first.length === 3) return false;
  if (tokens[number.next]?.key === ':' || isOf(lists.months, before)) return true;
  if (isOf(lists.years, before)) return true;
  return first.length === 4 && !isCounted(here);
}

/** «تعداد مجوزها به ۱۴۰۰ رسید». */
function isCounted({ tokens, number }: Here): boolean {
  return isOf(lists.reached, tokens[number.next]) || isNear(tokens, number.first, lists.heads, 4);
}

function isNear(tokens: readonly Token[], at: number, list: WordSet, reach: number): boolean {
  return tokens.slice(Math.max(0, at - reach), at).some((token) => isOf(list, token));
}

/** «1401/3» is a month, «۱۴۰۰/۱۴۰۱» two years; «۹۵/۹۶» only after «سال». */
function isYearPair({ follower, before, number }: Here, first: string, second: string): boolean {
  if (follower.kind === 'own' || number.scale > 0) return false;
  if (first.length === 4) return isYearSize(Number(first), 4);
  return isOf(lists.onlyYear, before) && isYearSize(Number(first), 2) && second.length <= 2;
}

const exactly = ['percent', 'times', 'people', 'months', 'toman', 'rial'];

/** «یک فرصت خوب», «هر دو», «سه‌شنبه», «ده‌ها طرح», «نه تنها», «چند هزار». */
function isFigureOfSpeech({ tokens, number, follower, size, before }: Here): boolean {
  const next = tokens[number.next];
  if (isOf(lists.attached, next) || (next?.key ?? '').startsWith([...lists.weekday][0] ?? ' ')) {
    return true;
  }
  if (isOf(lists.plural, next) || isOf(lists.vague, before)) return true;
  if (!number.inWords) return false;
  const single = number.next === number.first + 1;
  const key = tokens[number.first]?.key ?? '';
  const own = follower.kind === 'own';
  if (single && isOf(lists.each, before) && size <= 3) return true;
  if (single && isOf(lists.article, tokens[number.first]))
    return !isOneCounted(tokens, number, follower);
  if (single && size === 9) return !own;
  if (single && size === 1000) return !(own || follower.kind === 'money');
  if (isOf(lists.half, tokens[number.first]))
    return !measured(follower, ...exactly) && number.scale === 0;
  return key === '' || (size <= 3 && follower.kind === 'none' && !isOf(lists.reached, next));
}

/** «یک» counts before a measure, or with «تنها», «حداقل» and the like before it; else it is an article. */
function isOneCounted(tokens: readonly Token[], number: ReadNumber, follower: Follower): boolean {
  const next = tokens[number.next];
  if (measured(follower, ...exactly) || isOf(lists.ages, next)) {
    return !isOf(lists.each, tokens[number.first - 1]);
  }
  const before = tokens[number.first - 1];
  const listed =
    isOf(lists.and, tokens[follower.next]) && Boolean(readNumber(tokens, follower.next + 1));
  const counted = isOf(lists.and, before) || isOf(lists.only, before) || listed;
  return follower.kind === 'own' && counted;
}

/** «زنی ۳۵ ساله», «۱۸ تا ۴۵ سال سن»: what a person is like, not what the programme did. */
function isAge({ tokens, number, before }: Here): boolean {
  const next = tokens[number.next];
  if (isOf(lists.ages, next) && isOf(lists.persons, before)) return true;
  // «متقاضیان ۲۵ تا ۳۵ ساله»
  const until = isOf(lists.to, next) ? readNumber(tokens, number.next + 1)?.next : number.next;
  const since = isOf(lists.to, before) ? number.first - 2 : number.first;
  const lasting = until !== undefined && isOf(lists.ages, tokens[until]);
  if (lasting && isOf(lists.peopleOf, tokens[since - 1])) return true;
  // «جوانان زیر ۳۰ سال»
  const young = isOf(lists.onlyYear, next) && isNear(tokens, number.first, lists.peopleOf, 3);
  if (young) return true;
  const behind = tokens.slice(number.next, number.next + 3);
  return (
    isNear(tokens, number.first, lists.ageWords, 5) ||
    behind.some((token) => isOf(lists.ageWords, token))
  );
}

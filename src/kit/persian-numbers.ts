import {
  compare,
  type Decimal,
  decimalText,
  isWhole,
  plus,
  readDecimal,
  shift,
  whole,
} from './decimal.ts';
import words from './number-words.json' with { type: 'json' };
import { numeralOf } from './numerals.ts';
import { searchKey } from './persian-text.ts';
import type { Token } from './persian-tokens.ts';

/** A number of a text: where its tokens are, and what it is worth. */
export type ReadNumber = {
  /** Its tokens are those from `first` to before `next`. */
  readonly first: number;
  readonly next: number;
  readonly value: Decimal;
  /** Powers of ten of the last scale that was written: 9 after milliards, 0 where there is none. */
  readonly scale: number;
  /** Written in words alone. */
  readonly inWords: boolean;
  /** «و اندی»: somewhat more. */
  readonly odd: boolean;
  /** What it would be worth if the one separator grouped thousands and was no decimal point: «1.240». */
  readonly grouped?: Decimal;
  /** What it would be worth if the halves around a slash had changed places, as right to left writing does. */
  readonly flipped?: Decimal;
};

type Table = Readonly<Record<string, number>>;
const keyed = (table: Table) =>
  new Map(Object.entries(table).map(([word, value]) => [searchKey(word), value]));
const ones = keyed(words.ones);
const tens = keyed(words.tens);
const hundreds = keyed(words.hundreds);
const scales = keyed(words.scales);
const parts = keyed(words.parts);
const ordinals = keyed(words.ordinals);
const halves = new Set(words.halves.map(searchKey));
const ands = new Set(words.and.map(searchKey));
const points = new Set(words.points.map(searchKey));
const odds = new Set(words.odd.map(searchKey));

/** Every word that a number is made of, folded: what a glued word may be cut into. */
export const numberWords: ReadonlySet<string> = new Set(
  [ones, tens, hundreds, scales, parts, ordinals, halves, ands, points, odds].flatMap((one) => [
    ...one.keys(),
  ]),
);
/** Those that make a glued word worth cutting. */
export const numberCores: ReadonlySet<string> = new Set(
  [ones, tens, hundreds, scales, halves].flatMap((one) => [...one.keys()]),
);

/** A numeral without scale: what is read first of every group. */
type Small = {
  readonly value: Decimal;
  readonly next: number;
  readonly inWords: boolean;
  readonly grouped?: Decimal;
  readonly flipped?: Decimal;
};

type Group = Small & { readonly scale: number; readonly odd: boolean };

/**
 * Reads the number that begins at a token, in digits, in words or in both: «۲ هزار و ۲۴۰», «هزار و ۲۰۳»,
 * «یک و نیم میلیارد», «هزار میلیون», «دویست و ۵۶», «سه و هفت دهم». Undefined where none begins.
 * @param most how many groups it may have; «۷ میلیارد و پانصد میلیون» has two
 */
export function readNumber(
  tokens: readonly Token[],
  first: number,
  most = 8,
): ReadNumber | undefined {
  const start = readGroup(tokens, first);
  if (!start) return undefined;
  const groups: Group[] = [start];
  while (groups.length < most) {
    const last = groups.at(-1) as Group;
    const from = ands.has(tokens[last.next]?.key ?? '') ? last.next + 1 : last.next;
    const joined = from > last.next;
    const next = readGroup(tokens, from);
    if (!next || !follows(groups, next, joined)) break;
    groups.push(next);
  }
  return joinGroups(first, groups);
}

/** Whether a group continues the number before it: smaller than the last scale, or lifting thousands. */
function follows(groups: readonly Group[], next: Group, joined: boolean): boolean {
  const last = groups.at(-1) as Group;
  if (last.scale < 3 || last.odd || !isWhole(last.value)) return false;
  if (!joined && next.inWords && next.scale === 0) return false;
  const worth = shift(next.value, next.scale);
  if (compare(worth, shift(whole(1), last.scale)) < 0) return next.scale < last.scale;
  const lifted = last.scale === 3 && next.scale >= 6 && compare(next.value, whole(1000)) < 0;
  const above = groups.at(-2);
  return lifted && (above === undefined || above.scale > next.scale);
}

function joinGroups(first: number, groups: readonly Group[]): ReadNumber {
  const last = groups.at(-1) as Group;
  let value = whole(0);
  for (const [index, group] of groups.entries()) {
    const after = groups[index + 1];
    const lift = after && after.scale > group.scale ? after.scale : 0;
    value = plus(value, shift(group.value, group.scale + lift));
  }
  const alone = groups.length === 1 ? last : undefined;
  const scaled = (one: Decimal) => shift(one, last.scale);
  return {
    first,
    next: last.next,
    value,
    scale: last.scale,
    inWords: groups.every(({ inWords }) => inWords),
    odd: last.odd,
    ...(alone?.grouped && { grouped: scaled(alone.grouped) }),
    ...(alone?.flipped && { flipped: scaled(alone.flipped) }),
  };
}

function readGroup(tokens: readonly Token[], at: number): Group | undefined {
  const small = readSmall(tokens, at) ?? bareThousand(tokens, at);
  if (!small) return undefined;
  let { next, value } = small;
  let scale = 0;
  const odd = isOdd(tokens, next);
  if (odd) next += 2;
  for (let power = scaleAt(tokens, next); power > 0; power = scaleAt(tokens, next)) {
    scale += power;
    next += 1;
  }
  if (scale > 0 && isHalf(tokens, next) && scaleAt(tokens, next + 2) === 0) {
    value = plus(value, readDecimal('0.5'));
    next += 2;
  }
  return { ...small, value, next, scale, odd: odd || isOdd(tokens, next) };
}

function scaleAt(tokens: readonly Token[], at: number): number {
  return scales.get(tokens[at]?.key ?? '') ?? 0;
}

/** «هزار و ۲۰۳»: a thousand needs no one before it; a million does. */
function bareThousand(tokens: readonly Token[], at: number): Small | undefined {
  return scaleAt(tokens, at) === 3 ? { value: whole(1), next: at, inWords: true } : undefined;
}

function isHalf(tokens: readonly Token[], at: number): boolean {
  return ands.has(tokens[at]?.key ?? '') && halves.has(tokens[at + 1]?.key ?? '');
}

function isOdd(tokens: readonly Token[], at: number): boolean {
  return ands.has(tokens[at]?.key ?? '') && odds.has(tokens[at + 1]?.key ?? '');
}

function readSmall(tokens: readonly Token[], at: number): Small | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  if (halves.has(token.key)) return { value: readDecimal('0.5'), next: at + 1, inWords: true };
  const read = token.kind === 'number' ? digitsAt(tokens, at) : wordsAt(tokens, at);
  return read && withFraction(tokens, read);
}

/** Behind a whole number: «و نیم», «و ۷ دهم», «ممیز ۵». */
function withFraction(tokens: readonly Token[], read: Small): Small {
  if (!isWhole(read.value)) return read;
  if (isHalf(tokens, read.next)) {
    return { ...read, value: plus(read.value, readDecimal('0.5')), next: read.next + 2 };
  }
  const point = points.has(tokens[read.next]?.key ?? '');
  if (!point && !ands.has(tokens[read.next]?.key ?? '')) return read;
  const { next } = read;
  const digits = tokens[next + 1]?.kind === 'number';
  const after = digits ? numeralOf(tokens[next + 1]?.key ?? '') : wordsAt(tokens, next + 1);
  if (!after) return read;
  const end = 'next' in after ? Number(after.next) : next + 2;
  const places = parts.get(tokens[end]?.key ?? '');
  if (places === undefined && !point) return read;
  const shown = decimalText(after.value);
  const length = places ?? (digits ? (tokens[next + 1]?.key.length ?? 1) : shown.length);
  const value = plus(read.value, { digits: after.value.digits, places: length });
  return { value, inWords: read.inWords, next: places === undefined ? end : end + 1 };
}

function digitsAt(tokens: readonly Token[], at: number): Small | undefined {
  const numeral = numeralOf(tokens[at]?.key ?? '');
  if (!numeral) return undefined;
  const read = { ...numeral, next: at + 1, inWords: false };
  const value = numeral.value;
  const round =
    isWhole(value) && compare(value, whole(1000)) < 0 && Number(value.digits) % 100 === 0;
  if (!round || Number(value.digits) === 0 || !ands.has(tokens[at + 1]?.key ?? '')) return read;
  const rest = wordsAt(tokens, at + 2);
  if (!rest || compare(rest.value, whole(100)) >= 0) return read;
  return { value: plus(value, rest.value), next: rest.next, inWords: false };
}

/** «دویست و پنجاه و شش», «دویست و ۵۶», «پنج صد». */
function wordsAt(tokens: readonly Token[], at: number): Small | undefined {
  const first = classOf(tokens, at);
  if (!first) return undefined;
  let { value, below, next } = first;
  let inWords = true;
  while (below > 1 && ands.has(tokens[next]?.key ?? '')) {
    const token = tokens[next + 1];
    const more =
      token?.kind === 'number' ? digitsBelow(token, next + 1) : classOf(tokens, next + 1);
    if (!more || more.value >= below) break;
    if (isPart(tokens, more.next)) break;
    inWords = inWords && token?.kind === 'word';
    value += more.value;
    below = more.below;
    next = more.next;
  }
  return { value: whole(value), next, inWords };
}

type Class = { readonly value: number; readonly below: number; readonly next: number };

/** A word's worth, and what may follow it: below 100 after a hundred, below 10 after a ten. */
function classOf(tokens: readonly Token[], at: number): Class | undefined {
  const key = tokens[at]?.key ?? '';
  const one = ones.get(key);
  const hundred = hundreds.get(tokens[at + 1]?.key ?? '');
  if (one !== undefined && one < 10 && hundred === 100) {
    return { value: one * 100, below: 100, next: at + 2 };
  }
  if (one !== undefined) return { value: one, below: 1, next: at + 1 };
  const ten = tens.get(key);
  if (ten !== undefined) return { value: ten, below: 10, next: at + 1 };
  const many = hundreds.get(key);
  return many === undefined ? undefined : { value: many, below: 100, next: at + 1 };
}

function digitsBelow(token: Token, at: number): Class | undefined {
  return /^\d{1,2}$/.test(token.key)
    ? { value: Number(token.key), below: 1, next: at + 1 }
    : undefined;
}

function isPart(tokens: readonly Token[], at: number): boolean {
  return parts.has(tokens[at]?.key ?? '') || isOrdinal(tokens[at]?.key ?? '');
}

const ordinalEnding = /^(.+?)(?:\u0645|\u0645\u06cc\u0646)$/;

/** «سوم», «بیستمین»: a word that says which one, not how many. */
export function isOrdinal(key: string): boolean {
  const stem = key.endsWith('\u06cc\u0646') ? key.slice(0, -2) : key;
  if (ordinals.has(stem)) return true;
  const [, root = ''] = ordinalEnding.exec(key) ?? [];
  return ones.has(root) || tens.has(root) || hundreds.has(root) || scales.has(root);
}

/** «دو سوم», «یک چهارم», «سه دهم»: numerator over denominator, and where it ends. */
export function readFraction(
  tokens: readonly Token[],
  at: number,
): { readonly over: number; readonly under: number; readonly next: number } | undefined {
  const token = tokens[at];
  const over = token?.kind === 'number' ? Number(token.key) : ones.get(token?.key ?? '');
  const under = ordinals.get(tokens[at + 1]?.key ?? '');
  if (over === undefined || under === undefined || !Number.isInteger(over)) return undefined;
  return over > 0 && over < under && over < 10 ? { over, under, next: at + 2 } : undefined;
}

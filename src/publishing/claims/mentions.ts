import { type Decimal, readDecimal, shift, toNumber } from '../../kit/decimal.ts';
import {
  numberCores,
  numberWords,
  type ReadNumber,
  readFraction,
  readNumber,
} from '../../kit/persian-numbers.ts';
import { type Token, tokenise } from '../../kit/persian-tokens.ts';
import type { Hedge, Unit } from './contract.ts';
import { findHedge } from './hedges.ts';
import { glueWords, isOf, lists } from './lexicon.ts';
import { type Follower, lookUnit } from './look-unit.ts';
import { type Named, nameOf } from './not-claims.ts';

/** A number of the text that claims something, before its unit is known for certain. */
export type Mention = {
  readonly number: ReadNumber;
  readonly follower: Follower;
  /** Exact, in its unit, with every multiplier. */
  value: Decimal;
  scale: number;
  unit: Unit | undefined;
  /** The word that the unit was read from, folded; empty where it was not beside the number. */
  key: string;
  hedge: Hedge;
  /** Tokens of the claim, with its hedge and its unit. */
  first: number;
  next: number;
  readonly sentence: number;
};

/** A text in tokens, with the numbers in it that are claims. */
export type Scan = {
  readonly given: string;
  readonly tokens: readonly Token[];
  /** The sentence that each token stands in. */
  readonly sentences: readonly number[];
  readonly mentions: Mention[];
  /** The years that it names, Jalali, each with its token. */
  readonly years: { readonly at: number; readonly year: number }[];
};

const pieces = new Set([...numberWords, ...glueWords]);

/** Finds the numbers of a text that claim something, each with what stands beside it. */
export function scan(given: string): Scan {
  const tokens = tokenise(given, pieces, numberCores);
  const sentences = divide(tokens);
  const mentions: Mention[] = [];
  const years: Scan['years'] = [];
  let last: Named | undefined;
  let at = 0;
  while (at < tokens.length) {
    const found = mentionAt(tokens, at, last);
    if (found === undefined) {
      at += 1;
      continue;
    }
    if ('named' in found) {
      if (found.named !== 'other') last = { kind: found.named, next: found.next };
      if (found.named === 'year') years.push({ at, year: yearOf(found.size) });
    } else {
      mentions.push({ ...found, sentence: sentences[at] ?? 0 });
    }
    at = found.next;
  }
  return { given, tokens, sentences, mentions, years };
}

/** «۹۸» is 1398, «۰۲» and «۴۰۲» are 1402. */
function yearOf(size: number): number {
  if (size >= 1000) return size;
  return size >= 400 ? 1000 + size : size >= 57 ? 1300 + size : 1400 + size;
}

/** The sentence of each token. Sentences end at full stops and line ends; an ellipsis stands for words left out of one. */
function divide(tokens: readonly Token[]) {
  const sentences: number[] = [];
  let sentence = 0;
  let open = false;
  for (const token of tokens) {
    sentences.push(sentence);
    const ends = token.kind === 'sign' && /^[\n.!?\u061f\u061b;]$/.test(token.key);
    if (!ends) open = true;
    else if (open) [sentence, open] = [sentence + 1, false];
  }
  return sentences;
}

type Found = Omit<Mention, 'sentence'>;
type Passed = {
  readonly named: 'year' | 'label' | 'other';
  readonly size: number;
  readonly next: number;
};

function mentionAt(
  tokens: readonly Token[],
  at: number,
  last: Named | undefined,
): Found | Passed | undefined {
  const part = partAt(tokens, at);
  if (part) return part;
  const year = yearBefore(tokens, at);
  if (year) return { named: 'year', size: year, next: at + 1 };
  const number = bestNumber(tokens, at);
  if (!number) return undefined;
  const follower = lookUnit(tokens, number);
  const named = nameOf(tokens, number, follower, last);
  if (named) return { named, size: toNumber(number.value), next: number.next };
  const value = shift(worthOf(number, follower), follower.lift);
  return mention(tokens, number, follower, { value, unit: unitOf(follower) });
}

/** «سال ۱۴۰۲ هزار و ۷۳۰ طرح»: a year is not multiplied by the thousand behind it. */
function yearBefore(tokens: readonly Token[], at: number): number | undefined {
  const key = tokens[at]?.key ?? '';
  if (!/^1[34]\d\d$/.test(key) || !isOf(lists.onlyYear, tokens[at - 1])) return undefined;
  return readNumber(tokens, at + 1) ? Number(key) : undefined;
}

/** A unit that is beside the number; a noun's is taken up only when nothing better is found. */
function unitOf({ kind, unit }: Follower): Unit | undefined {
  return kind === 'own' || kind === 'noun' ? unit : undefined;
}

function mention(
  tokens: readonly Token[],
  number: ReadNumber,
  follower: Follower,
  worth: { readonly value: Decimal; readonly unit: Unit | undefined },
): Found {
  const percentBefore = isPercentSign(tokens[number.first - 1]) && follower.kind !== 'own';
  const opening = percentBefore ? number.first - 1 : number.first;
  const hedge = findHedge(tokens, { first: opening, next: follower.next }, number.odd);
  return {
    number,
    follower,
    value: worth.value,
    scale: number.scale + follower.lift,
    unit: percentBefore ? 'percent' : worth.unit,
    key: percentBefore ? '%' : (follower.key ?? ''),
    ...hedge,
  };
}

const isPercentSign = (token: Token | undefined) => /^[%\u066a]$/.test(token?.key ?? '');

/** «۵ میلیارد و ۳۰ طرح» are two numbers: nobody counts plans in milliards. */
function bestNumber(tokens: readonly Token[], at: number): ReadNumber | undefined {
  const number = readNumber(tokens, at);
  if (!number || number.scale > 0) return number;
  const head = readNumber(tokens, at, 1);
  if (!head || head.next === number.next || head.scale < 6) return number;
  const { kind, unit } = lookUnit(tokens, number);
  const money = unit === 'toman' || unit === 'rial';
  return kind === 'own' && !money && unit !== 'people' ? head : number;
}

const indivisible: readonly (Unit | undefined)[] = [
  'people',
  'plans',
  'permits',
  'jobs',
  'banks',
  'occupations',
];

/** People and plans come whole: «1.240 نفر» has a thousands separator. */
function worthOf(number: ReadNumber, { unit }: Follower): Decimal {
  return number.grouped && number.scale === 0 && indivisible.includes(unit)
    ? number.grouped
    : number.value;
}

/** «دو سوم», «نیمی از»: a share, in per cent to two decimals. */
function partAt(tokens: readonly Token[], at: number): Found | undefined {
  const fraction = readFraction(tokens, at);
  const half = isOf(lists.halfOf, tokens[at]) && isOf(lists.from, tokens[at + 1]);
  if (!half && !fraction) return undefined;
  const { over, under, next } = fraction ?? { over: 1, under: 2, next: at + 1 };
  const follower = lookUnit(tokens, { first: at, next } as ReadNumber);
  const ofPercent = follower.unit === 'percent' && follower.kind === 'own';
  const share = (over / under) * (ofPercent ? 1 : 100);
  const value = readDecimal(share.toFixed(2));
  const number = { first: at, next, value, scale: 0, inWords: true, odd: false };
  const plain: Follower = { kind: 'own', unit: 'percent', key: '', next, lift: 0 };
  return mention(tokens, number, ofPercent ? follower : plain, { value, unit: 'percent' });
}

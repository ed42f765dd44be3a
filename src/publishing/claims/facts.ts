import { type Decimal, shift, toNumber } from '../../kit/decimal.ts';
import { compactKey } from '../../kit/persian-text.ts';
import type { Token } from '../../kit/persian-tokens.ts';
import words from './about-words.json' with { type: 'json' };
import type { Hedge, Unit } from './contract.ts';
import type { Knowledge, KnownName } from './knowledge.ts';
import { isOf, lists } from './lexicon.ts';
import type { Mention, Scan } from './mentions.ts';

/** What may be compared with each other: amounts of money in rial, people with people … */
export type Class = 'money' | Unit;

/** A claim with what the text says around it. */
export type Fact = {
  readonly index: number;
  readonly mention: Mention;
  readonly unit: Unit;
  readonly hedge: Hedge;
  readonly class: Class;
  /** Money in rial whatever it is written in; everything else as it is. */
  readonly value: Decimal;
  readonly size: number;
  /** What it counts; see `about-words.json`. */
  readonly measure: string;
  readonly kind: string | undefined;
  readonly agency: string | undefined;
  readonly place: string | undefined;
  /** A Jalali year, or `last_year`, `this_year`: the text alone does not say which that is. */
  readonly period: string | undefined;
  readonly sentence: number;
};

type Phrases = ReadonlyMap<string, string>;

const measures = new Map(
  Object.entries(words.measures).map(([unit, table]) => [unit, phrasesOf(table)]),
);
const kinds = phrasesOf(words.kinds);
const relative = phrasesOf(words.relative);

function phrasesOf(table: Readonly<Record<string, readonly string[]>>): Phrases {
  const entries = Object.entries(table).flatMap(([meaning, list]) =>
    list.map((phrase) => [compactKey(phrase), meaning] as const),
  );
  return new Map(entries);
}

/** Everything that the text says of its claims. */
export function factsOf(scan: Scan, knowledge: Knowledge): Fact[] {
  const facts: Fact[] = [];
  for (const [index, mention] of scan.mentions.entries()) {
    facts.push(factOf(scan, knowledge, { index, mention, before: facts }));
  }
  return facts;
}

type Here = {
  readonly index: number;
  readonly mention: Mention;
  readonly before: readonly Fact[];
};

function factOf(scan: Scan, knowledge: Knowledge, { index, mention, before }: Here): Fact {
  const unit = mention.unit ?? 'other';
  const kin = classOf(unit);
  const { value } = mention;
  const rial = unit === 'toman' ? shift(value, 1) : value;
  const around = aroundOf(scan, index, kin);
  return {
    index,
    mention,
    unit,
    hedge: mention.hedge,
    class: kin,
    value: rial,
    size: toNumber(rial),
    measure: measureOf(unit, kin, around, before),
    kind:
      lastOf(around.own, kinds) ??
      nearest(around, kindReach, (tokens, at) => phraseAt(tokens, at, kinds)),
    agency: nearest(around, nameReach, (tokens, at) => nameAt(tokens, at, knowledge.agencies)),
    place: placeIn(around.sentence, knowledge.places),
    period: periodOf(scan, mention),
    sentence: mention.sentence,
  };
}

function classOf(unit: Unit): Class {
  return unit === 'toman' || unit === 'rial' ? 'money' : unit;
}

type Around = {
  readonly before: readonly Token[];
  /** The claim's own words, with the unit's noun. */
  readonly own: readonly Token[];
  readonly after: readonly Token[];
  /** Of those, the ones before the next claim of whatever class that a comma or «و» sets apart. */
  readonly beside: readonly Token[];
  readonly sentence: readonly Token[];
};

/** A sentence longer than this is a list: what stands further off is not said of a claim. */
const sentenceReach = 80;
const leftOut = '\u2026';

/** The words of its sentence around a claim, as far as the next claim of its class on either side. */
function aroundOf({ tokens, sentences, mentions }: Scan, index: number, kin: Class): Around {
  const mention = mentions[index] as Mention;
  const { sentence } = mention;
  const start = sentences.indexOf(sentence);
  const end = sentences.lastIndexOf(sentence) + 1;
  const alike = (one: Mention) => classOf(one.unit ?? 'other') === kin;
  const last = mentions.slice(0, index).findLast(alike);
  const next = mentions.slice(index + 1).find(alike);
  const ahead = mentions.slice(index + 1).find((one) => isApart(tokens[one.first - 1]));
  const stop = Math.min(end, next?.first ?? end);
  return {
    before:
      isApart(tokens[mention.first - 1]) || (last && tokens[mention.first - 1]?.key === leftOut)
        ? []
        : tokens.slice(Math.max(start, last?.next ?? 0), mention.first),
    own: tokens.slice(mention.first, mention.next),
    after: tokens.slice(mention.next, stop),
    beside: tokens.slice(mention.next, Math.min(stop, ahead?.first ?? stop)),
    sentence: tokens.slice(
      Math.max(start, mention.first - sentenceReach),
      Math.min(end, mention.next + sentenceReach),
    ),
  };
}

/** What was said before «و», a comma or words left out belongs to what stands before that. */
function isApart(token: Token | undefined): boolean {
  return isOf(lists.and, token) || /^[,\u060c]$/.test(token?.key ?? '');
}

/** A word so near before a number is said of it: «صدور ۹۷۸ مجوز», «با پرداختی ۲۶ میلیارد تومان». */
const atHand = 2;
/** As far behind a number its verb may stand. */
const verbReach = 24;
const capReach = 14;
const kindReach = 7;
const nameReach = 12;

/** What is said of one number and not of those after it; nor of one that stands further before it. */
const ownOnly = ['cap', 'average'];
const ownReach = 3;

/** By the word right before it, or else by the last one behind it, as Persian puts its verbs. */
function measureOf(unit: Unit, kin: Class, around: Around, before: readonly Fact[]): string {
  const table = measures.get(kin);
  const whole = words.whole[unit];
  if (!table) return whole;
  const announced = around.before.slice(-capReach);
  for (let at = 0; at < announced.length && kin === 'money'; at += 1) {
    const found = phraseAt(announced, at, table);
    if (found === 'cap' || found === 'average') return found;
  }
  const found =
    lastOf(around.before.slice(-atHand), table) ??
    saidAfter(sayingOf(around.after, table), table) ??
    lastOf(around.own, table) ??
    lastOf(around.before, table);
  if (found) return found;
  const kind = before.findLast((fact) => fact.class === kin);
  return kind && kin !== 'percent' && !ownOnly.includes(kind.measure) ? kind.measure : whole;
}

/** What the words behind a claim say; «… پرداخت شد که میانگین هر طرح ۶۷ میلیون است» announces another number. */
function saidAfter(after: readonly Token[], table: Phrases): string | undefined {
  const found = lastOf(after, table);
  if (found === undefined || !ownOnly.includes(found)) return found;
  const near = lastOf(after.slice(0, ownReach), table);
  if (near === found) return found;
  const others = new Map([...table].filter(([, meaning]) => !ownOnly.includes(meaning)));
  return lastOf(after, others);
}

/** The words behind a claim that speak of it: where words were left out, only as far as its verb. */
function sayingOf(after: readonly Token[], table: Phrases): readonly Token[] {
  for (const [at, { key }] of after.entries()) {
    const heard = after.slice(0, at);
    if (key === leftOut && lastOf(heard, table)) return heard;
  }
  return after.slice(0, verbReach);
}

/** What is found nearest to a claim on either side of it, within so many words. */
function nearest(
  around: Around,
  reach: number,
  find: (tokens: readonly Token[], at: number) => string | undefined,
): string | undefined {
  const { before, beside: after } = around;
  for (let step = 0; step < reach; step += 1) {
    const found =
      (step < after.length ? find(after, step) : undefined) ??
      (step < before.length ? find(before, before.length - 1 - step) : undefined);
    if (found) return found;
  }
  return undefined;
}

const longestPhrase = 4;

function lastOf(tokens: readonly Token[], phrases: Phrases): string | undefined {
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const found = phraseAt(tokens, at, phrases);
    if (found) return found;
  }
  return undefined;
}

function phraseAt(tokens: readonly Token[], at: number, phrases: Phrases): string | undefined {
  for (let length = longestPhrase; length > 0; length -= 1) {
    const key = tokens.slice(at, at + length).map((token) => token.key);
    const found = key.length === length ? phrases.get(key.join('')) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The longest name that begins at a word, however it is spaced and whatever commas it has. */
function nameAt(
  tokens: readonly Token[],
  at: number,
  names: readonly KnownName[],
): string | undefined {
  if (tokens[at]?.kind !== 'word') return undefined;
  let text = '';
  const starts = new Set<string>();
  for (const { kind, key } of tokens.slice(at, at + longestName)) {
    if (kind !== 'word') continue;
    text += key;
    starts.add(text);
  }
  return names.find(({ key }) => starts.has(key))?.id;
}

const longestName = 14;

function placeIn(tokens: readonly Token[], places: readonly KnownName[]): string | undefined {
  for (let at = 0; at < tokens.length; at += 1) {
    const found = nameAt(tokens, at, places);
    if (found) return found;
  }
  return undefined;
}

/** The year that the sentence names nearest before the claim, or else after it. */
function periodOf({ tokens, sentences, years }: Scan, mention: Mention): string | undefined {
  const start = Math.max(sentences.indexOf(mention.sentence), mention.first - sentenceReach);
  const last = sentences.lastIndexOf(mention.sentence) + 1;
  const end = Math.min(last, mention.next + sentenceReach);
  const marks = years
    .filter(({ at }) => at >= start && at < end)
    .map(({ at, year }) => ({ at, name: String(year) }));
  for (let at = start; at < end; at += 1) {
    const name = phraseAt(tokens, at, relative);
    if (name) marks.push({ at, name });
  }
  marks.sort((a, b) => a.at - b.at);
  const before = marks.findLast(({ at }) => at < mention.first);
  return (before ?? marks[0])?.name;
}

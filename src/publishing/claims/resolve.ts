import { compare, shift, whole } from '../../kit/decimal.ts';
import type { Token } from '../../kit/persian-tokens.ts';
import type { Unit } from './contract.ts';
import { isOf, lists, unitAt } from './lexicon.ts';
import type { Mention, Scan } from './mentions.ts';
import { resolveTables } from './tables.ts';

/**
 * Gives a unit to every number that has none beside it: from the number it is listed or ranged with, from the money
 * around it, from the noun that it was announced by, from a total that it is part of, or from its neighbour.
 */
export function resolveUnits(scan: Scan): void {
  const { mentions } = scan;
  joinNeighbours(scan);
  for (const mention of mentions) {
    if (mention.unit === undefined && mention.follower.kind === 'money') takeMoney(mention, scan);
  }
  joinNeighbours(scan);
  for (const mention of mentions) if (isOpen(mention)) mention.unit = headOf(mention, scan);
  resolveTables(scan);
  // From the end, as the last of a list has what all have.
  for (const mention of mentions.toReversed()) {
    if (isOpen(mention)) mention.unit = neighbourOf(mention, scan);
  }
  for (const mention of mentions) {
    mention.unit ??= 'other';
    takeGrouped(mention);
  }
}

const isOpen = ({ unit }: Mention) => unit === undefined;
const isMoney = (unit: Unit | undefined) => unit === 'toman' || unit === 'rial';

/** What may stand between the numbers of one list or range. */
function isConnector(token: Token | undefined): boolean {
  if (!token) return false;
  const named = [lists.and, lists.or, lists.to, lists.towards].some((list) => isOf(list, token));
  return named || /^[,\u060c\-\u2013\u2014]$/.test(token.key);
}

/** «۵، ۷ و ۱۲ میلیارد تومان», «۲۰ تا ۲۵ درصد», «از ۱۵۷ به ۳۰۰ میلیارد»: the last has what all have. */
function joinNeighbours({ tokens, mentions }: Scan): void {
  for (let index = mentions.length - 2; index >= 0; index -= 1) {
    const one = mentions[index] as Mention;
    const next = mentions[index + 1] as Mention;
    const gap = tokens.slice(one.next, next.number.first);
    const joined = gap.length > 0 && gap.length <= 2 && gap.every(isConnector);
    if (joined && one.unit === undefined && next.unit !== undefined) share(one, next);
    markRange(tokens, one, next);
  }
}

function share(one: Mention, next: Mention): void {
  const bare = one.scale === 0 && compare(one.value, whole(1000)) < 0;
  if (bare && next.scale > 0) {
    one.value = shift(one.value, next.scale);
    one.scale = next.scale;
  }
  one.unit = next.unit;
}

/** A range says at least the one and up to the other, unless it is hedged as a whole. */
function markRange(tokens: readonly Token[], one: Mention, next: Mention): void {
  const gap = tokens.slice(one.next, next.number.first);
  if (gap.length !== 1 || one.unit !== next.unit || !isRange(tokens, one, gap[0])) return;
  if (compare(one.value, next.value) >= 0) return;
  next.first = next.number.first;
  next.hedge = one.hedge === 'exact' || one.hedge === 'at_least' ? 'up_to' : one.hedge;
  if (one.hedge === 'exact') one.hedge = 'at_least';
}

function isRange(tokens: readonly Token[], one: Mention, sign: Token | undefined): boolean {
  if (isOf(lists.to, sign)) return true;
  if (/^[-\u2013\u2014]$/.test(sign?.key ?? '')) return true;
  return isOf(lists.and, sign) && isOf(lists.between, tokens[one.number.first - 1]);
}

/** Millions without a word for money behind them: the money of the sentence, of the text, or toman. */
function takeMoney(mention: Mention, { mentions }: Scan): void {
  const at = mentions.indexOf(mention);
  const near = (list: readonly Mention[]) =>
    list.find(({ unit, sentence }) => isMoney(unit) && sentence === mention.sentence);
  const found =
    near(mentions.slice(at + 1)) ??
    near(mentions.slice(0, at).reverse()) ??
    mentions.slice(0, at).findLast(({ unit }) => isMoney(unit)) ??
    mentions.find(({ unit }) => isMoney(unit));
  mention.unit = found?.unit ?? 'toman';
}

const headReach = 8;
/** Who says «فقره» has said before of what. */
const counterReach = 20;

/** «تعداد مجوزهای صادرشده: ۹۷۸», «شمار شاغلان به ۵ هزار رسید». */
function headOf(mention: Mention, { tokens, sentences, mentions }: Scan): Unit | undefined {
  const { first } = mention.number;
  const last = mentions[mentions.indexOf(mention) - 1];
  const ofThese = isOf(lists.pronouns, tokens[mention.follower.next]);
  const counter = mention.follower.kind === 'counter';
  if (counter && ofThese && last?.unit) return last.unit;
  const whole = mentions[mentions.indexOf(mention) + 1];
  // «۵۶ فقره از ۸۰ پرونده»
  const ofWhole = isOf(lists.from, tokens[mention.follower.next]);
  if (counter && ofWhole && whole?.number.first === mention.follower.next + 1) return whole.unit;
  // «به ترتیب ۴۵۰، ۶۱۰ و ۸۸۰ فقره»: all of them count what was announced before the first.
  const known = mentions.slice(0, mentions.indexOf(mention)).findLast(({ unit }) => unit);
  const stop = (counter ? known : last)?.next ?? 0;
  const reach = counter ? counterReach : headReach;
  const announced =
    counter || isOf(lists.towards, tokens[first - 1]) || tokens[first - 1]?.key === ':';
  for (let at = first - 1; at >= Math.max(stop, first - reach); at -= 1) {
    if (sentences[at] !== mention.sentence) return undefined;
    const found = unitAt(tokens, at);
    if (!found || ['percent', 'times', 'months', 'rial', 'toman'].includes(found.unit)) continue;
    if (announced || isOf(lists.heads, tokens[at - 1])) return found.unit;
  }
  return undefined;
}

/** Not «درصد», not money: those are said each time. */
const inherited: readonly (Unit | undefined)[] = [
  'plans',
  'permits',
  'people',
  'jobs',
  'banks',
  'occupations',
  'other',
];

/** «بانک ملت ۱۲، بانک تجارت ۱۸ و بانک صادرات ۲۵ درصد»: a comma or «و» right behind a bare number. */
function isListed({ number }: Mention, tokens: readonly Token[]): boolean {
  const sign = tokens[number.next];
  return isOf(lists.and, sign) || /^[,\u060c]$/.test(sign?.key ?? '');
}

/** The next number's unit where a list has it only at its end, else the last one's of the same sentence or before. */
function neighbourOf(mention: Mention, { mentions, tokens }: Scan): Unit | undefined {
  const at = mentions.indexOf(mention);
  const known = (one: Mention) => inherited.includes(one.unit);
  const here = (one: Mention) => one.sentence === mention.sentence && known(one);
  const before = mentions.slice(0, at).findLast(here);
  const next = mentions[at + 1];
  if (!before && next?.sentence === mention.sentence && isListed(mention, tokens)) {
    share(mention, next);
    return mention.unit;
  }
  const after = mentions.slice(at + 1).find(here);
  if (before) return before.unit;
  if (after) return after.unit;
  return mentions.slice(0, at).findLast((one) => known(one) && one.unit !== 'other')?.unit;
}

/** Counts come whole: the dot of «1.240» groups thousands once the unit is known. */
function takeGrouped(mention: Mention): void {
  const { grouped, scale } = mention.number;
  const counted = inherited.includes(mention.unit) && mention.unit !== 'other';
  if (grouped && scale === 0 && counted) mention.value = grouped;
}

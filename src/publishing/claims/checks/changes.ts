import { compare, plus } from '../../../kit/decimal.ts';
import words from '../about-words.json' with { type: 'json' };
import type { Fact } from '../facts.ts';
import { isOf, lists } from '../lexicon.ts';
import { agreement } from './bounds.ts';
import { type Checked, type Finding, hasCue, spanOf } from './finding.ts';
import { fits } from './shares.ts';

/** The same thing at two times. */
type Two = { readonly now: Fact; readonly then: Fact };

const nearSentences = 2;
/** No further than so many numbers away. */
const nearClaims = 12;
/** «۷ برابر» of 6.6 is rounded; of 6.44 it is not. */
const roundingOfTimes = 0.5;
const aboutTimes = 0.075;

/** Growth in per cent, «n برابر», and «۶۰ میلیارد ریال افزایش», against the numbers that they compare. */
export function checkChanges(checked: Checked): Finding[] {
  return checked.facts.flatMap((fact) => {
    if (fact.class === 'times') return checkTimes(checked, fact) ?? [];
    if (fact.class === 'percent' && fact.measure === 'growth')
      return checkGrowth(checked, fact) ?? [];
    return isDifference(checked, fact) ? (checkDifference(checked, fact) ?? []) : [];
  });
}

const unlike = ['percent', 'times', 'months', 'other', 'banks', 'occupations'];

/** Pairs of one class near a claim, the nearest first; both orders. */
function pairsNear({ facts }: Checked, about: Fact): Two[] {
  const near = facts.filter(
    (fact) =>
      fact !== about &&
      Math.abs(fact.sentence - about.sentence) <= nearSentences &&
      Math.abs(fact.index - about.index) <= nearClaims &&
      !unlike.includes(fact.class) &&
      !['cap', 'average'].includes(fact.measure),
  );
  const pairs = near.flatMap((now) =>
    near
      .filter((then) => then !== now && then.class === now.class && then.size > 0)
      .map((then) => ({ now, then })),
  );
  const far = ({ now, then }: Two) =>
    Math.abs(now.index - about.index) + Math.abs(then.index - about.index);
  return pairs.sort((a, b) => far(a) - far(b));
}

/** The only two numbers that a sentence or its neighbours could mean; undefined where there is a choice. */
function onlyPair(pairs: readonly Two[], about: Fact): Two | undefined {
  const here = pairs.filter(
    ({ now, then }) => now.sentence === about.sentence && then.sentence === about.sentence,
  );
  const meant = here.length > 0 ? here : pairs;
  const classes = new Set(meant.map(({ now }) => now.class));
  return classes.size === 1 && meant.length === 2 ? meant[0] : undefined;
}

function checkTimes(checked: Checked, times: Fact): Finding | undefined {
  const pairs = pairsNear(checked, times).filter(({ now, then }) => now.size >= then.size);
  const ratio = ({ now, then }: Two) => now.size / then.size;
  const good = pairs.find((pair) => fitsTimes(times, ratio(pair)));
  if (good) return finding('ratio', times, good, 'holds', 'ratioHolds', round(ratio(good)));
  const only = meantPair(pairs);
  if (!only) return undefined;
  const sure = only.now.hedge === 'exact' && only.then.hedge === 'exact';
  return finding('ratio', times, only, sure ? 'fails' : 'unsure', 'ratioFails', round(ratio(only)));
}

/** Of several pairs the one that is of the same thing in two years; else the only one there is. */
function meantPair(pairs: readonly Two[]): Two | undefined {
  const alike = pairs.filter(({ now, then }) => now.measure === then.measure);
  const dated = alike.filter(
    ({ now, then }) => then.period !== undefined && now.period !== then.period,
  );
  if (dated.length > 0) return dated[0];
  return alike.length === 1 ? alike[0] : undefined;
}

const round = (value: number) => Math.round(value * 100) / 100;

function fitsTimes({ size, hedge, mention }: Fact, ratio: number): boolean {
  const step = mention.value.places > 0 ? 0.1 : 1;
  const off = ratio - size;
  switch (hedge) {
    case 'over':
    case 'at_least':
      return off >= 0 && off <= size * 0.5;
    case 'under':
    case 'up_to':
    case 'nearly':
      return off <= 0.05 && off >= -size * 0.5;
    case 'about':
      return Math.abs(off) <= Math.max(step * roundingOfTimes, size * aboutTimes);
    default:
      return Math.abs(off) <= step * roundingOfTimes;
  }
}

function finding(
  kind: string,
  said: Fact,
  { now, then }: Two,
  verdict: Finding['verdict'],
  note: string,
  found: number,
): Finding {
  return { kind, facts: [said, now, then], verdict, note, values: { said: said.size, found } };
}

function checkGrowth(checked: Checked, growth: Fact): Finding | undefined {
  const fall = isFall(checked, growth);
  const change = ({ now, then }: Two) =>
    (100 * (fall ? then.size - now.size : now.size - then.size)) / then.size;
  const pairs = pairsNear(checked, growth).filter((pair) => change(pair) > 0);
  const good = pairs.find((pair) => fits(growth, change(pair)));
  const found = (pair: Two) => Math.round(change(pair) * 10) / 10;
  if (good) return finding('growth', growth, good, 'holds', 'growthHolds', found(good));
  const only = onlyPair([...pairs, ...pairs], growth);
  if (!only) return undefined;
  const sure =
    [growth, only.now, only.then].every(({ hedge }) => hedge === 'exact') &&
    areOfOneThing(only) &&
    areTwoTimes(checked, only);
  return finding('growth', growth, only, sure ? 'fails' : 'unsure', 'growthFails', found(only));
}

/** «پارسال ۳۶۰ و امسال ۴۵۰ میلیارد اعتبار»: what is counted may be said of one of the two alone. */
function areOfOneThing({ now, then }: Two): boolean {
  const plain = [now, then].some(({ measure, unit }) => measure === words.whole[unit]);
  return plain || now.measure === then.measure;
}

/** «از ۸۰۰ به ۱۲۰۰», «نسبت به ۲۰۰», or an earlier year beside a later one: the text itself compares them. */
function areTwoTimes({ scan }: Checked, { now, then }: Two): boolean {
  const before = ({ mention }: Fact) => scan.tokens[mention.first - 1];
  if (now.sentence !== then.sentence) return false;
  if (isOf(lists.from, before(then)) && isOf(lists.towards, before(now))) return true;
  if (hasCue(scan, 'than', then.mention.first - 3, then.mention.first)) return true;
  return yearRank(then) < yearRank(now);
}

function yearRank({ period }: Fact): number {
  if (period === 'last_year') return -1;
  return period === undefined ? Number.NaN : period === 'this_year' ? 0 : Number(period);
}

function isFall({ scan }: Checked, fact: Fact): boolean {
  const { next } = fact.mention;
  return hasCue(scan, 'down', fact.mention.first - 3, next + 3);
}

/** «۶۰ میلیارد ریال افزایش»: said of a number right before «افزایش» or «کاهش». */
function isDifference({ scan }: Checked, fact: Fact): boolean {
  const { next } = fact.mention;
  if (unlike.includes(fact.class)) return false;
  return hasCue(scan, 'up', next, next + 1) || hasCue(scan, 'down', next, next + 1);
}

function checkDifference(checked: Checked, difference: Fact): Finding | undefined {
  const pairs = pairsNear(checked, difference).filter(
    ({ now, then }) => now.class === difference.class && now.size > then.size,
  );
  const good = pairs.find(
    ({ now, then }) => compare(plus(then.value, difference.value), now.value) === 0,
  );
  const near =
    good ?? pairs.find(({ now, then }) => agreement(now, [then, difference]) === 'hedged');
  const gap = ({ now, then }: Two) => now.size - then.size;
  if (near) return finding('difference', difference, near, 'holds', 'differenceHolds', gap(near));
  const only = pairs.length === 1 ? pairs[0] : undefined;
  const { first, next } = spanOf(checked.scan, difference.sentence);
  if (!only || !hasCue(checked.scan, 'than', first, next)) return undefined;
  const apart = agreement(only.now, [only.then, difference]) === 'apart';
  return finding(
    'difference',
    difference,
    only,
    apart ? 'fails' : 'unsure',
    'differenceFails',
    gap(only),
  );
}

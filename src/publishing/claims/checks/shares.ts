import words from '../about-words.json' with { type: 'json' };
import type { Fact } from '../facts.ts';
import { type Checked, type Finding, hasCue, spanOf } from './finding.ts';

/** A share, the part and the whole that it may be of. */
type Pair = { readonly part: Fact; readonly whole: Fact };

const nearSentences = 2;
/** No further than so many numbers away. */
const nearClaims = 12;
/** No hedge explains so many points of a hundred. */
const farOff = 10;

/** Percentages against the numbers that they are of, and shares of one whole against a hundred. */
export function checkShares(checked: Checked): Finding[] {
  const shares = checked.facts.filter((fact) => fact.class === 'percent');
  const single = shares.filter(
    ({ measure, mention }) => measure !== 'fee' && mention.key !== '' && mention.unit === 'percent',
  );
  return [...single.flatMap((share) => checkShare(checked, share) ?? []), ...checkHundreds(shares)];
}

function checkShare(checked: Checked, share: Fact): Finding | undefined {
  if (share.measure === 'growth') return undefined;
  const pairs = pairsNear(checked, share);
  const fitting = pairs.find((pair) => isSaid(share, pair) && fits(share, ratioOf(pair)));
  if (fitting) return shareFinding(share, fitting, 'holds', 'shareHolds');
  const meant = meantPair(checked, share, pairs);
  if (!meant) return undefined;
  const far = Math.abs(ratioOf(meant) - share.size) > farOff;
  const sure = isExact(meant.part, meant.whole) && (share.hedge === 'exact' || far);
  const verdict = sure ? 'fails' : 'unsure';
  return shareFinding(share, meant, verdict, 'shareFails');
}

/** Three vague numbers fit one another by chance, and so do two that count different things. */
function isSaid(share: Fact, { part, whole }: Pair): boolean {
  const vague = [share, part, whole].filter(({ hedge }) => hedge !== 'exact').length;
  return part.class === whole.class ? vague < 3 : isExact(part, whole);
}

const isExact = (...facts: readonly Fact[]) => facts.every(({ hedge }) => hedge === 'exact');

function shareFinding(
  share: Fact,
  { part, whole }: Pair,
  verdict: Finding['verdict'],
  note: string,
): Finding {
  const values = { said: share.size, found: oneDecimal(ratioOf({ part, whole })) };
  return { kind: 'percent', facts: [share, part, whole], verdict, note, values };
}

const ratioOf = ({ part, whole }: Pair) => (100 * part.size) / whole.size;
const oneDecimal = (value: number) => Math.round(value * 10) / 10;

/** Whether a percentage says a ratio: rounded or cut off at its last digit, or as its hedge allows. */
export function fits({ size, hedge, mention }: Fact, ratio: number): boolean {
  const step = 10 ** -decimalsOf(mention.value);
  const off = ratio - size;
  switch (hedge) {
    case 'over':
    case 'at_least':
      return off >= -step / 2 && off <= Math.max(size * 0.25, 5 * step);
    case 'under':
    case 'up_to':
    case 'nearly':
      return off <= step / 2 && off >= -Math.max(size * 0.25, 5 * step);
    case 'about':
      return Math.abs(off) <= Math.max(step, size * 0.06);
    default:
      // 78.5 is written 78 by who cuts off and 79 by who rounds.
      return off > -step * 0.51 && off < step;
  }
}

function decimalsOf({ digits, places }: Fact['mention']['value']): number {
  const zeros = /0*$/.exec(digits.toString())?.[0].length ?? 0;
  return Math.max(0, places - zeros);
}

/** Two numbers of one class near a percentage, the smaller over the larger, the nearest first. */
function pairsNear({ facts }: Checked, share: Fact): Pair[] {
  const near = facts.filter(
    (fact) =>
      Math.abs(fact.sentence - share.sentence) <= nearSentences &&
      Math.abs(fact.index - share.index) <= nearClaims &&
      !['percent', 'times', 'months', 'other'].includes(fact.class) &&
      !['cap', 'average'].includes(fact.measure),
  );
  const pairs: Pair[] = [];
  for (const part of near) {
    for (const whole of near) {
      if (comparable(part, whole) && part.size < whole.size) pairs.push({ part, whole });
    }
  }
  const far = ({ part, whole }: Pair) =>
    Math.abs(part.index - share.index) + Math.abs(whole.index - share.index);
  return pairs.sort((a, b) => far(a) - far(b));
}

const countable = ['plans', 'permits', 'people', 'jobs'];

/** Money with money; plans, permits and people with one another, as one person has one plan. */
function comparable(part: Fact, whole: Fact): boolean {
  if (part === whole) return false;
  if (part.class === whole.class) return true;
  return countable.includes(part.class) && countable.includes(whole.class);
}

/** The pair that the text itself puts beside a percentage; only such a one can be said to fail. */
function meantPair(checked: Checked, share: Fact, pairs: readonly Pair[]): Pair | undefined {
  const { scan, facts } = checked;
  const { first } = spanOf(scan, share.sentence);
  const inSentence = ({ part, whole }: Pair) =>
    part.sentence === share.sentence && whole.sentence === share.sentence;
  const before = facts[share.index - 1];
  const beside =
    before !== undefined &&
    before.sentence === share.sentence &&
    share.mention.first - before.mention.next <= 6 &&
    isRestated(checked, before, share);
  const stands = pairs.find((pair) => pair.part === before && stoodBefore(checked, pair));
  if (beside && stands) return stands;
  const counted = wholeThenPart(checked, share);
  if (counted) return counted;
  if (hasCue(scan, 'realised', share.mention.first - 4, share.mention.next + 4)) {
    const used = pairs.find(
      ({ part, whole }) => part.measure === 'rial_paid' && whole.measure === 'allocation',
    );
    if (used) return used;
  }
  // «۵۵۰ نفر معادل ۵۵ درصد»: whatever that is a share of, it is the part.
  const equal = beside && hasCue(scan, 'restated', before.mention.next, share.mention.first);
  const said = (pair: Pair) =>
    !equal || (pair.part === before && !isShareItself(checked, pair.whole));
  const here = pairs.filter(
    (pair) => inSentence(pair) && pair.part.class === pair.whole.class && said(pair),
  );
  const stated =
    hasCue(scan, 'ofThese', first, share.mention.first) ||
    hasCue(scan, 'restated', share.mention.first - 2, share.mention.first) ||
    (hasCue(scan, 'loosely', share.mention.first - 2, share.mention.first) &&
      hasCue(scan, 'ofIt', share.mention.next, share.mention.next + 1));
  return stated && here.length === 1 ? here[0] : undefined;
}

/** A whole of the part's own kind, said before it and no part itself. */
function stoodBefore(checked: Checked, { part, whole }: Pair): boolean {
  const before = whole.class === part.class && whole.index < part.index;
  return before && !isShareItself(checked, whole);
}

/** «۵۵۰ نفر معادل ۵۵ درصد … و ۴۵۰ نفر معادل ۴۵ درصد»: the first is no whole of the second. */
function isShareItself(checked: Checked, fact: Fact): boolean {
  const next = checked.facts[fact.index + 1];
  return next?.class === 'percent' && next.size < 100 && isRestated(checked, fact, next);
}

/** «۷۰ درصد اعتبار ۵۰ میلیارد تومانی معادل ۳۵ میلیارد تومان»: the whole, then the part. */
function wholeThenPart({ scan, facts }: Checked, share: Fact): Pair | undefined {
  const [whole, part] = [facts[share.index + 1], facts[share.index + 2]];
  if (!whole || !part || part.sentence !== share.sentence) return undefined;
  const restated = hasCue(scan, 'restated', whole.mention.next, part.mention.first);
  // «۸۰ درصد معادل ۱۱۶۰ مجوز … و مابقی یعنی ۲۹۰ مجوز»: the part, then what is left.
  const isPart =
    hasCue(scan, 'restated', share.mention.next, whole.mention.first) ||
    hasCue(scan, 'rest', whole.mention.next, part.mention.first);
  return restated && !isPart && part.class === whole.class ? { part, whole } : undefined;
}

/**
 * «۸۵۳ طرح (۷۱ درصد)», «۸۵۳ طرح یعنی ۷۱ درصد», «۸۵۳ طرح که ۷۱ درصد است»; but not «۸۵۳ طرح که ۷۱ درصد آن
 * برای زنان است», which is a share of the 853.
 */
function isRestated({ scan }: Checked, part: Fact, share: Fact): boolean {
  const { first, next } = share.mention;
  const from = part.mention.next;
  if (hasCue(scan, 'restated', from, first)) return true;
  const closed = scan.tokens[next]?.key === ')' || hasCue(scan, 'ofIt', next, next + 1);
  const opened = scan.tokens.slice(from, first).some(({ key }) => key === '(');
  return closed && (opened || hasCue(scan, 'loosely', from, first));
}

/** Shares one after another in one sentence: they are of one whole when they reach a hundred. */
function checkHundreds(shares: readonly Fact[]): Finding[] {
  const rows = Map.groupBy(
    shares.filter(({ measure }) => measure === 'share'),
    ({ sentence }) => sentence,
  );
  return [...rows.values()].flatMap((row) => {
    const verdict = row.length < 2 || !isList(row) ? undefined : hundred(row);
    return verdict ? [{ kind: 'shares', facts: row, ...verdict }] : [];
  });
}

/** Shares that leave something over may be meant so; more than everything cannot be. */
function hundred(row: readonly Fact[]): Pick<Finding, 'verdict' | 'note' | 'values'> | undefined {
  const sum = row.reduce((so, { size }) => so + size, 0);
  const values = { sum: oneDecimal(sum) };
  if (sum === 100) return { verdict: 'holds', note: 'sharesHold', values };
  if (row.length < 3) return isWholeByKind(row) ? twoShares(row, sum) : undefined;
  if (Math.abs(sum - 100) <= row.length * 0.51) {
    return { verdict: 'unsure', note: 'sharesRounded', values };
  }
  if (sum < 100 || !isExact(...row)) return undefined;
  return { verdict: sum < 150 ? 'fails' : 'unsure', note: 'sharesMore', values };
}
/** Women and men, town and country: two shares that have to make a hundred. */
function isWholeByKind(row: readonly Fact[]): boolean {
  const kinds = row.map(({ kind }) => kind ?? '').sort();
  return words.partitions.some(
    (partition) => partition.length === 2 && [...partition].sort().join() === kinds.join(),
  );
}

function twoShares(row: readonly Fact[], sum: number) {
  const close = Math.abs(sum - 100) <= 1 || !isExact(...row);
  const note = sum > 100 ? 'sharesMore' : 'sharesLess';
  return {
    verdict: close ? 'unsure' : 'fails',
    note: close ? 'sharesRounded' : note,
    values: { sum: oneDecimal(sum) },
  } as const;
}

/** No more than a few words between one share and the next, and no other number. */
function isList(row: readonly Fact[]): boolean {
  return row.every((fact, at) => {
    const last = row[at - 1];
    if (last === undefined) return true;
    return fact.index === last.index + 1 && fact.mention.first - last.mention.next <= 12;
  });
}

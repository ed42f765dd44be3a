import { formatJalali, type IsoDate } from '../../../kit/jalali.ts';
import type { Fact } from '../facts.ts';
import type { Cap, Knowledge } from '../knowledge.ts';
import { isOf, lists } from '../lexicon.ts';
import type { Scan } from '../mentions.ts';
import { type Checked, type Finding, hasCue } from './finding.ts';

/** Money, how many loans or people it went to. */
type Loans = { readonly money: Fact; readonly count: Fact };

/** What a loan may have been, in rial. */
type Band = { readonly low: number; readonly high: number; readonly dated: boolean };

/** Million written where milliard was meant, rial for toman, and so on: what the number has to be multiplied by. */
const slips = [1000, 10, 100, 0.1, 0.001, 0.01] as const;

/** Average loans against the caps of the time, and caps against the caps of the time. */
export function checkLoans(checked: Checked): Finding[] {
  const loans = loansIn(checked);
  return [
    ...loans.flatMap((one) => oddAmong(one, loans) ?? checkAverage(checked, one)),
    ...checkCaps(checked),
    ...(loans.length > 0 ? loans : besideAverage(checked)).flatMap((one) =>
      checkStatedAverage(checked, one),
    ),
  ];
}

/** A unit made an adjective, which ends in yeh. */
const ofEach = /\u06cc$/;
const lent = ['rial_paid', 'rial_referred', 'money'];
const lentTo = [
  'plans_funded',
  'plans_referred',
  'plans_approved',
  'plans',
  'borrowers',
  'applicants',
];

/** Each amount that was lent with the plans or people nearest to it in its sentence. */
function loansIn({ facts, scan }: Checked): Loans[] {
  const used = new Set<Fact>();
  return facts.flatMap((money) => {
    if (money.class !== 'money' || !lent.includes(money.measure)) return [];
    // «وام ۱۵۰ میلیون تومانی»: what each got.
    if (ofEach.test(money.mention.key)) return [];
    const near = facts
      .filter(
        (fact) =>
          fact.sentence === money.sentence &&
          (fact.class === 'plans' || fact.class === 'people') &&
          lentTo.includes(fact.measure) &&
          isLinked(scan, facts, fact, money) &&
          fact.size > 1 &&
          !used.has(fact),
      )
      .sort((a, b) => gap(a, money) - gap(b, money));
    const [count] = near;
    if (!count) return [];
    used.add(count);
    return [{ money, count }];
  });
}

/** Next to each other, or with one other number between; and no comma or «و» right before the later one. */
function isLinked({ tokens }: Scan, facts: readonly Fact[], count: Fact, money: Fact): boolean {
  const [one, other] = count.index < money.index ? [count, money] : [money, count];
  const between = facts.slice(one.index + 1, other.index);
  const alone = between.every((fact) => fact.class !== 'money' && fact.class !== count.class);
  const mark = tokens[other.mention.first - 1];
  const apart = isOf(lists.and, mark) || /^[,\u060c]$/.test(mark?.key ?? '');
  return between.length <= 1 && alone && !apart;
}

const gap = (a: Fact, b: Fact) =>
  a.index < b.index ? b.mention.first - a.mention.next : a.mention.first - b.mention.next;

/** How many words may stand between an amount and those it went to. */
const farthest = 18;

function checkAverage(checked: Checked, { money, count }: Loans): Finding[] {
  if (gap(money, count) > farthest) return [];
  const band = bandOf(checked, money, count);
  const average = averageOf({ money, count });
  const facts = [money, count];
  const values = {
    average: Math.round(average),
    low: Math.round(band.low),
    high: Math.round(band.high),
  };
  if (average >= band.low && average <= band.high) {
    return [{ kind: 'average', facts, verdict: 'holds', note: 'averageHolds', values }];
  }
  const factor = slips.find((one) => average * one >= band.low && average * one <= band.high);
  const far = average < band.low / 20 || average > band.high * 20;
  if (factor === undefined) {
    const close = average > band.low / 4 && average < band.high * 4;
    return close ? [] : [{ kind: 'average', facts, verdict: 'unsure', note: 'averageOdd', values }];
  }
  const verdict = far || (band.dated && isTenfold(factor)) ? 'fails' : 'unsure';
  return [
    { kind: 'unit_slip', facts, verdict, note: noteOf(factor), values: { ...values, factor } },
  ];
}

/** An average ten times off all others of the same text, which a zero more or less would put right. */
function oddAmong(one: Loans, all: readonly Loans[]): Finding[] | undefined {
  const average = averageOf(one);
  const others = all.filter((other) => other !== one).map(averageOf);
  if (others.length < 2) return undefined;
  const among = (factor: number) =>
    others.every((other) => average * factor > other / 3 && average * factor < other * 3);
  const factor = [10, 0.1].find((by) => among(by));
  if (factor === undefined || among(1)) return undefined;
  const low = Math.round(Math.min(...others));
  const high = Math.round(Math.max(...others));
  const values = { average: Math.round(average), low, high, factor };
  const facts = [one.money, one.count];
  return [{ kind: 'unit_slip', facts, verdict: 'fails', note: 'slipCurrency', values }];
}

/** «برای ۴۵۰ طرح، ۴۵ میلیارد ریال پرداخت شد؛ یعنی میانگین هر طرح …»: an average names what it is of, commas or not. */
function besideAverage({ facts }: Checked): Loans[] {
  const said = facts.find(({ measure }) => measure === 'average');
  if (!said) return [];
  const near = facts.filter(
    (fact) => fact.index < said.index && said.sentence - fact.sentence <= 1 && fact.size > 1,
  );
  const money = near.filter((fact) => fact.class === 'money' && lent.includes(fact.measure));
  const counts = near.filter(({ class: kin }) => kin === 'plans' || kin === 'people');
  const [one, other] = [money[0], counts[0]];
  return one && other && money.length === 1 && counts.length === 1
    ? [{ money: one, count: other }]
    : [];
}

/** «میانگین هر طرح ۵۰ میلیون تومان»: against the amount and the plans that it is the average of. */
function checkStatedAverage({ facts }: Checked, loans: Loans): Finding[] {
  const said = facts.find(
    (fact) => fact.measure === 'average' && Math.abs(fact.sentence - loans.money.sentence) <= 1,
  );
  if (!said) return [];
  const average = averageOf(loans);
  const values = { said: said.size, found: Math.round(average) };
  const close = (share: number) => Math.abs(said.size - average) <= average * share;
  const sure = [loans.money, loans.count, said].every(({ hedge }) => hedge === 'exact');
  const verdict = close(0.03) ? 'holds' : sure && !close(0.15) ? 'fails' : 'unsure';
  const note = verdict === 'holds' ? 'meanHolds' : 'meanFails';
  return [{ kind: 'mean', facts: [said, loans.money, loans.count], verdict, note, values }];
}

const averageOf = ({ money, count }: Loans) => money.size / count.size;
const isTenfold = (factor: number) => factor === 10 || factor === 0.1;

/** Ten is the step between rial and toman, a thousand the one between million and milliard. */
function noteOf(factor: number): string {
  return isTenfold(factor) ? 'slipCurrency' : 'slipScale';
}

/**
 * What an average may be: from a fifth of the ordinary cap to a little above it; up to the supporter's cap
 * where supporters, or jobs beside the plans, are spoken of. A text without a year is held against all years.
 */
function bandOf(checked: Checked, money: Fact, count: Fact): Band {
  const { knowledge } = checked;
  const year = yearOf(checked, money);
  const caps = capsIn(knowledge, year);
  const supporters =
    count.kind === 'supporter' || (count.class === 'plans' && maySupport(checked, money, count));
  const least = Math.min(...caps.map(({ individual }) => Number(individual)));
  const most = Math.max(
    ...caps.map(({ individual, approved, supporter }) =>
      Number(supporters ? supporter : (approved ?? individual)),
    ),
  );
  return {
    low: (least * knowledge.leastShare) / 10_000,
    high: (most * knowledge.mostShare) / 10_000,
    dated: year !== undefined,
  };
}

function maySupport({ facts, scan }: Checked, money: Fact, count: Fact): boolean {
  const jobs = facts.some(
    (fact) => fact.sentence === money.sentence && ['people', 'jobs'].includes(fact.class),
  );
  const from = Math.min(money.mention.first, count.mention.first) - 12;
  return (
    jobs || count.kind === 'supporter' || hasCue(scan, 'supporters', from, money.mention.next + 12)
  );
}

/** The year that the claim, or else the whole text, names alone. */
function yearOf({ scan }: Checked, fact: Fact): number | undefined {
  if (/^\d{4}$/.test(fact.period ?? '')) return Number(fact.period);
  const named = new Set(scan.years.map(({ year }) => year).filter((year) => year < 1500));
  return named.size === 1 ? [...named][0] : undefined;
}

/** The caps in force in a Jalali year, and those of the year before, whose credit was still being spent. */
function capsIn({ caps }: Knowledge, year: number | undefined): readonly Cap[] {
  if (year === undefined) return caps;
  const within = caps.filter(({ from, to }) => {
    const first = from === undefined ? 0 : jalaliYear(from);
    const last = to === undefined ? 9999 : jalaliYear(to);
    return first <= year && last >= year - 1;
  });
  return within.length > 0 ? within : caps;
}

function jalaliYear(day: string): number {
  return Number(formatJalali(day as IsoDate, 'en', 'short').slice(0, 4));
}

/** «سقف فردی», «سقف تسهیلات برای هر نفر»: not the supporter's. */
function isOfOne({ scan }: Checked, { mention }: Fact): boolean {
  return hasCue(scan, 'perOne', mention.first - 8, mention.next + 3);
}

/** «سقف فردی ۲۰۰۰ میلیون تومان» is ten times the cap: rial was meant. */
function checkCaps(checked: Checked): Finding[] {
  const { facts, knowledge } = checked;
  return facts.flatMap((fact): Finding[] => {
    if (fact.class !== 'money' || fact.measure !== 'cap') return [];
    const year = yearOf(checked, fact);
    const known = capsIn(knowledge, year).flatMap(({ individual, approved, supporter }) =>
      [individual, approved, isOfOne(checked, fact) ? undefined : supporter].map(Number),
    );
    const top = Math.max(...known.filter((size) => size > 0));
    const values = { said: fact.size, top };
    if (year !== undefined && known.includes(fact.size)) {
      return [{ kind: 'cap', facts: [fact], verdict: 'holds', note: 'capKnown', values }];
    }
    const least = Math.min(...known.filter((size) => size > 0));
    const tenth = known.includes(fact.size / 10);
    const tenfold = year !== undefined && fact.size < least && known.includes(fact.size * 10);
    if (!tenfold && (!tenth || (year === undefined && fact.size <= top))) return [];
    const verdict = tenfold || fact.size > top ? 'fails' : 'unsure';
    return [
      {
        kind: 'unit_slip',
        facts: [fact],
        verdict,
        note: 'slipCurrency',
        values: { ...values, average: fact.size, low: 0, high: top, factor: 0.1 },
      },
    ];
  });
}

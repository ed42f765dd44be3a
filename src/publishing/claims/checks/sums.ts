import words from '../about-words.json' with { type: 'json' };
import type { Fact } from '../facts.ts';
import { isOf, lists } from '../lexicon.ts';
import { type Agreement, agreement, exactRun, sumSize } from './bounds.ts';
import { type Checked, cueAt, type Finding, hasCue, spanOf } from './finding.ts';

/** A whole and the parts that a text gives of it. */
type Partition = {
  readonly total: Fact;
  readonly parts: readonly Fact[];
  /** The text says, or the kinds imply, that nothing else belongs to the whole. */
  readonly complete: boolean;
};

/** How many numbers of its class before and behind a whole may be its parts. */
const reach = 16;
const nearSentences = 4;
/** Parts that miss a whole by more than this share may be parts of something else. */
const farOff = 0.4;
/** Below this, numbers add up to one another by chance. */
const leastTotal = 20;

/** Wholes and their parts: those that the text names as such, and those that add up. */
export function checkSums(checked: Checked): Finding[] {
  const found: Finding[] = [];
  const settled = new Set<Fact>();
  for (const partition of partitionsOf(checked)) {
    if (settled.has(partition.total)) continue;
    const finding = judge(partition);
    if (!finding) continue;
    for (const fact of finding.facts) settled.add(fact);
    found.push(finding);
  }
  const adding = addingUp(checked, settled);
  const wholes = found.map(({ facts: [total, ...parts] }) => ({ total: total as Fact, parts }));
  for (const partition of [...adding, ...alongside(checked, [...wholes, ...adding])]) {
    const finding = settled.has(partition.total) ? undefined : judge(partition);
    if (!finding) continue;
    settled.add(partition.total);
    found.push(finding);
  }
  return found;
}

function partitionsOf(checked: Checked): Partition[] {
  return [
    ...named(checked),
    ...byKinds(checked),
    ...totalled(checked),
    ...listed(checked),
    ...ofWhole(checked),
  ];
}

/** «از مجموع ۱۸۵۰ پرونده، …»: its parts may leave something over, but not be more, where each is another agency's. */
function ofWhole({ scan, facts }: Checked): Partition[] {
  return facts.filter(summed).flatMap((total) => {
    const { first } = total.mention;
    const at = cueAt(scan.tokens, 'total', first - 3, first);
    if (at < 0 || !isOf(lists.from, scan.tokens[at - 1])) return [];
    const parts = facts.filter(
      (fact) =>
        fact.index > total.index &&
        fact.sentence === total.sentence &&
        fact.class === total.class &&
        summed(fact),
    );
    const agencies = new Set(parts.map(({ agency }) => agency));
    const apart = agencies.size === parts.length && !agencies.has(undefined);
    const tooMuch = sumSize(parts) > total.size;
    return parts.length > 1 && tooMuch ? [{ total, parts, complete: apart }] : [];
  });
}

/** How far behind a total its colon may stand: «مجموع اعتبارات ۴۲۰ میلیارد تومان است: …». */
const colonReach = 5;

/** «مجموع …: …»: what is listed behind the colon is all of it. */
function listed({ scan, facts }: Checked): Partition[] {
  return facts.filter(summed).flatMap((total) => {
    const { first, next } = total.mention;
    const ahead = scan.tokens.slice(next, next + colonReach).findIndex(({ key }) => key === ':');
    if (ahead < 0 || !hasCue(scan, 'total', first - 4, first)) return [];
    const parts = facts.filter(
      (fact) =>
        fact.mention.first > next + ahead &&
        fact.sentence === total.sentence &&
        fact.class === total.class &&
        summed(fact),
    );
    const rest = hasCue(scan, 'rest', next, spanOf(scan, total.sentence).next);
    return parts.length > 1 ? [fitted({ total, parts, complete: !rest })] : [];
  });
}

/** Where plans add up to a total, the money named beside each plan adds up to the money beside the total. */
function alongside(
  { facts }: Checked,
  adding: readonly Omit<Partition, 'complete'>[],
): Partition[] {
  return adding.flatMap(({ total, parts }) => {
    if (total.class === 'money') return [];
    const amountAt = (at: number) => {
      const found = facts[at];
      return found?.class === 'money' && summed(found) ? found : undefined;
    };
    const whole = amountAt(total.index - 1) ?? amountAt(total.index + 1);
    return [1, -1].flatMap((step) => {
      const money = parts.map(({ index }) => amountAt(index + step));
      if (!whole || money.includes(undefined) || money.includes(whole)) return [];
      return [{ total: whole, parts: money as Fact[], complete: true }];
    });
  });
}

const holding: Readonly<Record<Exclude<Agreement, 'apart'>, string>> = {
  equal: 'sumEqual',
  hedged: 'sumHedged',
  rounded: 'sumRounded',
};

function judge({ total, parts, complete }: Partition): Finding | undefined {
  const how = agreement(total, parts);
  const facts = [total, ...parts];
  const values = { sum: sumSize(parts), total: total.size };
  if (how !== 'apart') {
    const verdict = how === 'rounded' ? 'unsure' : 'holds';
    return { kind: 'sum', facts, verdict, note: holding[how], values };
  }
  const tooMuch = sumSize(parts) > total.size;
  if (!complete && !tooMuch) return undefined;
  const near = Math.abs(sumSize(parts) - total.size) <= total.size * farOff;
  const verdict = complete && near ? 'fails' : 'unsure';
  return { kind: 'sum', facts, verdict, note: tooMuch ? 'sumMore' : 'sumLess', values };
}

const summed = (fact: Fact) =>
  !['percent', 'times', 'months', 'other'].includes(fact.class) &&
  !['cap', 'average'].includes(fact.measure);

/** «این تعداد شامل …»: what follows in the sentence, of the last number before it. */
function named(checked: Checked): Partition[] {
  const { scan, facts } = checked;
  const found: Partition[] = [];
  for (let at = cueAt(scan.tokens, 'contains', 0, scan.tokens.length); at >= 0; ) {
    const sentence = scan.sentences[at] ?? 0;
    const { next } = spanOf(scan, sentence);
    for (const kin of new Set(facts.map((fact) => fact.class))) {
      const alike = facts.filter((fact) => fact.class === kin && summed(fact));
      const total = alike.findLast(({ mention }) => mention.next <= at);
      const parts = alike
        .filter(({ mention }) => mention.first > at && mention.first < next)
        .slice(0, 2 * reach);
      if (!total || sentence - total.sentence > 1 || parts.length < 2) continue;
      const rest = hasCue(scan, 'rest', at, next);
      found.push(fitted({ total, parts, complete: !rest }));
    }
    at = cueAt(scan.tokens, 'contains', next, scan.tokens.length);
  }
  return found;
}

/** What comes after the parts in the same sentence is no part: the beginning that adds up is taken. */
function fitted(partition: Partition): Partition {
  const { total, parts } = partition;
  for (let length = parts.length; length > 1; length -= 1) {
    const beginning = parts.slice(0, length);
    if (agreement(total, beginning) !== 'apart') return { ...partition, parts: beginning };
  }
  return partition;
}

/** Independent and supporter, national and provincial, women and men: together everything. */
function byKinds({ facts }: Checked): Partition[] {
  const found: Partition[] = [];
  for (const kinds of words.partitions) {
    const first = facts.filter((fact) => fact.kind === kinds[0] && summed(fact));
    const rows = [...first, ...facts.filter((fact) => fact.kind === kinds[1] && summed(fact))];
    for (const start of rows) {
      const alike = facts.filter((fact) => fact.class === start.class && summed(fact));
      const at = alike.indexOf(start);
      const parts = alike.slice(at, at + kinds.length);
      const total = alike[at - 1] ?? alike[at + kinds.length];
      if (!total || !isWholeOf(total, parts, kinds)) continue;
      found.push({ total, parts, complete: true });
    }
  }
  return found;
}

function isWholeOf(total: Fact, parts: readonly Fact[], kinds: readonly string[]): boolean {
  const same = new Set(parts.map(({ kind }) => kind));
  if (parts.length !== kinds.length || kinds.some((kind) => !same.has(kind))) return false;
  const [one] = parts;
  const spread = Math.abs((parts.at(-1)?.sentence ?? 0) - total.sentence);
  const measures = new Set([...parts, total].map(({ measure }) => measure));
  const largest = Math.max(...parts.map(({ size }) => size));
  return (
    one !== undefined &&
    spread <= 2 &&
    measures.size === 1 &&
    total.size > largest &&
    total.period === one.period &&
    !kinds.includes(total.kind ?? '')
  );
}

/** «در مجموع ۲۱۰ طرح» after its parts. */
function totalled({ scan, facts }: Checked): Partition[] {
  return facts.filter(summed).flatMap((total) => {
    const { first } = total.mention;
    const at = cueAt(scan.tokens, 'total', first - 4, first);
    if (at < 0 || isOf(lists.from, scan.tokens[at - 1])) return [];
    const before = facts
      .slice(Math.max(0, total.index - 2 * reach), total.index)
      .filter(
        (fact) => fact.class === total.class && total.sentence - fact.sentence <= 1 && summed(fact),
      );
    const runs = before.map((_, index) => before.slice(index)).filter(({ length }) => length > 1);
    const fits = runs.find((parts) => agreement(total, parts) !== 'apart');
    const here = before.filter(({ sentence }) => sentence === total.sentence);
    const parts = fits ?? here;
    const close = Math.abs(sumSize(parts) - total.size) <= total.size * 0.2;
    return parts.length < 2 || !(fits || close) ? [] : [{ total, parts, complete: close }];
  });
}

/** Any run of numbers that adds up to another one to the last digit: the text need not say that they are parts. */
function addingUp({ facts }: Checked, settled: ReadonlySet<Fact>): Partition[] {
  const found: Partition[] = [];
  for (const kin of new Set(facts.map((fact) => fact.class))) {
    const alike = facts.filter((fact) => fact.class === kin && summed(fact));
    for (const total of alike) {
      const known = settled.has(total) || found.some((one) => isSame(one.total, total));
      if (known || total.size < leastTotal) continue;
      const parts = runFor(total, alike);
      if (parts) found.push({ total, parts, complete: false });
    }
  }
  return found;
}

const isSame = (one: Fact, other: Fact) => one.class === other.class && one.size === other.size;

function runFor(total: Fact, alike: readonly Fact[]): readonly Fact[] | undefined {
  const at = alike.indexOf(total);
  const near = alike
    .slice(Math.max(0, at - reach), at + reach + 1)
    .filter((fact) => fact !== total && Math.abs(fact.sentence - total.sentence) <= nearSentences);
  return exactRun(total, near);
}

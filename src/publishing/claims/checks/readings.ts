import { compare, type Decimal, shift, toNumber } from '../../../kit/decimal.ts';
import type { Fact } from '../facts.ts';
import { exactRun } from './bounds.ts';
import type { Checked, Finding } from './finding.ts';

/** Numbers that may have to be read another way: halves that changed places, one amount in two currencies. */
export function checkReadings(checked: Checked): Finding[] {
  return [...checkFlipped(checked), ...checkEquivalents(checked), ...checkParts(checked)];
}

/** The value that a claim would have with the halves around its slash exchanged, in rial where it is money. */
function flippedOf({ mention, unit }: Fact): Decimal | undefined {
  const { flipped } = mention.number;
  if (!flipped || mention.number.next > mention.number.first + 3) return undefined;
  return unit === 'toman' ? shift(flipped, 1) : flipped;
}

/** «920/134»: longer behind the slash than a fraction usually is. */
function checkFlipped({ scan, facts }: Checked): Finding[] {
  return facts.flatMap((fact): Finding[] => {
    const value = flippedOf(fact);
    const key = scan.tokens[fact.mention.number.first]?.key ?? '';
    const [before = '', after = ''] = key.split('/');
    if (!value || after.length < 2 || before.length < 2) return [];
    const others = facts.filter((one) => one !== fact && one.class === fact.class);
    if (sumWith(fact, others)) return [];
    const turned = { ...fact, value, size: toNumber(value) };
    const values = { said: fact.size, turned: turned.size };
    const kind = 'reversed_decimal';
    const row = sumWith(turned, others);
    if (row) {
      const rest = row.filter((one) => one.index !== fact.index);
      return [{ kind, facts: [fact, ...rest], verdict: 'fails', note: 'flippedSum', values }];
    }
    const suspicious = after.length >= 3 && before.length >= 3;
    return suspicious ? [{ kind, facts: [fact], verdict: 'unsure', note: 'flipped', values }] : [];
  });
}

/** How many neighbours of its class a number is added up with. */
const reach = 8;

/** A sum among the claims near by in which this one has its place. */
function sumWith(own: Fact, others: readonly Fact[]): readonly Fact[] | undefined {
  const near = others.filter(({ index }) => Math.abs(index - own.index) <= reach);
  const row = [...near, own].sort((a, b) => a.index - b.index);
  for (const total of row) {
    const parts = exactRun(
      total,
      row.filter((one) => one !== total),
    );
    if (parts && (total === own || parts.includes(own))) return [total, ...parts];
  }
  return undefined;
}

/** «۲۶۸۰ میلیارد ریال (۲۶۸ میلیارد تومان)»: one amount said twice. */
function checkEquivalents({ scan, facts }: Checked): Finding[] {
  return facts.flatMap((fact, at): Finding[] => {
    const next = facts[at + 1];
    if (!next || fact.class !== 'money' || next.class !== 'money' || fact.unit === next.unit)
      return [];
    const between = scan.tokens.slice(fact.mention.next, next.mention.first);
    const opened = between[0]?.key === '(' && between.length <= 3;
    if (!opened) return [];
    const pair = [fact, next];
    if (compare(fact.value, next.value) === 0) {
      return [{ kind: 'equivalent', facts: pair, verdict: 'holds', note: 'sameAmount' }];
    }
    const factor = fact.size / next.size;
    const close = Math.abs(factor - 1) < 0.05;
    const tenfold = [10, 100, 1000, 0.1, 0.01, 0.001].some(
      (one) => Math.abs(factor / one - 1) < 0.05,
    );
    const kind = tenfold ? 'unit_slip' : 'equivalent';
    return [
      {
        kind,
        facts: pair,
        verdict: close ? 'unsure' : 'fails',
        note: close ? 'nearlySame' : 'otherAmount',
      },
    ];
  });
}

/** A part in rial among parts in toman, when the sum holds once it is read as the others are. */
function checkParts({ facts }: Checked): Finding[] {
  const money = facts.filter((fact) => fact.class === 'money');
  return money.flatMap((fact) => {
    const others = money.filter(
      (one) => one !== fact && Math.abs(one.sentence - fact.sentence) <= 1,
    );
    const odd = others.length > 1 && others.every(({ unit }) => unit !== fact.unit);
    if (!odd || sumWith(fact, others)) return [];
    for (const by of [1, -1]) {
      const value =
        by > 0 ? shift(fact.value, 1) : { ...fact.value, places: fact.value.places + 1 };
      const read = { ...fact, value, size: fact.size * 10 ** by };
      const row = sumWith(read, others);
      if (!row) continue;
      const rest = row.filter((one) => one.index !== fact.index);
      return [
        {
          kind: 'unit_slip',
          facts: [fact, ...rest],
          verdict: 'fails',
          note: 'slipInSum',
          values: { factor: 10 ** by },
        },
      ];
    }
    return [];
  });
}

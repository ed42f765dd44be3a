import type { Language, Say } from '../../platform/language.ts';
import { boundsOf } from '../claims/checks/bounds.ts';
import type { Fact } from '../claims/facts.ts';
import { readAccount } from '../claims/find-claims.ts';
import type { Knowledge } from '../claims/knowledge.ts';
import { isMoney } from './rules.ts';
import { partsOf, piecesOf, placesIn, plainText, type Text, type Values } from './text.ts';

/** A number of a text that no figure stands behind, or a name of a figure that there is not. */
export type Unbound = { readonly part: string; readonly text: string };

/**
 * The numbers of a text that cannot be signed: written ones that match no figure, and names without a value.
 * Persian is read with the rules that read anybody's account; in English every number and number word counts.
 */
export function unboundIn(
  text: Text,
  values: Values,
  telling: { say: Say; language: Language },
  knowledge: Knowledge,
): Unbound[] {
  return partsOf(text).flatMap(([part, written]) => {
    const unknown = placesIn(written)
      .filter(({ name }) => values[name] === undefined)
      .map(({ start, end }) => ({ part, text: written.slice(start, end) }));
    const pieces = piecesOf(written, values, telling);
    const loose =
      telling.language === 'fa'
        ? looseInPersian(pieces, values, knowledge)
        : looseInEnglish(pieces, values);
    return [...unknown, ...loose.map((found) => ({ part, text: found }))];
  });
}

type Pieces = ReturnType<typeof piecesOf>;

function looseInPersian(pieces: Pieces, values: Values, knowledge: Knowledge): string[] {
  const bound: [number, number][] = [];
  let at = 0;
  for (const { text, name } of pieces) {
    if (name !== undefined) bound.push([at, at + text.length]);
    at += text.length;
  }
  const { claims, facts } = readAccount(plainText(pieces), knowledge);
  return claims.flatMap(({ start, end, text }, index) => {
    if (bound.some(([from, to]) => start < to && end > from)) return [];
    const fact = facts[index];
    return fact && matches(fact, values) ? [] : [text];
  });
}

/** What is counted in what, as the words around a number say it. */
const classes: Readonly<Record<string, readonly string[]>> = {
  permits: ['permits_issued'],
  plans: ['plans_referred', 'plans_funded'],
  jobs: ['jobs_registered'],
  people: ['jobs_registered'],
  money: ['rial_paid'],
};

function matches(fact: Fact, values: Values): boolean {
  const kin = classes[fact.class] ?? [];
  // Without a hedge a number is meant to the last digit, however round it is written.
  const { low, high } =
    fact.hedge === 'exact' ? { low: fact.size, high: fact.size } : boundsOf(fact);
  return Object.entries(values).some(([name, value]) => {
    const [measure = '', part] = name.split('@');
    if (!kin.includes(measure) || (fact.agency !== undefined && part !== fact.agency)) return false;
    return Number(value) >= low && Number(value) <= high;
  });
}

const englishNumber =
  /\b\d[\d,.]*\d\b|\b\d\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|twice|double)\b/gi;

/** Days are written with their month: what stands beside a month's name is no number of the account. */
const englishDate =
  /\b\d{1,2} (?:Farvardin|Ordibehesht|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey|Bahman|Esfand) 1[34]\d{2}\b|\b1[34]\d{2}\b/g;

function looseInEnglish(pieces: Pieces, values: Values): string[] {
  const counts = new Set(
    Object.entries(values)
      .filter(([name]) => !isMoney(name))
      .map(([, value]) => value),
  );
  return pieces
    .filter(({ name }) => name === undefined)
    .flatMap(({ text }) => text.replace(englishDate, '').match(englishNumber) ?? [])
    .filter((found) => !counts.has(found.replaceAll(',', '')));
}

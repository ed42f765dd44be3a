import { searchKey } from '../kit/persian-text.ts';
import endings from './name-endings.json' with { type: 'json' };

/** Words that make a surname of the word before them; written apart, joined, or with a ZWNJ between. */
const endingKeys = endings.map(searchKey);
const isEnding = new Set(endingKeys);

/**
 * The words by which a person is found, with single spaces: as `searchKey` has them, but an ending of a
 * surname is joined to the word before it, so that all three spellings of one surname are one word.
 * (An ending that stood alone would also be the commonest word of all, and the dearest to look for.)
 */
export function nameKey(firstName: string, lastName: string): string {
  return [...joined(firstName), ...joined(lastName)].join(' ');
}

function joined(name: string): string[] {
  const words: string[] = [];
  for (const word of searchKey(name).split(' ').filter(Boolean)) {
    const before = words.pop();
    if (before !== undefined && isEnding.has(word)) words.push(before + word);
    else words.push(...(before === undefined ? [word] : [before, word]));
  }
  return words;
}

/**
 * What somebody typed of a name, as beginnings of words that a {@link nameKey} must all have: the text of a
 * PostgreSQL `tsquery`. A word that begins an ending may belong to the word before it, or be one of its own.
 */
export function nameQuery(typed: string): string {
  const words = searchKey(typed).split(' ').filter(Boolean);
  let ways: string[][] = [[]];
  for (const word of words) {
    const mayEnd = endingKeys.some((ending) => ending.startsWith(word));
    ways = ways.flatMap((way) => {
      const apart = [...way, word];
      const before = way.at(-1);
      if (!mayEnd || before === undefined || ways.length >= mostWays) return [apart];
      return [apart, [...way.slice(0, -1), before + word]];
    });
  }
  return ways.map((way) => `(${way.map(beginning).join(' & ')})`).join(' | ');
}

/** Nobody's name has more endings than this allows for; what somebody pastes might. */
const mostWays = 8;

function beginning(word: string): string {
  return `'${word.replaceAll(/['\\]/g, '$&$&')}':*`;
}

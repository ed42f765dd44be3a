import { compactKey } from '../../src/kit/persian-text.ts';
import type { Copy } from './copies.ts';

/** What a copy writes anew at one place of a row. */
type Place =
  | { readonly is: 'id'; readonly before: string; readonly high: number; readonly low: number }
  | { readonly is: 'own'; readonly id: string }
  | {
      readonly is: 'person';
      readonly what: 'nationalId' | 'first' | 'last' | 'key';
      readonly nth: number;
    }
  | { readonly is: 'permit'; readonly nth: number }
  | { readonly is: 'reference'; readonly text: string }
  | { readonly is: 'county' | 'countyName' | 'countyKey' | 'province' };

/** A text of the story with the places that differ from copy to copy. */
export type Pattern = readonly (string | Place)[];

/** What a bundle calls its people, permits and payments, and which ids are the province's own. */
export type Names = {
  readonly people: ReadonlyMap<string, number>;
  readonly permits: ReadonlyMap<string, number>;
  readonly references: ReadonlySet<string>;
  readonly own: ReadonlySet<string>;
  /** Names of the counties that addresses name, longest first. */
  readonly counties: readonly string[];
};

const found = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9]{9,}/g;

/** The same pattern with texts that follow one another as one. */
export function joined(pattern: Pattern): Pattern {
  const parts: (string | Place)[] = [];
  for (const part of pattern) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

/** A whole pattern that is one place. */
export const place = (one: Place): Pattern => [one];

/** Finds in a text what a copy has to write anew: ids, national IDs, permit numbers, references of payments. */
export function patternOf(text: string, names: Names): Pattern {
  const parts: (string | Place)[] = [];
  let at = 0;
  for (const match of text.matchAll(found)) {
    const one = placeOf(match[0], names);
    if (one === undefined) continue;
    parts.push(text.slice(at, match.index), one);
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== '');
}

function placeOf(text: string, names: Names): Place | undefined {
  if (text.length === 36 && text[8] === '-') {
    return names.own.has(text) ? { is: 'own', id: text } : idPlace(text);
  }
  const person = names.people.get(text);
  if (person !== undefined) return { is: 'person', what: 'nationalId', nth: person };
  const permit = names.permits.get(text);
  if (permit !== undefined) return { is: 'permit', nth: permit };
  return names.references.has(text) ? { is: 'reference', text } : undefined;
}

function idPlace(id: string): Place {
  const high = Number.parseInt(id.slice(24, 28), 16);
  const low = Number.parseInt(id.slice(28), 16);
  return { is: 'id', before: id.slice(0, 24), high, low };
}

/** An address: the name of its county is a place too, as it is written or as the key of it. */
export function addressPattern(
  text: string,
  names: Names,
  is: 'countyName' | 'countyKey',
): Pattern {
  const written = is === 'countyName' ? names.counties : names.counties.map(compactKey);
  const name = written.find((one) => text.includes(one));
  if (name === undefined) return [text];
  const [before = '', ...after] = text.split(name);
  return [before, ...after.flatMap((part) => [{ is }, part])].filter((part) => part !== '');
}

const hex4 = Array.from({ length: 0x1_0000 }, (_, n) => n.toString(16).padStart(4, '0'));

/** The last twelve digits of an id in a copy: no two copies make one id of two, nor two of one. */
function idText(before: string, high: number, low: number): string {
  return before + hex4[high & 0xffff] + hex4[low >>> 16] + hex4[low & 0xffff];
}

/** Writes a pattern as a copy has it. */
export function write(pattern: Pattern, copy: Copy): string {
  let text = '';
  for (const part of pattern) text += typeof part === 'string' ? part : writePlace(part, copy);
  return text;
}

function writePlace(part: Place, copy: Copy): string {
  switch (part.is) {
    case 'id':
      return idText(part.before, part.high ^ copy.high, (part.low ^ copy.low) >>> 0);
    case 'own':
      return copy.home.ownId(part.id);
    case 'person':
      return copy.home.person(copy.person + part.nth, part.what, copy.sexes[part.nth] ?? 'female');
    case 'permit':
      return copy.home.permitNumber(copy.permit + part.nth);
    case 'reference':
      return `${part.text}-${copy.serial.toString(36)}`;
    case 'county':
      return copy.county.id;
    case 'countyName':
      return copy.county.name;
    case 'countyKey':
      return copy.county.key;
    case 'province':
      return copy.home.provinceText;
  }
}

/** COPY's text form gives a meaning to these. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign);
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

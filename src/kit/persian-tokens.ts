import { type FoldedText, foldInPlace } from './persian-text.ts';

/** A word, a numeral or a sign of a text, with its place in the text as it was given. */
export type Token = {
  readonly kind: 'word' | 'number' | 'sign';
  /** Folded: words without ZWNJ, numerals in ASCII digits with their separators as written. */
  readonly key: string;
  /** JavaScript string offsets into the given text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Nothing stands between this token and the one before it. */
  readonly glued: boolean;
};

const ZWNJ = '\u200c';
/** Letters with ZWNJ inside; digits with separators inside; dots; any other sign; a line's end. */
const PIECE =
  /[\p{L}\p{M}]+(?:\u200c+[\p{L}\p{M}]+)*|\d{1,3}(?:\u00a0\d{3})+(?![\d.,/])|\d+(?:[.,\u066b\u066c\u060c/'\u2019]\d+)*|\.{2,}|\n|[^\s\p{L}\u200c]/gu;
/** A comma between digits groups thousands, or else stands in a list or for the decimal point. */
const THOUSANDS = /^\d{1,3}(?:[,\u060c]\d{3})+(?:[./\u066b]\d+)?$/;

/**
 * Cuts a Persian text into words, numerals and signs. A word in which the next one was swallowed, as newspapers
 * often have it («هزارو», «میلیاردتومان», «دویست‌وپنجاه»), is cut where `pieces` names every part of it and at
 * least one of them is in `cores`.
 */
export function tokenise(
  given: string,
  pieces: ReadonlySet<string>,
  cores: ReadonlySet<string>,
): Token[] {
  const folded = foldInPlace(given);
  const tokens: Token[] = [];
  let before = 0;
  for (const match of folded.text.matchAll(PIECE)) {
    const at = match.index;
    const glued = at === before && at > 0;
    before = at + match[0].length;
    const parts = partsOf(match[0], pieces, cores);
    let from = at;
    for (const [index, part] of parts.entries()) {
      const to = endOf(folded.text, from, part);
      if (part.key !== '') tokens.push(placed(folded, part, from, to, index > 0 || glued));
      from = to;
    }
  }
  return tokens;
}

type Part = { readonly kind: Token['kind']; readonly key: string; readonly length: number };

function placed(folded: FoldedText, part: Part, from: number, to: number, glued: boolean): Token {
  const start = folded.starts[from] ?? 0;
  const end = folded.ends[to - 1] ?? start;
  return { kind: part.kind, key: part.key, start, end, glued };
}

/** Where a part ends: its letters, with every ZWNJ among them. */
function endOf(text: string, from: number, part: Part): number {
  let letters = 0;
  let at = from;
  while (letters < part.length) {
    if (text[at] !== ZWNJ) letters += 1;
    at += 1;
  }
  return at;
}

function partsOf(raw: string, pieces: ReadonlySet<string>, cores: ReadonlySet<string>): Part[] {
  if (/^\d/.test(raw)) return numerals(raw);
  const key = raw.replaceAll(ZWNJ, '');
  if (!/^\p{L}/u.test(key)) {
    return [{ kind: 'sign', key: /^\.{3,}$/.test(key) ? '\u2026' : key, length: key.length }];
  }
  const cut = pieces.has(key) ? [key] : cutWord(key, pieces);
  const worth = cut?.some((piece) => cores.has(piece)) ?? false;
  return (worth && cut ? cut : [key]).map((piece) => ({
    kind: 'word',
    key: piece,
    length: piece.length,
  }));
}

/** Digits with commas that neither group thousands nor can be a decimal point are a list without spaces. */
function numerals(raw: string): Part[] {
  const one = (key: string): Part => ({ kind: 'number', key, length: key.length });
  const commas = raw.match(/[,\u060c]/g)?.length ?? 0;
  if (commas === 0 || THOUSANDS.test(raw)) return [one(raw)];
  if (commas === 1 && /^\d+[,\u060c]\d{1,2}$/.test(raw)) return [one(raw)];
  return raw
    .split(/([,\u060c])/)
    .map((key) => (/^\d/.test(key) ? one(key) : { kind: 'sign', key, length: 1 }));
}

/** The word as a row of pieces, the longest first; undefined where it is not one. */
function cutWord(word: string, pieces: ReadonlySet<string>): string[] | undefined {
  if (word.length > 40) return undefined;
  for (let length = word.length; length > 0; length -= 1) {
    const first = word.slice(0, length);
    if (!pieces.has(first)) continue;
    if (length === word.length) return [first];
    const rest = cutWord(word.slice(length), pieces);
    if (rest) return [first, ...rest];
  }
  return undefined;
}

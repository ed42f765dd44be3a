/** The two languages of the house. */
export type Locale = 'fa' | 'en';

/*
 * Letters are written as escapes: half of them look alike on a screen, and the other half would turn
 * the line around. Names follow the Unicode charts.
 */
const ASCII_ZERO = 0x30;
const PERSIAN_ZERO = 0x06f0;
const ZWNJ = '\u200c';

/** Arabic presentation forms, which old PDFs and fonts give in place of letters. FEFF is a BOM. */
const PRESENTATION_FORMS = /[\ufb50-\ufdff\ufe70-\ufefc]+/g;
/** Tatweel, ALM, LRM, RLM, embeddings, isolates, word joiner, BOM: nothing that carries meaning. */
const INVISIBLE = /[\u0640\u061c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** Stand-ins for ZWNJ that word processors leave: soft hyphen, zero-width space; and runs of them. */
const ZWNJ_LIKE = /[\u00ad\u200b\u200c]+/g;
/** A ZWNJ joins nothing at the edge of a word. */
const EDGE_ZWNJ = /\u200c*(\s|^|$)\u200c*/g;
/**
 * Text that is in stored form already, as nearly all text is: visible ASCII and plain Persian letters
 * and digits, single spaces between words. A quick look saves a dozen passes.
 */
const STORED =
  /^[!-~\u0621-\u0628\u062a-\u063a\u0641\u0642\u0644-\u0648\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9\u060c]+(?: [!-~\u0621-\u0628\u062a-\u063a\u0641\u0642\u0644-\u0648\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9\u060c]+)*$/;
const CONTROL = /(?!\n)\p{Cc}/gu;
const MARKS = /\p{M}/gu;
const GAPS = /[\s\u200c\u200d]+/g;

/** One Persian letter typed on an Arabic keyboard: the same word, so folded even in stored text. */
const KEYBOARD_LETTERS: Readonly<Record<string, string>> = {
  '\u064a': '\u06cc', // yeh
  '\u0649': '\u06cc', // alef maksura
  '\u0643': '\u06a9', // kaf
  '\u0629': '\u0647', // teh marbuta → heh
};

/** Further letters that are one for finding: what is left of hamza carriers, Kurdish and Azeri. */
const SEARCH_LETTERS: Readonly<Record<string, string>> = {
  ...KEYBOARD_LETTERS,
  '\u0671': '\u0627', // alef wasla
  '\u0672': '\u0627', // alef with wavy hamza above
  '\u0673': '\u0627', // alef with wavy hamza below
  '\u0621': '', // lone hamza, which half the writers leave out
  '\u06d5': '\u0647', // ae
  '\u06be': '\u0647', // heh doachashmee
  '\u06c1': '\u0647', // heh goal
  '\u06d2': '\u06cc', // yeh barree
  '\u06ce': '\u06cc', // yeh with small v (Kurdish)
  '\u06aa': '\u06a9', // swash kaf
  '\u06c6': '\u0648', // oe (Kurdish, Azeri)
  '\u06c7': '\u0648', // u (Azeri)
  '\u06cb': '\u0648', // ve
  '\u0695': '\u0631', // reh with small v below (Kurdish)
  '\u06b5': '\u0644', // lam with small v (Kurdish)
};

const KEYBOARD_PATTERN = lettersOf(KEYBOARD_LETTERS);
const SEARCH_PATTERN = lettersOf(SEARCH_LETTERS);

function lettersOf(table: Readonly<Record<string, string>>): RegExp {
  return new RegExp(`[${Object.keys(table).join('')}]`, 'g');
}

/** In all three blocks a digit's value is the low four bits of its code. */
function withZeroAt(zero: number, digit: string): string {
  return String.fromCharCode(zero + (digit.charCodeAt(0) & 0xf));
}

/** Persian (U+06F0…) and Arabic (U+0660…) digits become 0–9; everything else stays. */
export function toAsciiDigits(text: string): string {
  return text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => withZeroAt(ASCII_ZERO, digit));
}

/** ASCII and Arabic digits become Persian ones; everything else stays. */
export function toPersianDigits(text: string): string {
  return text.replace(/[0-9\u0660-\u0669]/g, (digit) => withZeroAt(PERSIAN_ZERO, digit));
}

/**
 * The form in which text that a person typed is stored: Persian yeh, kaf, heh and digits for Arabic
 * ones, no tatweel, no direction marks, no controls, single spaces (line breaks stay), ZWNJ only
 * inside a word. Keeps alef with madda or hamza, diacritics and ASCII digits. Idempotent.
 */
export function normaliseText(text: string): string {
  if (STORED.test(text)) return text;
  return text
    .toWellFormed()
    .replace(PRESENTATION_FORMS, (forms) => forms.normalize('NFKC'))
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(CONTROL, ' ')
    .replace(INVISIBLE, '')
    .replace(KEYBOARD_PATTERN, (letter) => KEYBOARD_LETTERS[letter] ?? letter)
    .replace(/[\u0660-\u0669]/g, toPersianDigits)
    .replace(ZWNJ_LIKE, ZWNJ)
    .replace(EDGE_ZWNJ, '$1')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
    .normalize('NFC');
}

/**
 * The form in which text is looked for: `normaliseText`, then all alefs one, hamza carriers and
 * Kurdish and Azeri letters folded to the Persian ones, diacritics gone, ZWNJ, line breaks and spaces
 * a single space, ASCII digits, lower case. For comparing only: never shown. Idempotent.
 */
export function searchKey(text: string): string {
  const folded = normaliseText(text)
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(SEARCH_PATTERN, (letter) => SEARCH_LETTERS[letter] ?? letter);
  return toAsciiDigits(folded).toLowerCase().replace(MARKS, '').replace(GAPS, ' ').trim();
}

/**
 * `searchKey` without its spaces: equal for a name whose ZWNJ or space was lost or added, the
 * commonest difference between two offices' spellings of one place.
 */
export function compactKey(text: string): string {
  return searchKey(text).replaceAll(' ', '');
}

/** Text folded as `searchKey` folds it, letter by letter, with the way back into the text as it was given. */
export type FoldedText = {
  readonly text: string;
  /** For each character of `text`: where the character it came from begins in the given text. */
  readonly starts: readonly number[];
  /** The same, where it ends (exclusive). JavaScript string offsets, both. */
  readonly ends: readonly number[];
};

/**
 * Folds letters and digits as `searchKey` does (one form of each letter, ASCII digits, no marks, lower
 * case), but keeps line breaks, ZWNJ and every space (one that does not break as U+00A0), and knows for each character where it stood.
 */
export function foldInPlace(given: string): FoldedText {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let at = 0;
  for (const letter of given) {
    const folded = foldLetter(letter);
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(at);
      ends.push(at + letter.length);
    }
    text += folded;
    at += letter.length;
  }
  return { text, starts, ends };
}

const foldedLetters = new Map<string, string>();

function foldLetter(letter: string): string {
  const known = foldedLetters.get(letter);
  if (known !== undefined) return known;
  const folded = foldAfresh(letter);
  // The scripts of the world are many; what people write in is a few hundred letters.
  if (foldedLetters.size < 2000) foldedLetters.set(letter, folded);
  return folded;
}

function foldAfresh(letter: string): string {
  if (/[\n\r\u2028\u2029]/.test(letter)) return letter === '\r' ? ' ' : '\n';
  // A space that does not break groups thousands; any other only parts words.
  if (/[\u00a0\u2009\u202f]/.test(letter)) return '\u00a0';
  if (/[\s\p{Cc}]/u.test(letter)) return ' ';
  if (/[\u00ad\u200b\u200c]/.test(letter)) return ZWNJ;
  if (letter === '\u2026') return letter;
  const bare = letter.toWellFormed().replace(INVISIBLE, '').normalize('NFKD').replace(MARKS, '');
  const plain = bare.replace(SEARCH_PATTERN, (one) => SEARCH_LETTERS[one] ?? one);
  return toAsciiDigits(plain).toLowerCase();
}

/**
 * Wraps a code, number or Latin name so that it keeps left-to-right order inside a Persian line
 * (U+2066 … U+2069, Unicode Annex 9). Direction marks already inside are dropped, so that what is
 * wrapped cannot turn the rest of the line around.
 */
export function isolateLtr(text: string): string {
  return `\u2066${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`;
}

/** Persian alphabetical order (vav before heh, peh after beh), with numbers inside text by value. */
export const persianCollator: Intl.Collator = new Intl.Collator('fa', { numeric: true });

const LONGEST_NUMBER = 64;
/** Groups of exactly three with one kind of separator, or no groups; then perhaps a fraction. */
const NUMBER =
  /^([+\-\u2212]?)(\d{1,3}(?:,\d{3})+|\d{1,3}(?:\u066c\d{3})+|\d{1,3}(?:\u060c\d{3})+|\d+)(?:[.\u066b/](\d+))?$/;

/**
 * Reads a numeral in Persian, Arabic or ASCII digits as an exact decimal: '-1234.5', without leading
 * or trailing zeros. Thousands: U+066C, ',' or U+060C. Decimals: U+066B, '.' or '/' (as Persian
 * handwriting has it, so '920/134' is 920.134). Anything else (words, misplaced separators,
 * more than 64 characters) gives undefined rather than a guess.
 */
export function parseNumber(text: string): string | undefined {
  if (text.length > LONGEST_NUMBER) return undefined;
  const match = NUMBER.exec(toAsciiDigits(text.replace(INVISIBLE, '')).trim());
  if (!match?.[2]) return undefined;
  const whole = match[2].replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  const size = fraction === '' ? whole : `${whole}.${fraction}`;
  const negative = match[1] !== '' && match[1] !== '+' && size !== '0';
  return negative ? `-${size}` : size;
}

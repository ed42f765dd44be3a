import { createTranslator } from 'use-intl/core';

export const languages = ['fa', 'en'] as const;
export type Language = (typeof languages)[number];

/** The words of all slices by slice name; assembled once, in `app.ts`. */
export type Words = Readonly<Record<Language, Readonly<Record<string, object>>>>;

/** Persian unless the request says English: by `lang`, by the cookie `lang`, or by Accept-Language. */
export function chooseLanguage(asked: {
  query?: unknown;
  cookie?: string | undefined;
  header?: string | undefined;
}): Language {
  for (const said of [asked.query, asked.cookie]) {
    if (said === 'fa' || said === 'en') return said;
  }
  const first = asked.header?.split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('en') ? 'en' : 'fa';
}

export type Say = (key: string, values?: Record<string, string | number | boolean>) => string;

/**
 * Says a message by its full key (`permits.problems.not_found.title`).
 * @throws Error for a key that has no words: a missing message is a defect, never shown as its key
 */
export function sayer(words: Words, language: Language): Say {
  const translate = createTranslator({
    locale: language,
    messages: words[language] as never,
    onError(error) {
      throw error;
    },
  }) as unknown as (key: string, values?: object) => string;
  const known = new Map<string, readonly string[] | undefined>();
  const piecesOf = (key: string) => {
    if (!known.has(key)) known.set(key, plainPieces(messageAt(words[language], key)));
    return known.get(key);
  };
  return (key, values) => {
    const pieces = piecesOf(key);
    return (pieces && filled(pieces, values ?? {})) ?? translate(key, values);
  };
}

function messageAt(words: object, key: string): unknown {
  return key.split('.').reduce<unknown>((part, name) => {
    return typeof part === 'object' && part !== null
      ? (part as Readonly<Record<string, unknown>>)[name]
      : undefined;
  }, words);
}

/**
 * A message whose places only take what is put in, in pieces: words and names of places in turn. Most are so, and
 * need none of what reads plurals and choices. Undefined for any other.
 */
function plainPieces(message: unknown): readonly string[] | undefined {
  if (typeof message !== 'string' || /['<>#]/.test(message)) return undefined;
  const pieces = message.split(/\{(\w+)\}/);
  return pieces.some((piece) => /[{}]/.test(piece)) ? undefined : pieces;
}

/** The pieces with their values; undefined where one is missing, or is neither text nor a number. */
function filled(
  pieces: readonly string[],
  values: Readonly<Record<string, string | number | boolean>>,
): string | undefined {
  let text = '';
  for (const [at, piece] of pieces.entries()) {
    const value = at % 2 === 0 ? piece : values[piece];
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    text += value;
  }
  return text;
}

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
  // Most of a page's words have nothing put into them: those are looked up once.
  const fixed = new Map<string, string>();
  const fixedText = (key: string) => {
    const text = translate(key);
    fixed.set(key, text);
    return text;
  };
  return (key, values) =>
    values === undefined ? (fixed.get(key) ?? fixedText(key)) : translate(key, values);
}

import { createTranslator } from 'use-intl/core';
import en from './en.ts';
import fa from './fa.ts';
import type { Lang } from './locale.tsx';
import { useLang } from './locale.tsx';
import type { SameWords } from './same-words.ts';

type Tree = { readonly [key: string]: string | Tree };

/**
 * Makes the hook that a slice's pages take their words from: `const useWords = wordsOf(fa, en)`, then
 * `const t = useWords()` and `t('case.holder', { name })`. Keys and arguments are typed by the Persian file,
 * and the words travel with the page that uses them, so the shell need not know any slice.
 */
export function wordsOf<const T extends Tree>(persian: T, english: SameWords<T>) {
  const make = (lang: Lang) =>
    createTranslator<T>({
      locale: lang,
      messages: (lang === 'fa' ? persian : english) as T,
      timeZone: 'Asia/Tehran',
    });
  const made: { [L in Lang]?: ReturnType<typeof make> } = {};
  // biome-ignore lint/correctness/noComponentHookFactories: called once for a module, so the hook is as lasting as it
  return function useWords() {
    const lang = useLang();
    made[lang] ??= make(lang);
    return made[lang];
  };
}

/** The shell's own words. */
export const useShellWords = wordsOf(fa, en);

import {
  createContext,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import type { Locale } from '../kit/persian-text.ts';

/** The two languages of the pages. Persian is first. */
export type Lang = Locale;

type LocaleValue = { readonly lang: Lang; readonly setLang: (lang: Lang) => void };

const LocaleContext = createContext<LocaleValue>({ lang: 'fa', setLang: () => {} });

/**
 * React Aria takes calendar, digits and the order of a date's parts from the locale. English keeps the Jalali
 * calendar; of its regions only Sweden writes year, month, day, as Jalali dates are written.
 */
const ariaLocale: Record<Lang, string> = {
  fa: 'fa-IR',
  en: 'en-SE-u-ca-persian-nu-latn',
};

/** A year: the language is a preference, not a session. */
const cookieAge = 31_536_000;

function firstLang(): Lang {
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked === 'fa' || asked === 'en') return asked;
  return /(?:^|; )lang=en(?:;|$)/.test(document.cookie) ? 'en' : 'fa';
}

/** Gives the pages their language and sets it on `<html>`; the choice is kept in the cookie the server reads. */
export function LocaleProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState(firstLang);
  useLayoutEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dir = lang === 'fa' ? 'rtl' : 'ltr';
    // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is missing from older phones
    document.cookie = `lang=${lang}; path=/; max-age=${cookieAge}; samesite=lax`;
  }, [lang]);
  const value = useMemo(() => ({ lang, setLang }), [lang]);
  return (
    <LocaleContext value={value}>
      <I18nProvider locale={ariaLocale[lang]}>{children}</I18nProvider>
    </LocaleContext>
  );
}

/** The present language. */
export function useLang(): Lang {
  return useContext(LocaleContext).lang;
}

/** The present language and the function that changes it. */
export function useLocaleSwitch(): LocaleValue {
  return useContext(LocaleContext);
}

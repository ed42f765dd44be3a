import en from './en.ts';
import fa from './fa.ts';

/** The words of the page that compares provinces. */
export const nationWords = { fa: { nation: fa }, en: { nation: en } };

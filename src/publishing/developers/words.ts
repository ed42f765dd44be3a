import en from './en.ts';
import fa from './fa.ts';

/** Words of the page for engineers of banks, by language. */
export const developerWords = { fa: { developers: fa }, en: { developers: en } };

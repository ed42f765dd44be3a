import en from './en.ts';
import fa from './fa.ts';

/** Words of the page of the record's roots, by language. */
export const rootWords = { fa: { roots: fa }, en: { roots: en } };

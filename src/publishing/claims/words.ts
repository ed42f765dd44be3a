import en from './en.ts';
import fa from './fa.ts';

/** Words of the page that takes a text apart, by language. */
export const claimWords = { fa: { claims: fa }, en: { claims: en } };

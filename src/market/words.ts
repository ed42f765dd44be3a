import en from './en.ts';
import fa from './fa.ts';

/** Words of the market, by language. */
export const marketWords = { fa: { market: fa }, en: { market: en } };

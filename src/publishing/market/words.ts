import en from './en.ts';
import fa from './fa.ts';

/** Words of the market's public pages, by language. */
export const shopWords = { fa: { shop: fa }, en: { shop: en } };

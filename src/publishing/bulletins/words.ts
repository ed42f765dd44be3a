import en from './en.ts';
import fa from './fa.ts';

/** Words of bulletins, by language. */
export const bulletinWords = { fa: { bulletins: fa }, en: { bulletins: en } };

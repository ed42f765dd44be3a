import en from './en.ts';
import fa from './fa.ts';

/** Words of the pages that tell how to apply, what for, and where the data are, by language. */
export const guideWords = { fa: { guides: fa }, en: { guides: en } };

import en from './en.ts';
import fa from './fa.ts';

/** Words of readers' comments, by language. */
export const commentWords = { fa: { comments: fa }, en: { comments: en } };

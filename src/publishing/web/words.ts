import { wordsOf } from '../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of the office's pages about bulletins. */
export const useBulletinWords = wordsOf(fa, en);

import { wordsOf } from '../../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of one's own account. */
export const useAccountWords = wordsOf(fa, en);

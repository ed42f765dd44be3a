import { wordsOf } from '../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of the pages about allocations and referral. */
export const useWords = wordsOf(fa, en);

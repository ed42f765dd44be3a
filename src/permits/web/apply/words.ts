import { wordsOf } from '../../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of the applicant's pages. */
export const useApplyWords = wordsOf(fa, en);

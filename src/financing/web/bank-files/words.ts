import { wordsOf } from '../../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of the pages of banks' files and of the books. */
export const useWords = wordsOf(fa, en);

import { wordsOf } from '../../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of the page about the nation. */
export const useNationWords = wordsOf(fa, en);

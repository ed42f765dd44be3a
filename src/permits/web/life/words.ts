import { wordsOf } from '../../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of a permit's versions and of its paper. */
export const useLifeWords = wordsOf(fa, en);

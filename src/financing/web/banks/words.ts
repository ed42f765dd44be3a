import { wordsOf } from '../../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of the page about banks' own systems and what borrowers say. */
export const useBankWords = wordsOf(fa, en);

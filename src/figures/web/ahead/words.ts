import { wordsOf } from '../../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of the page about plans, forecasts and anomalies. */
export const useAheadWords = wordsOf(fa, en);

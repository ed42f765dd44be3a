import { claimWords } from './claims/words.ts';
import { developerWords } from './developers/words.ts';
import { shopWords } from './market/words.ts';

/** Words of the public pages that have files of their own, by language. */
export const pageWords = {
  fa: { ...developerWords.fa, ...shopWords.fa, ...claimWords.fa },
  en: { ...developerWords.en, ...shopWords.en, ...claimWords.en },
};

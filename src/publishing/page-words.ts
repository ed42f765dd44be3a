import { bulletinWords } from './bulletins/words.ts';
import { claimWords } from './claims/words.ts';
import { commentWords } from './comments/words.ts';
import { developerWords } from './developers/words.ts';
import en from './en.ts';
import fa from './fa.ts';
import { guideWords } from './guides/words.ts';
import { shopWords } from './market/words.ts';
import { nationWords } from './nation/words.ts';
import { rootWords } from './roots/words.ts';

/** Words of this slice, and of its pages that have files of their own, by language. */
export const pageWords = {
  fa: {
    publishing: fa,
    ...developerWords.fa,
    ...guideWords.fa,
    ...shopWords.fa,
    ...claimWords.fa,
    ...rootWords.fa,
    ...nationWords.fa,
    ...bulletinWords.fa,
    ...commentWords.fa,
  },
  en: {
    publishing: en,
    ...developerWords.en,
    ...guideWords.en,
    ...shopWords.en,
    ...claimWords.en,
    ...rootWords.en,
    ...nationWords.en,
    ...bulletinWords.en,
    ...commentWords.en,
  },
};

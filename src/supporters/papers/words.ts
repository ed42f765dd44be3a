import en from './en.ts';
import fa from './fa.ts';

/** The words of supporters' papers, as the house knows them. */
export const supporterPaperWords = {
  fa: { supporterPapers: fa },
  en: { supporterPapers: en },
};

import en from './en.ts';
import fa from './fa.ts';
import papersEn from './papers/en.ts';
import papersFa from './papers/fa.ts';

/** The words of supporters and of their papers, as the house knows them. */
export const supporterWords = {
  fa: { supporters: fa, supporterPapers: papersFa },
  en: { supporters: en, supporterPapers: papersEn },
};

import en from './en.ts';
import fa from './fa.ts';

/** Words of the banks' API, by language and by the first part of its codes. */
export const bankApiWords = { fa: { banks: fa }, en: { banks: en } };

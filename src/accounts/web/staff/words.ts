import { useFormats } from '../../../web/format.ts';
import { wordsOf } from '../../../web/words.ts';
import englishServer from '../../en.ts';
import persianServer from '../../fa.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of the pages about accounts of staff. */
export const useStaffWords = wordsOf(fa, en);

const roles = { fa: persianServer.roles, en: englishServer.roles };

/** The name of a role, in the language of the page. */
export function useRoleName(): (role: string) => string {
  const { lang } = useFormats();
  return (role) => roles[lang][role as keyof typeof persianServer.roles] ?? role;
}

/** The key of a change's words: `accounts.open` is said as `verb.open`. */
export function verbWord(verb: string): `verb.${keyof typeof fa.verb}` {
  return `verb.${verb.replace('accounts.', '') as keyof typeof fa.verb}`;
}

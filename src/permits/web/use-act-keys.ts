import { useMemo } from 'react';
import { useKeys } from './use-keys.ts';

/** What each key decides: the first of its verbs that is open now. */
const keys = {
  /** Onward: sign, issue, renew. */
  KeyA: [
    'permits.sign',
    'permits.grant',
    'permits.signRenewal',
    'permits.renew',
    'permits.overturn',
  ],
  /** Back to the applicant. */
  KeyS: ['permits.returnForCorrection'],
  /** No: refuse, refuse to renew, uphold a refusal. */
  KeyD: ['permits.refuse', 'permits.refuseRenewal', 'permits.uphold'],
} as const;

/** Opens a decision by one key: with Enter in its question, a signature takes two keys. */
export function useActKeys<Verb extends string>(
  enabled: readonly Verb[],
  open: (verb: Verb) => void,
): void {
  const names = enabled.join(' ');
  const actions = useMemo(() => {
    const verbs = names.split(' ') as Verb[];
    return Object.fromEntries(
      Object.entries(keys).map(([key, wanted]) => {
        const verb = verbs.find((one) => (wanted as readonly string[]).includes(one));
        return [key, verb === undefined ? undefined : () => open(verb)];
      }),
    );
  }, [names, open]);
  useKeys(actions);
}

import { answer, api, withKey } from '../../web/api.ts';
import type { Values } from '../../web/form/Form.tsx';
import type { CaseVerb, LifeAct } from '../rules.ts';
import type { Case } from './case.ts';
import { decisionBody } from './decision/decision-body.ts';
import { isLifeAct, lifePaths, sendLifeAct } from './life/life-act.ts';

/** Where each verb is posted; the compiler holds the list against the server's own. */
const actPaths = {
  'permits.sign': '/api/permits/{code}/sign',
  'permits.grant': '/api/permits/{code}/grant',
  'permits.returnForCorrection': '/api/permits/{code}/return-for-correction',
  'permits.correct': '/api/permits/{code}/correct',
  'permits.refuse': '/api/permits/{code}/refuse',
  'permits.withdraw': '/api/permits/{code}/withdraw',
  'permits.askClearance': '/api/permits/{code}/ask-clearance',
  'permits.clear': '/api/permits/{code}/clear',
  'permits.denyClearance': '/api/permits/{code}/deny-clearance',
  'permits.object': '/api/permits/{code}/object',
  'permits.uphold': '/api/permits/{code}/uphold',
  'permits.overturn': '/api/permits/{code}/overturn',
  'permits.confirm': '/api/permits/{code}/confirm',
  'permits.revoke': '/api/permits/{code}/revoke',
  ...lifePaths,
  'permits.takeBack': '/api/permits/{code}/take-back',
} as const satisfies Record<CaseVerb | LifeAct | 'permits.takeBack', string>;

export type Verb = keyof typeof actPaths;

/** Verbs after which nothing is as before: their buttons are drawn with care. */
export const ending: readonly string[] = [
  'permits.refuse',
  'permits.denyClearance',
  'permits.uphold',
  'permits.suspend',
  'permits.refuseRenewal',
  'permits.revoke',
  'permits.end',
  'permits.withdraw',
  'permits.takeBack',
];
/** Verbs that must say why. */
export const needsReason: readonly string[] = [
  'permits.object',
  'permits.uphold',
  'permits.overturn',
  'permits.suspend',
  'permits.reinstate',
  'permits.refuseRenewal',
  'permits.end',
  'permits.revoke',
  'permits.takeBack',
];

/** Acts that ask nothing back: Enter is the answer. */
export const quick: readonly string[] = [
  'permits.sign',
  'permits.grant',
  'permits.signRenewal',
  'permits.renew',
];

const isVerb = (verb: string): verb is Verb => verb in actPaths;

/** The verb without its slice, as the pages' words name it. */
export const shortName = (verb: Verb): string => verb.replace('permits.', '');

/** An act of the case that this page can take. */
export type Act = Case['acts'][number] & { readonly verb: Verb };

/** The acts that this page knows how to take, of those that the server offers. */
export const actsOf = (it: Case): Act[] =>
  it.acts.flatMap((act) => (isVerb(act.verb) ? [{ ...act, verb: act.verb }] : []));

/** The acts that cannot be taken now, by the reason that is in the way. */
export function blockedActs(acts: readonly Act[]): [string, Verb[]][] {
  const byReason = new Map<string, Verb[]>();
  for (const { verb, enabled, why } of acts) {
    if (!enabled) byReason.set(why ?? '', [...(byReason.get(why ?? '') ?? []), verb]);
  }
  return [...byReason];
}

/** Takes the step; `opId` makes a second sending of the same intention harmless. */
export function takeStep(code: string, verb: Verb, values: Values, opId: string) {
  if (isLifeAct(verb)) return sendLifeAct(verb, code, values, opId);
  const sent = { params: { path: { code } }, headers: withKey(opId) };
  if (verb === 'permits.takeBack') {
    return answer(api.POST(actPaths[verb], { ...sent, body: { reason: values.reason ?? '' } }));
  }
  return answer(api.POST(actPaths[verb], { ...sent, body: decisionBody(values) }));
}

import type { Meaning } from '../../web/ui/Status.tsx';
import type { Case } from './case.ts';

/** The links of the programme's chain, from application to job. */
export type LinkName = 'application' | 'agency' | 'permit' | 'referral' | 'payment' | 'job';

/** One link: what it has come to, and since which day; nothing yet when it has no meaning. */
export type Link = { readonly name: LinkName; readonly meaning?: Meaning; readonly on?: string };

type Known = Pick<Case, 'kind' | 'state' | 'planState' | 'history'>;

const doneBy: Record<LinkName, readonly string[]> = {
  application: ['permits.submit', 'permits.enter'],
  agency: ['permits.sign', 'permits.enter'],
  permit: ['permits.grant', 'permits.enter'],
  referral: ['financing.refer'],
  payment: ['financing.pay'],
  job: ['employment.register'],
};

/** States in which a link is waited for, and states that ended it. */
const waits: { readonly [name in LinkName]?: readonly string[] } = {
  agency: ['submitted', 'needs_correction'],
  permit: ['agency_signed'],
};
const ends: { readonly [name in LinkName]?: readonly string[] } = {
  agency: ['refused', 'withdrawn'],
  permit: ['revoked'],
};
const planWaits = ['referred', 'file_opened', 'contracted'];
const planEnds = ['returned', 'refused', 'withdrawn'];

function meaningOf(name: LinkName, it: Known, done: boolean): Meaning | undefined {
  if (name === 'payment' && !done && it.planState !== null) {
    if (planWaits.includes(it.planState)) return 'waiting';
    if (planEnds.includes(it.planState)) return 'stopped';
  }
  if (ends[name]?.includes(it.state) && (name === 'permit' || !done)) return 'stopped';
  if (done) return 'done';
  return waits[name]?.includes(it.state) ? 'waiting' : undefined;
}

/** How far the case has come, link by link; a covered person is financed through their supporter. */
export function chainOf(it: Known): Link[] {
  const standing = it.history.filter((step) => !step.takenBack && !step.takesBack);
  const names = (Object.keys(doneBy) as LinkName[]).filter(
    (name) => it.kind !== 'covered' || (name !== 'referral' && name !== 'payment'),
  );
  return names.map((name) => {
    const step = standing.find(({ verb }) => doneBy[name].includes(verb));
    const meaning = meaningOf(name, it, step !== undefined);
    return {
      name,
      ...(meaning ? { meaning } : {}),
      ...(step && meaning === 'done' ? { on: step.happenedOn } : {}),
    };
  });
}

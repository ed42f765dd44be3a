import { addDays, isoDate, weekday } from '../src/kit/jalali.ts';
import type { CaseStory, Day, StoryEvent, Verb } from './case-story.ts';
import { WINDOW } from './plan-targets.ts';

/** At whose desk a step is recorded: an account of the cast, by role and organisation. */
export interface Desk {
  readonly role: 'expert' | 'officer' | 'director' | 'counter' | 'inspector';
  readonly organisationId: string;
}

/** One event of one case. */
export interface Entry {
  readonly story: CaseStory;
  readonly event: StoryEvent;
}

/** Steps of one verb recorded together at one desk, as a batch signature would be. */
export interface Batch {
  /** The day of recording: the last of the week's working days, on or after each step's own. */
  readonly day: Day;
  readonly verb: Verb;
  /** Undefined when applicants act for themselves. */
  readonly desk: Desk | undefined;
  readonly entries: readonly Entry[];
}

/** Verbs in the order of a case's life; only payments and jobs take turns. */
const LIFE: readonly Verb[] = [
  'permits.submit',
  'permits.askClearance',
  'permits.clear',
  'permits.denyClearance',
  'permits.returnForCorrection',
  'permits.correct',
  'permits.refuse',
  'permits.object',
  'permits.uphold',
  'permits.overturn',
  'permits.withdraw',
  'permits.sign',
  'permits.grant',
  'permits.expire',
  'permits.askRenewal',
  'permits.signRenewal',
  'permits.renew',
  'permits.changeAddress',
  'permits.suspend',
  'permits.reinstate',
  'permits.end',
  'permits.revoke',
  'financing.refer',
  'supervision.assign',
  'supervision.pass',
  'supervision.orderCorrection',
  'supervision.findDeviation',
  'financing.openFile',
  'financing.contract',
  'financing.returnPlan',
  'financing.refusePlan',
  'financing.withdrawPlan',
  'financing.pay',
  'financing.repay',
  'employment.register',
];
const THURSDAY = 5;

/** The Thursday of a day's week, or the last day of the window. */
function weekEnd(day: Day): Day {
  const thursday = addDays(day, THURSDAY - weekday(day));
  return thursday > WINDOW.to ? isoDate(WINDOW.to) : thursday;
}

/** The desk of those who make a visit to a case. */
export function visitorDesk(role: 'expert' | 'inspector', story: CaseStory): Desk {
  return { role, organisationId: role === 'expert' ? story.agencyId : 'DIRECTORATE' };
}

/** Nobody's desk where applicants or the clock act. What banks do they report, and the directorate enters it, as offices did in those years. */
function deskOf(event: StoryEvent, story: CaseStory): Desk | undefined {
  switch (event.verb) {
    case 'permits.submit':
      return event.atCounter ? { role: 'counter', organisationId: 'DIRECTORATE' } : undefined;
    case 'permits.correct':
    case 'permits.withdraw':
    case 'permits.object':
    case 'permits.askRenewal':
    case 'permits.expire':
      return undefined;
    case 'permits.clear':
    case 'permits.denyClearance':
      return { role: 'expert', organisationId: event.body };
    case 'supervision.pass':
    case 'supervision.orderCorrection':
    case 'supervision.findDeviation':
      return visitorDesk(event.by, story);
    case 'permits.sign':
    case 'permits.askClearance':
    case 'permits.returnForCorrection':
    case 'permits.refuse':
    case 'permits.signRenewal':
    case 'permits.changeAddress':
    case 'employment.register':
      return { role: 'expert', organisationId: story.agencyId };
    case 'permits.uphold':
    case 'permits.overturn':
    case 'permits.suspend':
    case 'permits.reinstate':
    case 'permits.revoke':
      return { role: 'director', organisationId: 'DIRECTORATE' };
    default:
      return { role: 'officer', organisationId: 'DIRECTORATE' };
  }
}

/**
 * The story as batches, week by week, in an order in which they can be carried out: no case takes a
 * later step before an earlier one.
 */
export function batchesOf(cases: readonly CaseStory[]): Batch[] {
  const batches = new Map<string, Batch & { entries: Entry[] }>();
  for (const story of cases) {
    let [round, place] = [0, 0];
    let before: Day | undefined;
    for (const event of story.events) {
      const [day, next] = [weekEnd(event.on), LIFE.indexOf(event.verb)];
      if (day !== before) round = 0;
      else if (next < place) round += 1;
      [before, place] = [day, next];
      const desk = deskOf(event, story);
      const order = `${round} ${String(place).padStart(2, '0')}`;
      const key = `${day} ${order} ${desk?.organisationId ?? ''} ${desk?.role ?? ''}`;
      const batch = batches.get(key) ?? { day, verb: event.verb, desk, entries: [] };
      batch.entries.push({ story, event });
      batches.set(key, batch);
    }
  }
  return [...batches].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, batch]) => batch);
}

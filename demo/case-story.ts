import type { IsoDate } from '../src/kit/jalali.ts';
import type { Rial } from '../src/kit/rial.ts';
import type { AgencyId, Fate } from './plan-targets.ts';

export type Day = IsoDate;

export type Kind = 'independent' | 'supporter' | 'covered';
export type Sex = 'female' | 'male';
export type Area = 'urban' | 'rural';
export type Relation = 'holder' | 'covered' | 'household';

/** An invented person. The national ID is valid by its digit and comes from a block of its own. */
export interface DemoPerson {
  readonly nationalId: string;
  readonly idKind: 'national';
  readonly firstName: string;
  readonly lastName: string;
  readonly fatherName: string;
  readonly birthOn: Day;
  readonly sex: Sex;
  /** Relatives at work have none. 0914 000 and four digits, a block that rings nowhere. */
  readonly mobile?: string;
  /** The same name in Latin letters, for the list of sign-ins. */
  readonly nameEn: string;
  /** Always there, so that no such person can be taken for a real one. */
  readonly demonstration: true;
}

export interface DemoHousehold {
  readonly countyId: number;
  readonly area: Area;
  readonly address: string;
}

/** A named member of a supporter's plan; `caseId` when the person holds a permit. */
export interface CoveredMember {
  readonly person: DemoPerson;
  readonly caseId?: string;
  readonly since: Day;
}

/** A visit that was made, and what was answered. */
interface Seen {
  readonly on: Day;
  readonly stage: 'before' | 'during' | 'after';
  readonly by: 'expert' | 'inspector';
  readonly answers: Readonly<Record<string, string | number>>;
}

/** One thing that happened, in the shape of the action that records it. */
export type StoryEvent =
  | {
      readonly verb: 'permits.submit';
      readonly on: Day;
      /** Filled in by the counter's clerk for somebody who came there. */
      readonly atCounter?: true;
    }
  | { readonly verb: 'permits.returnForCorrection'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'permits.correct'; readonly on: Day }
  | {
      readonly verb: 'permits.refuse';
      readonly on: Day;
      readonly reason: string;
      readonly conditionNumber: number;
    }
  | { readonly verb: 'permits.withdraw'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'permits.sign'; readonly on: Day }
  | { readonly verb: 'permits.grant'; readonly on: Day; readonly permitNumber: string }
  | { readonly verb: 'permits.revoke'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'permits.askClearance'; readonly on: Day }
  | {
      readonly verb: 'permits.clear';
      readonly on: Day;
      readonly body: string;
      readonly reference: string;
    }
  | {
      readonly verb: 'permits.denyClearance';
      readonly on: Day;
      readonly body: string;
      readonly reason: string;
      readonly conditionNumber: number;
    }
  | { readonly verb: 'permits.object'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'permits.uphold'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'permits.overturn'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'permits.suspend'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'permits.reinstate'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'permits.end'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'permits.expire'; readonly on: Day }
  | { readonly verb: 'permits.askRenewal'; readonly on: Day }
  | { readonly verb: 'permits.signRenewal'; readonly on: Day }
  | { readonly verb: 'permits.renew'; readonly on: Day }
  | {
      readonly verb: 'permits.changeAddress';
      readonly on: Day;
      readonly household: DemoHousehold;
    }
  | {
      readonly verb: 'financing.refer';
      readonly on: Day;
      readonly planId: string;
      readonly bankId: string;
      readonly branchId?: string;
      readonly creditLineId: string;
      readonly requestedRial: Rial;
      readonly people: number;
      readonly covered: readonly CoveredMember[];
    }
  | { readonly verb: 'financing.returnPlan'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'financing.openFile'; readonly on: Day }
  | { readonly verb: 'financing.contract'; readonly on: Day; readonly approvedRial: Rial }
  | { readonly verb: 'financing.refusePlan'; readonly on: Day; readonly reason: string }
  | { readonly verb: 'financing.withdrawPlan'; readonly on: Day; readonly reason: string }
  | {
      readonly verb: 'financing.pay';
      readonly on: Day;
      readonly trancheNumber: number;
      readonly amountRial: Rial;
      readonly bankReference: string;
    }
  | {
      readonly verb: 'financing.repay';
      readonly on: Day;
      readonly amountRial: Rial;
      readonly bankReference: string;
    }
  | {
      readonly verb: 'supervision.assign';
      readonly on: Day;
      readonly stage: 'before' | 'during' | 'after';
      /** Whose desk it goes to: that of the case's agency, or the province's inspector. */
      readonly to: 'expert' | 'inspector';
      /** Of a visit on the spot, the day by which it is to be made; the weakest channel will do else. */
      readonly inFieldBy?: Day;
    }
  | (Seen & { readonly verb: 'supervision.pass' })
  | (Seen & { readonly verb: 'supervision.orderCorrection'; readonly note: string })
  | (Seen & {
      readonly verb: 'supervision.findDeviation';
      readonly note: string;
      readonly deviation: 'closed' | 'moved' | 'used_otherwise';
    })
  | {
      readonly verb: 'employment.register';
      /** The day the job took effect, which is the day it started: a register knows no other. */
      readonly on: Day;
      readonly person: DemoPerson;
      readonly relation: Relation;
      readonly startedOn: Day;
    };

export type Verb = StoryEvent['verb'];

/** Where a permit's later life has brought it by the end of the window. */
export type LifeStage = 'suspended' | 'expired' | 'renewal_asked' | 'renewal_signed' | 'ended';

/** One case from the form to the jobs: its events in the order in which they happened. */
export interface CaseStory {
  readonly caseId: string;
  readonly kind: Kind;
  readonly person: DemoPerson;
  readonly household: DemoHousehold;
  readonly occupationId: string;
  readonly agencyId: AgencyId;
  readonly fate: Fate;
  /** Where the permit's later life has brought it; absent while it is simply valid, or there is none. */
  readonly stage?: LifeStage;
  readonly events: readonly StoryEvent[];
}

/** The events of one verb. */
export type EventOf<V extends Verb> = Extract<StoryEvent, { verb: V }>;

/** The first event of a verb in a case, or undefined. */
export function findEvent<V extends Verb>(story: CaseStory, verb: V): EventOf<V> | undefined {
  return story.events.find((event): event is EventOf<V> => event.verb === verb);
}

/** All events of a verb in a case. */
export function eventsOf<V extends Verb>(story: CaseStory, verb: V): EventOf<V>[] {
  return story.events.filter((event): event is EventOf<V> => event.verb === verb);
}

import { Problem } from '../kit/problem.ts';
import { defineSteps } from '../kit/steps.ts';

/** When a plan is looked at: before money, between tranches, after it. */
export const stages = ['before', 'during', 'after'] as const;
export type Stage = (typeof stages)[number];

/** How it is looked at, the weakest first: another axis than the stage (High Employment Council's levels). */
export const channels = ['sms', 'phone', 'field'] as const;
export type Channel = (typeof channels)[number];

export const deviations = ['used_otherwise', 'closed', 'moved', 'never_started'] as const;
export type Deviation = (typeof deviations)[number];

export const visitStates = [
  'planned',
  'assigned',
  'passed',
  'to_correct',
  'deviation',
  'cancelled',
  'void',
] as const;
export type VisitState = (typeof visitStates)[number];

/** States of a visit that somebody has still to make. */
export const openVisitStates: readonly VisitState[] = ['planned', 'assigned'];

/** The state table of a visit. Planned with somebody's name on it, it is assigned from the start. */
export const visitSteps = defineSteps(visitStates, {
  'supervision.plan': { from: [null], to: 'planned' },
  'supervision.assign': { from: [null, 'planned', 'assigned'], to: 'assigned' },
  'supervision.pass': { from: ['assigned'], to: 'passed' },
  'supervision.orderCorrection': { from: ['assigned'], to: 'to_correct' },
  'supervision.findDeviation': { from: ['assigned'], to: 'deviation' },
  'supervision.cancel': { from: ['planned', 'assigned'], to: 'cancelled' },
});
export type VisitVerb = keyof typeof visitSteps.steps;

/** What a visit can come to. */
export const outcomeVerbs = [
  'supervision.pass',
  'supervision.orderCorrection',
  'supervision.findDeviation',
] as const satisfies readonly VisitVerb[];
export type OutcomeVerb = (typeof outcomeVerbs)[number];

/** A plan as far as supervision asks about it. */
export type SupervisedPlan = {
  readonly state: string;
  /** Tranches that were paid. */
  readonly tranches: number;
  readonly paidRial: bigint;
  /** What the bank approved, or what was asked for. */
  readonly limitRial: bigint;
  readonly loanEnded: boolean;
};

const withBank: readonly string[] = ['referred', 'file_opened', 'contracted', 'paying'];

/** Whether a stage has come for a plan: "before" ends with the first payment, the others begin with it. */
export function stageIsDue(stage: Stage, plan: SupervisedPlan): boolean {
  if (!withBank.includes(plan.state)) return false;
  if (stage === 'before') return plan.tranches === 0;
  if (stage === 'after') return plan.tranches > 0;
  return plan.tranches > 0 && plan.paidRial < plan.limitRial && !plan.loanEnded;
}

/** The tranche that a visit of a stage looks forward to; null for "after", which frees no money. */
export function trancheAhead(stage: Stage, plan: { tranches: number }): number | null {
  return stage === 'after' ? null : plan.tranches + 1;
}

/** The stage whose visit the next tranche of a plan waits for. */
export function stageOfNext(plan: { tranches: number }): 'before' | 'during' {
  return plan.tranches === 0 ? 'before' : 'during';
}

/** What decides how strong a channel has to be, read from dated settings. */
export type ChannelRule = {
  /** The weakest that will do for the stage. */
  readonly least: Channel;
  /** From this sum on, somebody goes there; rial. */
  readonly fieldFromRial: bigint;
  /** Occupations that are always seen on the spot. */
  readonly fieldOccupations: readonly string[];
};

/** The weakest channel that will do for a plan in a stage. "After" is not tightened by the sum. */
export function leastChannel(
  stage: Stage,
  rule: ChannelRule,
  plan: { limitRial: bigint; occupationId: string },
): Channel {
  if (rule.fieldOccupations.includes(plan.occupationId)) return 'field';
  return stage !== 'after' && plan.limitRial >= rule.fieldFromRial ? 'field' : rule.least;
}

/**
 * Whether a stage may be looked at by a channel now.
 * @throws Problem `supervision.stage_not_due`, `supervision.channel_too_weak` (422)
 */
export function checkPlanning(
  visit: { stage: Stage; channel: Channel },
  plan: SupervisedPlan,
  least: Channel,
): void {
  if (!stageIsDue(visit.stage, plan)) {
    throw new Problem('supervision.stage_not_due', { state: plan.state });
  }
  if (channels.indexOf(visit.channel) < channels.indexOf(least)) {
    throw new Problem('supervision.channel_too_weak', { given: visit.channel, least });
  }
}

/**
 * Whether the day of a visit can be: not to come, and not before what the stage comes after.
 * @param since the last payment for the later stages, else the referral; ISO
 * @throws Problem `supervision.wrong_day` (422)
 */
export function checkVisitedOn(visitedOn: string, since: string, today: string): void {
  if (visitedOn > today || visitedOn < since) {
    throw new Problem('supervision.wrong_day', { given: visitedOn, since });
  }
}

/** Whether an outcome opens the gate of the tranche ahead; an order to correct does where the setting says so. */
export function opensGate(verb: OutcomeVerb, orderOpensGate: boolean): boolean {
  return verb === 'supervision.pass' || (verb === 'supervision.orderCorrection' && orderOpensGate);
}

/**
 * Whether two people stand behind an override.
 * @throws Problem `supervision.two_people` (409)
 */
export function checkTwoPeople(askedBy: string, decidedBy: string | null): void {
  if (decidedBy === null || askedBy === decidedBy) throw new Problem('supervision.two_people');
}

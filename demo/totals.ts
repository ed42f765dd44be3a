import type { CaseStory, StoryEvent } from './case-story.ts';

/** What a story adds up to: the measures that the figures page will give for the same window. */
export interface StoryTotals {
  readonly applicationsSubmitted: number;
  readonly permitsIssued: number;
  readonly applicationsRefused: number;
  readonly plansReferred: number;
  readonly plansReturned: number;
  readonly plansFunded: number;
  readonly tranchesPaid: number;
  readonly rialRequested: bigint;
  readonly rialPaid: bigint;
  readonly jobsExpected: number;
  readonly jobsRegistered: number;
}

/** Counts events straight from the cases, without the product's own arithmetic. */
export function totalsOf(cases: readonly CaseStory[]): StoryTotals {
  const events = cases.flatMap((story) => story.events);
  const count = (fits: (event: StoryEvent) => boolean) => events.filter(fits).length;
  const verb = (name: StoryEvent['verb']) => count((event) => event.verb === name);
  const referrals = events.filter((event) => event.verb === 'financing.refer');
  const payments = events.filter((event) => event.verb === 'financing.pay');
  return {
    applicationsSubmitted: verb('permits.submit'),
    permitsIssued: verb('permits.grant'),
    applicationsRefused: verb('permits.refuse'),
    plansReferred: referrals.length,
    plansReturned: verb('financing.returnPlan'),
    plansFunded: payments.filter((payment) => payment.trancheNumber === 1).length,
    tranchesPaid: payments.length,
    rialRequested: referrals.reduce((sum, referral) => sum + referral.requestedRial, 0n),
    rialPaid: payments.reduce((sum, payment) => sum + payment.amountRial, 0n),
    jobsExpected: referrals.reduce((sum, referral) => sum + referral.people, 0),
    jobsRegistered: verb('employment.register'),
  };
}

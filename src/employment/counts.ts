import type { Count, Measure } from '../platform/counts.ts';

/** A job that does not count was none of these. */
const counted = ['registered', 'verified', 'disputed', 'alive'] as const;

/**
 * A job counts one person, at each stage for itself. What is promised at the referral is counted by
 * financing; what is promised later, when more people are at work, here.
 */
export const employmentCounts: readonly Count[] = [
  { measure: 'jobs_expected', verb: 'employment.raisePromise', add: 'people' },
  { measure: 'jobs_expected_later', verb: 'employment.raisePromise', add: 'people' },
  { measure: 'jobs_registered', verb: 'employment.register', add: 'people' },
  { measure: 'jobs_uncounted', verb: 'employment.registerUncounted', add: 'people' },
  { measure: 'jobs_verified', verb: 'employment.verify', add: 'people' },
  { measure: 'jobs_alive', verb: 'employment.confirmAlive', add: 'people' },
  { measure: 'jobs_ended', verb: 'employment.end', from: counted, add: 'people' },
  { measure: 'jobs_rechecked', verb: 'employment.agree', add: 'people' },
  { measure: 'jobs_rechecked', verb: 'employment.disagree', add: 'people' },
  { measure: 'jobs_disagreed', verb: 'employment.disagree', add: 'people' },
];

export const employmentMeasures: readonly Measure[] = [
  { name: 'jobs_expected_later', unit: 'people' },
  { name: 'jobs_registered', unit: 'people' },
  { name: 'jobs_verified', unit: 'people' },
  { name: 'jobs_alive', unit: 'people' },
  { name: 'jobs_ended', unit: 'people' },
  { name: 'jobs_uncounted', unit: 'people' },
  { name: 'jobs_rechecked', unit: 'people' },
  { name: 'jobs_disagreed', unit: 'people' },
];

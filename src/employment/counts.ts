import type { Count, Measure } from '../platform/counts.ts';

/** A job counts one person; promised jobs are counted by financing, at the referral. */
export const employmentCounts: readonly Count[] = [
  { measure: 'jobs_registered', verb: 'employment.register', add: 'people' },
];

export const employmentMeasures: readonly Measure[] = [{ name: 'jobs_registered', unit: 'people' }];

import { supporterConstraints, supporterProblems } from './contract.ts';
import { supporterJobs } from './jobs.ts';
import { supporterPermissions } from './policy.ts';
import { supporterWords } from './words.ts';

/** What the house is told of supporters once: words, problems, constraints, permissions, background work. */
export const supporterParts = {
  words: supporterWords,
  problems: supporterProblems,
  constraints: supporterConstraints,
  permissions: supporterPermissions,
  jobs: supporterJobs,
};

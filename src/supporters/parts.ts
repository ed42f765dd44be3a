import type { Say } from '../platform/language.ts';
import { supporterConstraints, supporterProblems } from './contract.ts';
import { supporterJobs } from './jobs.ts';
import { supporterPaperRoutes } from './papers/paper-routes.ts';
import { supporterPermissions } from './policy.ts';
import { supporterRoutes } from './routes.ts';
import { supporterWords } from './words.ts';

/** What the house is told of supporters once: words, problems, constraints, permissions, background work, routes. */
export const supporterParts = {
  words: supporterWords,
  problems: supporterProblems,
  constraints: supporterConstraints,
  permissions: supporterPermissions,
  jobs: supporterJobs,
  /** Papers are Persian, so they need a Persian sayer. */
  routes: (say: Say) => [...supporterRoutes, ...supporterPaperRoutes(say)],
};

export {
  type JobsHeld,
  type JudgedJob,
  judgeJob,
  registerJobs,
  writeJobs,
} from './actions.ts';
export { employmentChecks } from './checks.ts';
export { employmentConstraints, employmentProblems } from './contract.ts';
export { employmentCounts, employmentMeasures } from './counts.ts';
export { employmentPermissions } from './policy.ts';
export { findRunningJobs } from './queries.ts';
export { employmentRoutes } from './routes.ts';

export { takeBackJob } from './take-back.ts';

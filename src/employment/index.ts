export {
  type JobsHeld,
  type JudgedJob,
  judgeJob,
  type RegisterInput,
  registerJobs,
  writeJobs,
} from './actions.ts';
export { employmentChecks } from './checks.ts';
export { employmentConstraints, employmentProblems } from './contract.ts';
export { employmentCounts, employmentMeasures } from './counts.ts';
export { employmentPermissions } from './policy.ts';
export { findRunningJobs, type KnownJob } from './queries.ts';
export { employmentRoutes } from './routes.ts';
export { jobSteps, type Relation } from './rules.ts';
export { takeBackJob } from './take-back.ts';

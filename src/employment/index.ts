export {
  holdJobs,
  type JobsHeld,
  type JudgedJob,
  judgeJob,
  registerJobs,
  writeJobs,
} from './actions.ts';
export { employmentChecks } from './checks.ts';
export { employmentConstraints, employmentProblems } from './contract.ts';
export { employmentCounts, employmentMeasures } from './counts.ts';
export { writeEvidence } from './evidence.ts';
export { confirmAlive, endJobs, verifyJobs } from './moves.ts';
export { employmentPermissions } from './policy.ts';
export { drawRechecks, recheckJobs } from './rechecks.ts';
export { employmentRoutes } from './routes.ts';
export { takeBackJob } from './take-back.ts';
export { employmentJobs } from './watch-jobs.ts';

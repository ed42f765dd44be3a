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
export { confirmAlive, disputeJobs, endJobs, verifyJobs } from './moves.ts';
export { employmentPermissions } from './policy.ts';
export { drawRechecks, recheckJobs } from './rechecks.ts';
export { employmentRoutes } from './routes.ts';
export { takeBackJob, takeBackJobStep } from './take-back.ts';
export { employmentJobs, watchJobs } from './watch-jobs.ts';

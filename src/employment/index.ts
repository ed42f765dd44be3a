export { type RegisterInput, registerJobs } from './actions.ts';
export { employmentChecks } from './checks.ts';
export { employmentConstraints, employmentProblems } from './contract.ts';
export { employmentCounts, employmentMeasures } from './counts.ts';
export { employmentPermissions } from './policy.ts';
export { employmentRoutes } from './routes.ts';
export { jobSteps, type Relation } from './rules.ts';
export { takeBackJob } from './take-back.ts';

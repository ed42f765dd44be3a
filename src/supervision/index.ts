export { keepChecklist, newestChecklists } from './checklists.ts';
export { supervisionChecks } from './checks.ts';
export { supervisionConstraints, supervisionProblems } from './contract.ts';
export { fieldRoutes } from './field/routes.ts';
export { planVisits } from './plan-visits.ts';
export { supervisionPermissions } from './policy.ts';
export { recordVisits } from './record-visits.ts';
export { supervisionRoutes } from './routes.ts';
export { supervisionJobs, watchVisits } from './watch-visits.ts';

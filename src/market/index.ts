export { bazaarRoutes } from './bazaars/routes.ts';
export { marketChecks } from './checks.ts';
export { marketConstraints, marketProblems } from './contract.ts';
export { marketCounts, marketMeasures } from './counts.ts';
export { marketPermissions } from './policy.ts';
export { materialRoutes } from './materials/routes.ts';
export { materialJobs } from './materials/watch.ts';
export { marketRoutes } from './routes.ts';

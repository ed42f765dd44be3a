export { marketChecks } from './checks.ts';
export { marketConstraints, marketProblems } from './contract.ts';
export { marketCounts, marketMeasures } from './counts.ts';
export { marketPermissions } from './policy.ts';
export { marketRoutes } from './routes.ts';

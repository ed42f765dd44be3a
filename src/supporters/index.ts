export { type CoverInput, coverPeople } from './actions.ts';
export { supporterConstraints, supporterProblems } from './contract.ts';
export { supporterRoutes } from './routes.ts';

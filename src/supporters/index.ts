export {
  type CoverInput,
  coverPeople,
  findMembers,
  memberKey,
  writeMembers,
} from './actions.ts';
export { supporterConstraints, supporterProblems } from './contract.ts';
export { supporterRoutes } from './routes.ts';

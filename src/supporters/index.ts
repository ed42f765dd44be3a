export {
  type CoverInput,
  coverPeople,
  findMembers,
  memberKey,
  writeMembers,
} from './actions.ts';
export { addTradeRecords, applyAsSupporter, assessSupporter } from './apply.ts';
export { supporterChecks } from './checks.ts';
export { supporterConstraints, supporterProblems } from './contract.ts';
export { answerOffer, offerContract } from './contracts.ts';
export { supporterCounts, supporterMeasures } from './counts.ts';
export { nameUnderPlans } from './cover-members.ts';
export { supportersInDefault } from './default.ts';
export { addProduct, giveOrder, keepMaterial, recordTraining } from './goods-book.ts';
export { closeMonths, supporterJobs } from './jobs.ts';
export { enterLedger } from './ledger/enter.ts';
export type { EntryInput } from './ledger/judge-entries.ts';
export { supporterPaperRoutes } from './paper-routes.ts';
export { supporterPermissions } from './policy.ts';
export { supporterRoutes } from './routes.ts';

export {
  type CoverInput,
  coverPeople,
  findMembers,
  memberKey,
  writeMembers,
} from './actions.ts';
export { addTradeRecords, assessSupporter } from './apply.ts';
export { supporterChecks } from './checks.ts';
export { doClusterStep, joinCluster, openCluster } from './clusters.ts';
export { answerOffer, offerContract } from './contracts.ts';
export { supporterCounts, supporterMeasures } from './counts.ts';
export { nameUnderPlans } from './cover-members.ts';
export { declareDefault, statesOfSupporters, supportersInDefault } from './default.ts';
export { addProduct, giveOrder, keepMaterial, recordTraining } from './goods-book.ts';
export { closeMonths } from './jobs.ts';
export { enterLedger } from './ledger/enter.ts';
export type { EntryInput } from './ledger/judge-entries.ts';
export { enterContracts } from './paper-contracts.ts';
export { supporterPaperRoutes } from './papers/paper-routes.ts';
export { supporterParts } from './parts.ts';
export { grainsOf, toGrains, type Unit } from './quantity-rules.ts';
export { answerReceipt, payPeople } from './receipts.ts';
export { supporterRoutes } from './routes.ts';

export { referPlans, takePlanStep, writeReferrals } from './actions.ts';
export { openRooms, type Rooms } from './allocations/rooms.ts';
export { allocationRoutes } from './allocations/routes.ts';
export { openAllocation, type ShareInput, setShares } from './allocations/split.ts';
export { bankApiProblems } from './bank-api/contract.ts';
export { tellBankOfPermit } from './bank-api/events.ts';
export { bankApiRoutes } from './bank-api/routes.ts';
export { resealWebhooks } from './bank-api/webhooks.ts';
export { bankApiWords } from './bank-api/words.ts';
export { bookLines } from './bank-files/book-lines.ts';
export { orderPayments } from './bank-files/orders.ts';
export { bankFileRoutes } from './bank-files/routes.ts';
export { readBankFile, sendBankFile } from './bank-files/take-file.ts';
export { financingChecks } from './checks.ts';
export { committeeRoutes } from './committee/routes.ts';
export { financingConstraints, financingProblems } from './contract.ts';
export { financingCounts, financingMeasures } from './counts.ts';
export { barPerson } from './eligibility/bars.ts';
export {
  closeGates,
  type Release,
  releaseTranches,
  withdrawPasses,
} from './gate/passes.ts';
export { financingJobs } from './jobs.ts';
export { type JudgedReferral, judgeReferral } from './judge-referral.ts';
export {
  findPaymentsHeld,
  findPlansForUpdate,
  type KnownPlan,
  type PaymentsHeld,
  planRow,
} from './known-plans.ts';
export { closeDay } from './ledger/close.ts';
export { closeProvinces } from './ledger/jobs.ts';
export {
  recallLoan,
  recordDeath,
  repayLoans,
  rescheduleLoans,
  settleLoans,
} from './loans/actions.ts';
export { replay } from './loans/schedule.ts';
export {
  type JudgedPayment,
  judgePayment,
  paidPlan,
  recordPayments,
  writePayments,
} from './payments.ts';
export { bankApiPermissions, financingPermissions } from './policy.ts';
export {
  findPlans,
  getPlansForUpdate,
  isPayable,
  leftRial,
  loanEnded,
  type PlanRow,
  tranchesPaid,
} from './queries.ts';
export { financingRoutes } from './routes.ts';

export { takeBackPlanStep } from './take-back.ts';

export { takeStep } from './actions.ts';
export { visibleCase } from './allow-act.ts';
export { applicationRoutes } from './application-routes.ts';
export { searchOccupations } from './applications.ts';
export { caseKey, idIn, signedIn } from './case-key.ts';
export { type PermitChange, type PermitSubscriber, permitChangeJobs } from './changes.ts';
export { permitChecks } from './checks.ts';
export { answerClearances, askClearances } from './clearances.ts';
export {
  CodeAnswer,
  CodeParams,
  permitConstraints,
  permitProblems,
  TakeBackBody,
} from './contract.ts';
export { permitCounts, permitMeasures } from './counts.ts';
export { inspectContent } from './document-content.ts';
export { documentJobs } from './documents.ts';
export { countFlow } from './flow.ts';
export { flowBranch, flowBranchNames } from './flow-rules.ts';
export { type JudgedOpening, judgeOpening, type OpeningsHeld } from './judge-opening.ts';
export { CaseBook, findCases, type KnownCase } from './known-cases.ts';
export { takeLifeStep } from './life.ts';
export { contactFor, maskedIban, maskedId } from './masks.ts';
export { sayings } from './occupation-finder.ts';
export { enterPermits, followOpenings, submitCases, writeOpenings } from './open-cases.ts';
export { openCase, recordOpening, recordOpenings } from './openings.ts';
export { paperRoutes } from './paper-route.ts';
export { paperPdf } from './permit-pdf.ts';
export { permitPermissions, visibleTo as visibleCases } from './policy.ts';
export {
  type CaseRow,
  clearPlans,
  getCasesForUpdate,
  linkPlans,
  type PlanLink,
} from './queries.ts';
export { queueRoutes } from './queue-routes.ts';
export { countReferable, type ReferableCount } from './referable.ts';
export { describeOccupation } from './requirements.ts';
export { permitRoutes } from './routes.ts';
export { type LifeVerb, lifeVerbs, mayBeReferred } from './rules.ts';
export { showPlaces } from './show-place.ts';
export { type TakeBackInput, takeBackPermitStep } from './take-back.ts';
export { setHolders } from './turns.ts';
export { validityJobs, watchValidity } from './validity.ts';
export { deadlineJobs, watchDeadlines } from './watch-deadlines.ts';

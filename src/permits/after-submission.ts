import type { Reference } from '../accounts/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { decideByGrade } from './grades.ts';
import { tellApplicants } from './tell.ts';

/**
 * What follows at once when somebody has applied: the grade of the occupation decides, if the
 * application is complete and eligible, and the applicant hears of it. Registers and the demonstration
 * tell what happened long ago, so nothing follows from them: they don't call this.
 * @param complete the documents are there and the conditions are met, as whoever calls has seen
 */
export async function afterSubmission(
  tx: Tx,
  act: Act,
  reference: Reference,
  caseIds: readonly string[],
  complete: boolean,
): Promise<void> {
  const inputs = caseIds.map((caseId) => ({ caseId, happenedOn: act.today }));
  const decided = await decideByGrade(tx, act, reference, complete ? inputs : []);
  const waiting = caseIds.filter((id) => !decided.has(id));
  await tellApplicants(tx, act, reference, 'permits.submit', waiting);
  for (const [id, verb] of decided) await tellApplicants(tx, act, reference, verb, [id]);
}

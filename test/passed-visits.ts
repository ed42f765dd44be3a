import { randomUUID } from 'node:crypto';
import { insertAccount, type Reference } from '../src/accounts/index.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { planVisits, recordVisits } from '../src/supervision/index.ts';

/** Answers with which a visit by phone passes, by stage. */
export const passingAnswers = {
  before: { place_exists: 'yes', skill: 'yes', needs: 'چرخ خیاطی', neighbours: 'no' },
  during: { bought: 'yes', bought_what: 'چرخ خیاطی', started: 'yes', workers: 2 },
  after: { works: 'yes', workers: 2 },
} as const;

/** Somebody of the directorate who makes visits. */
export function visitor(tx: Tx, { provinceId, now }: Omit<Act, 'opId'>): Promise<string> {
  const account = {
    ...{ provinceId, username: `visitor ${randomUUID()}`, passwordHash: null, personId: null },
    ...{ nameFa: 'ناظر آزمون', nameEn: 'Test Inspector', role: 'inspector' as const },
  };
  return insertAccount(tx, { ...account, organisationId: 'DIRECTORATE', demonstration: true }, now);
}

/** Visits the plans of cases by phone, all in order, so that their next tranche can be ordered. */
export async function passVisits(
  tx: Tx,
  who: Omit<Act, 'opId'>,
  reference: Reference,
  stage: keyof typeof passingAnswers,
  caseIds: readonly string[],
): Promise<void> {
  const assigneeId = await visitor(tx, who);
  const visitedOn = who.today;
  const inputs = caseIds.map((caseId) => ({ caseId, stage, assigneeId, happenedOn: visitedOn }));
  const act = () => ({ ...who, actorId: assigneeId, opId: randomUUID() });
  const visits = await planVisits(tx, act(), reference, inputs);
  const answers = passingAnswers[stage];
  const passed = visits.map((visitId) => ({ visitId, answers, visitedOn }));
  await recordVisits(tx, act(), reference, 'supervision.pass', passed);
}

import { sql } from 'kysely';
import { getOccupation, type Reference, settingOn } from '../accounts/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { type StepInput, takeStep } from './actions.ts';
import { announceChanges } from './changes.ts';
import { gradeVerb } from './decision-rules.ts';
import { saveLifeChanges } from './life-queries.ts';
import { getCasesForUpdate } from './queries.ts';
import { validUntil } from './rules.ts';
import { addVersions } from './versions.ts';

/** The permits of the cases with their days, by case. */
async function provisionalPermits(tx: Tx, provinceId: number, caseIds: readonly string[]) {
  const { rows } = await sql<{ caseId: string; id: string; issuedOn: string; validUntil: string }>`
    select p.case_id as "caseId", p.id, p.issued_on as "issuedOn", p.valid_until as "validUntil"
    from permits p where p.province_id = ${provinceId} and p.case_id = any(${caseIds}::uuid[])
      and p.taken_back_at is null`.execute(tx);
  return new Map(rows.map((row) => [row.caseId, row]));
}

type Decided = Pick<StepInput, 'caseId' | 'happenedOn'>;

/**
 * Lets the grade of their occupation decide about applications that are complete and eligible: an
 * automatic one has its permit at once, a provisional one until it is examined, any other waits for its
 * agency. Nobody signs; the step says which rule did. Says nothing about whether an application is
 * complete: who calls this has seen that it is.
 * @returns the verb by case, for those that have a permit now
 */
export async function decideByGrade(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly Decided[],
): Promise<Map<string, 'permits.grantAutomatically' | 'permits.grantProvisionally'>> {
  if (inputs.length === 0) return new Map();
  const ids = inputs.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const rule = { ...act, actorId: null, organisationId: null };
  const decided = new Map<string, 'permits.grantAutomatically' | 'permits.grantProvisionally'>();
  for (const verb of ['permits.grantAutomatically', 'permits.grantProvisionally'] as const) {
    const fitting = inputs.flatMap(({ caseId, happenedOn }) => {
      const dims = cases.get(caseId)?.dims;
      if (!dims || !gradesDecide(reference, act.provinceId, happenedOn)) return [];
      const occupation = getOccupation(reference, dims.occupationId);
      if (gradeVerb(occupation, dims.kind) !== verb) return [];
      const facts = { rule: 'permits.grades_decide', grade: occupation.grade };
      return [{ caseId, happenedOn, facts }];
    });
    if (fitting.length > 0) await takeStep(tx, rule, reference, verb, fitting);
    for (const { caseId } of fitting) decided.set(caseId, verb);
  }
  return decided;
}

function gradesDecide(reference: Reference, provinceId: number, day: string): boolean {
  return settingOn(reference, 'permits.grades_decide', provinceId, day) === 'true';
}

/**
 * Confirms provisional permits after their examination: they are valid as long as any other permit of
 * the occupation from its issue. All or none.
 * @throws Problem `permits.not_provisional` (422), and what every step may
 */
export async function confirmPermits(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly StepInput[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const permits = await provisionalPermits(tx, act.provinceId, ids);
  const confirming = inputs.map((input) => {
    const permit = permits.get(input.caseId);
    const occupationId = cases.get(input.caseId)?.dims.occupationId ?? '';
    const { validity_months } = getOccupation(reference, occupationId);
    const until = permit ? validUntil(permit.issuedOn, validity_months) : '';
    const before = { valid_until: permit?.validUntil ?? null };
    return { ...input, facts: { before, validity_months, valid_until: until } };
  });
  await takeStep(tx, act, reference, 'permits.confirm', confirming);
  const changes = confirming.map(({ caseId, facts }) => ({
    caseId,
    validUntil: facts.valid_until,
  }));
  await saveLifeChanges(tx, act.provinceId, changes);
  await addVersions(
    tx,
    act.provinceId,
    [...permits.values()].map(({ id }) => id),
  );
  await announceChanges(tx, act.provinceId, 'permits.confirm', ids);
}

import { type Reference, settingOn } from '../accounts/index.ts';
import { barPerson, recallLoan } from '../financing/index.ts';
import { addJalaliMonths, type IsoDate } from '../kit/jalali.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { takeLifeStep } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import {
  checkAppealTime,
  type DeviationState,
  type DeviationVerb,
  deviationSteps,
  type Measure,
  openDeviationStates,
} from './deviation-rules.ts';
import { look, planVisits } from './plan-visits.ts';
import { type Deviation, type Stage, stageIsDue } from './rules.ts';
import { limitEnd } from './settings.ts';
import { type Looked, stepOf, supervised } from './steps.ts';

/** Opens the case of a deviation for each visit that found one. */
export async function openDeviations(
  tx: Tx,
  act: Act,
  found: readonly { at: Looked; visitId: string; kind: Deviation; on: string }[],
): Promise<void> {
  const rows = found.map(({ at: { plan }, visitId, kind, on }) => ({
    ...{ province_id: act.provinceId, id: uuid7(act.now.getTime()), visit_id: visitId },
    ...{ case_id: plan.caseId, plan_id: plan.id, person_id: plan.personId },
    ...{ agency_id: plan.agencyId, bank_id: plan.bankId, kind },
    ...{ state: 'found', state_since: on, recorded_at: act.now },
  }));
  await tx.insertInto('deviations').values(rows).execute();
}

/** Plans of which nothing is paid out while a deviation is being decided about. */
export async function plansHeld(
  tx: Tx,
  provinceId: number,
  planIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('deviations')
    .select('plan_id')
    .where('province_id', '=', provinceId)
    .where('plan_id', 'in', [...planIds])
    .where('state', 'in', openDeviationStates)
    .execute();
  return new Set(rows.map((row) => row.plan_id));
}

/** Ends the case of a deviation whose finding is taken back. @throws Problem `supervision.deviation_moved` (409) */
export async function voidDeviation(tx: Tx, act: Act, visitId: string): Promise<void> {
  const moved = await tx
    .updateTable('deviations')
    .set({ state: 'void', state_since: act.today })
    .where('province_id', '=', act.provinceId)
    .where('visit_id', '=', visitId)
    .where('state', '=', 'found')
    .returning('id')
    .execute();
  if (moved.length === 0) throw new Problem('supervision.deviation_moved');
}

/** What somebody says or decides about a deviation. */
export type DeviationInput = {
  readonly id: string;
  /** What the holder says, why this measure, why it is sent back, appealed or upheld. */
  readonly reason: string;
  /** Of a proposal. */
  readonly measure?: Measure | undefined;
};

/**
 * Takes one step with a deviation. What is decided is carried out by the step `supervision.carryOut`: a
 * visit to see it put right, the permit suspended, the loan recalled, or the person barred.
 * Needs a transaction that sees the whole province.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supervision.note_missing`,
 * `supervision.measure_missing`, `supervision.too_late`, `supervision.appeal_open`
 */
export async function moveDeviation(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: DeviationVerb,
  { id, reason, measure }: DeviationInput,
): Promise<void> {
  const it = await deviationForUpdate(tx, act.provinceId, id);
  const at = (await look(tx, act.provinceId, [it.caseId])).get(it.caseId) as Looked;
  const to = nextState(deviationSteps, verb, it.state);
  if (!reason.trim()) throw new Problem('supervision.note_missing');
  if ((verb === 'supervision.propose') !== (measure !== undefined)) {
    throw new Problem('supervision.measure_missing');
  }
  checkAppealTime(verb, it, act.today);
  const words = normaliseText(reason);
  await tx
    .updateTable('deviations')
    .set({ state: to, state_since: act.today, ...said(act, reference, verb, words, measure) })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .execute();
  const kept = measure ?? it.measure;
  const facts = { deviation: id, ...(kept === null ? {} : { measure: kept }) };
  const step = { verb, from: it.state, to, happenedOn: act.today, reason: words, facts };
  const [stepId = ''] = await recordSteps(tx, act, [], [stepOf(at, step)]);
  if (verb !== 'supervision.carryOut' || it.measure === null) return;
  await carryOut(tx, act, reference, { at, it, stepId, reason: words, measure: it.measure });
}

function said(
  act: Act,
  reference: Reference,
  verb: DeviationVerb,
  words: string,
  measure: Measure | undefined,
) {
  switch (verb) {
    case 'supervision.hear':
      return { holder_said: words };
    case 'supervision.propose':
      return { measure: measure ?? null, measure_reason: words };
    case 'supervision.agree':
      return { appeal_until_on: limitEnd(reference, act.provinceId, 'appeal', act.today) };
    case 'supervision.appeal':
      return { appeal_reason: words };
    default:
      return {};
  }
}

type Carried = {
  readonly at: Looked;
  readonly it: Awaited<ReturnType<typeof deviationForUpdate>>;
  readonly stepId: string;
  readonly reason: string;
  readonly measure: Measure;
};

async function carryOut(
  tx: Tx,
  act: Act,
  reference: Reference,
  { at, it, stepId, reason, measure }: Carried,
): Promise<void> {
  const { caseId } = it;
  const happenedOn = act.today;
  switch (measure) {
    case 'recall':
      return recallLoan(tx, act, { caseId, happenedOn, reason });
    case 'suspend':
      return takeLifeStep(tx, act, reference, 'permits.suspend', [{ caseId, happenedOn, reason }]);
    case 'bar': {
      const setting = settingOn(reference, 'supervision.bar_months', act.provinceId, act.today);
      const untilOn = addJalaliMonths(act.today as IsoDate, Number(setting));
      return barPerson(tx, act, { personId: at.plan.personId, stepId, untilOn });
    }
    case 'correct': {
      const stage = stageIsDue(it.stage, supervised(at.plan)) ? it.stage : 'after';
      const dueOn = limitEnd(reference, act.provinceId, 'correct', act.today);
      await planVisits(tx, act, reference, [
        { caseId, stage, dueOn, happenedOn, revisitOf: it.visitId },
      ]);
    }
  }
}

async function deviationForUpdate(tx: Tx, provinceId: number, id: string) {
  const row = await tx
    .selectFrom('deviations as d')
    .innerJoin('visits as v', (join) =>
      join.onRef('v.id', '=', 'd.visit_id').on('v.province_id', '=', provinceId),
    )
    .select(['d.state', 'd.case_id', 'd.measure', 'd.appeal_until_on', 'd.visit_id', 'v.stage'])
    .where('d.province_id', '=', provinceId)
    .where('d.id', '=', id)
    .forUpdate('d')
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return {
    ...{ caseId: row.case_id, visitId: row.visit_id, stage: row.stage as Stage },
    ...{ state: row.state as DeviationState, measure: row.measure as Measure | null },
    until: row.appeal_until_on,
  };
}

import { sql } from 'kysely';
import { releaseTranches, withdrawPasses } from '../financing/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import { type StoredRow, toStoredRow } from '../platform/history-row.ts';
import { reversalOf } from '../platform/standing.ts';
import { voidDeviation } from './deviations.ts';
import { forgetSigners } from './joint/parties.ts';
import { look } from './plan-visits.ts';
import { casesOfVisits, getVisitsForUpdate, saveVisits, type VisitRow } from './queries.ts';
import type { VisitState } from './rules.ts';
import type { Looked } from './steps.ts';

/**
 * Takes back the newest step of a visit: an outcome that belonged to another plan, a visit planned by
 * mistake. The gate that it opened closes again; the gate that a deviation closed opens as it was.
 * @throws Problem `platform.not_found`, `supervision.note_missing` (422), `financing.pass_used`,
 * `supervision.revisit_stands`, `supervision.visit_open` (409)
 */
export async function takeBackVisit(
  tx: Tx,
  act: Act,
  { visitId, reason }: { visitId: string; reason: string },
): Promise<void> {
  if (!reason.trim()) throw new Problem('supervision.note_missing');
  const { provinceId } = act;
  const looked = await look(tx, provinceId, await casesOfVisits(tx, provinceId, [visitId]));
  const visit = (await getVisitsForUpdate(tx, provinceId, [visitId])).get(visitId) as VisitRow;
  const at = looked.get(visit.caseId) as Looked;
  const [step, before] = await standingSteps(tx, provinceId, visit);
  if (!step) throw new Problem('platform.not_found');
  await demandNoRevisit(tx, provinceId, visitId);
  await withdrawPasses(tx, provinceId, [step.id]);
  await recordSteps(tx, act, [], [reversalOf(step, normaliseText(reason))]);
  const state = (step.from ?? 'void') as VisitState;
  const assigneeId = state === 'planned' ? null : visit.assigneeId;
  const { id, channel, dueOn } = visit;
  const since = before?.happenedOn ?? step.happenedOn;
  await saveVisits(tx, provinceId, [{ id, channel, dueOn, assigneeId, state, since }]);
  await forgetSigners(tx, provinceId, visitId);
  if (step.verb !== 'supervision.findDeviation') return;
  await voidDeviation(tx, act, visitId);
  await reopen(tx, act, at);
}

/** The standing steps of a visit, the newest first. */
async function standingSteps(tx: Tx, provinceId: number, visit: VisitRow): Promise<StoredRow[]> {
  const rows = await tx
    .selectFrom('history as h')
    .selectAll()
    .where('h.province_id', '=', provinceId)
    .where('h.case_id', '=', visit.caseId)
    .where('h.sign', '=', 1)
    .where(sql<boolean>`h.facts ->> 'visit' = ${visit.id}`)
    .where(sql<boolean>`not exists (select 1 from history r
      where r.province_id = ${provinceId} and r.reverses = h.id)`)
    .orderBy('h.seq', 'desc')
    .execute();
  return rows.map(toStoredRow);
}

async function demandNoRevisit(tx: Tx, provinceId: number, visitId: string): Promise<void> {
  const again = await tx
    .selectFrom('visits')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('revisit_of', '=', visitId)
    .where('state', 'not in', ['cancelled', 'void'])
    .executeTakeFirst();
  if (again) throw new Problem('supervision.revisit_stands');
}

/** What had released the next tranche before a deviation closed its gate, and still stands. */
async function reopen(tx: Tx, act: Act, { plan }: Looked): Promise<void> {
  const number = plan.tranches + 1;
  const { rows } = await sql<{ id: string; verb: string; happened_on: string }>`
    select h.id, h.verb, h.happened_on from history h
    where h.province_id = ${act.provinceId} and h.case_id = ${plan.caseId}::uuid and h.sign = 1
      and h.verb in ('supervision.pass', 'supervision.grantOverride')
      and h.facts ->> 'plan' = ${plan.id} and h.facts ->> 'tranche' = ${String(number)}
      and not exists (select 1 from history r
        where r.province_id = ${act.provinceId} and r.reverses = h.id)
    order by h.seq limit 1`.execute(tx);
  const releases = rows.map(({ id: stepId, verb, happened_on: passedOn }) => {
    const origin = verb === 'supervision.pass' ? ('visit' as const) : ('override' as const);
    return { plan, number, origin, stepId, passedOn };
  });
  await releaseTranches(tx, act, releases);
}

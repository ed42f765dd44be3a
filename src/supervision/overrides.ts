import { sql } from 'kysely';
import { releaseTranches } from '../financing/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { defineSteps, nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import { plansHeld } from './deviations.ts';
import { look } from './plan-visits.ts';
import { checkTwoPeople } from './rules.ts';
import { type Looked, stepOf } from './steps.ts';

/** The state table of an override: a way round the gate that two people stand for. */
const overrideSteps = defineSteps(['asked', 'granted', 'refused'] as const, {
  'supervision.askOverride': { from: [null], to: 'asked' },
  'supervision.grantOverride': { from: ['asked'], to: 'granted' },
  'supervision.refuseOverride': { from: ['asked'], to: 'refused' },
});

/**
 * Asks that the next tranche of a case's plan may be ordered without its visit.
 * @returns the id of the request
 * @throws Problem `supervision.note_missing`, `supervision.stage_not_due` (422),
 * `supervision.override_open` (409)
 */
export async function askOverride(
  tx: Tx,
  act: Act,
  caseId: string,
  reason: string,
): Promise<string> {
  if (!reason.trim()) throw new Problem('supervision.note_missing');
  const at = (await look(tx, act.provinceId, [caseId])).get(caseId) as Looked;
  const { plan } = at;
  const payable = plan.state === 'contracted' || plan.state === 'paying';
  if (!payable) throw new Problem('supervision.stage_not_due', { state: plan.state });
  const id = uuid7(act.now.getTime());
  const number = plan.tranches + 1;
  await tx
    .insertInto('gate_overrides')
    .values({
      ...{ province_id: act.provinceId, id, case_id: caseId, plan_id: plan.id },
      ...{ agency_id: plan.agencyId, bank_id: plan.bankId, tranche_number: number },
      ...{ state: 'asked', reason: normaliseText(reason), asked_at: act.now },
      asked_by: act.actorId ?? '',
    })
    .execute();
  const said = { verb: 'supervision.askOverride', from: null, to: 'asked', happenedOn: act.today };
  const facts = { override: id, tranche: number };
  const step = stepOf(at, { ...said, reason: normaliseText(reason), facts });
  await recordSteps(tx, act, [], [step]);
  return id;
}

/**
 * Decides a request; granted, it opens the gate of its tranche, and stands in the bulletin's annex.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supervision.two_people` (409),
 * `supervision.note_missing` (422)
 */
export async function decideOverride(
  tx: Tx,
  act: Act,
  verb: 'supervision.grantOverride' | 'supervision.refuseOverride',
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  if (!reason.trim()) throw new Problem('supervision.note_missing');
  const asked = await overrideForUpdate(tx, act.provinceId, id);
  const from = asked.state as 'asked' | 'granted' | 'refused';
  const to = nextState(overrideSteps, verb, from);
  checkTwoPeople(asked.asked_by, act.actorId);
  const at = (await look(tx, act.provinceId, [asked.case_id])).get(asked.case_id) as Looked;
  const decided = { state: to, decided_by: act.actorId, decided_at: act.now };
  await tx
    .updateTable('gate_overrides')
    .set({ ...decided, decided_reason: normaliseText(reason) })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .execute();
  const held = await plansHeld(tx, act.provinceId, [asked.plan_id]);
  if (to === 'granted' && held.size > 0) throw new Problem('supervision.deviation_open');
  const facts = { override: id, tranche: asked.tranche_number };
  const said = { verb, from, to, happenedOn: act.today, reason: normaliseText(reason) };
  const [stepId = ''] = await recordSteps(tx, act, [], [stepOf(at, { ...said, facts })]);
  if (to !== 'granted' || at.plan.id !== asked.plan_id) return;
  const pass = { number: asked.tranche_number, origin: 'override' as const, passedOn: act.today };
  await releaseTranches(tx, act, [{ plan: at.plan, stepId, ...pass }]);
}

async function overrideForUpdate(tx: Tx, provinceId: number, id: string) {
  const row = await tx
    .selectFrom('gate_overrides')
    .select(['state', 'asked_by', 'case_id', 'plan_id', 'tranche_number'])
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/** A way round the gate, as the bulletin's annex lists it: no name of an applicant in it. */
export type ListedOverride = {
  readonly id: string;
  readonly caseId: string;
  readonly agencyId: string;
  readonly bankId: string;
  readonly tranche: number;
  readonly state: string;
  readonly reason: string;
  readonly askedBy: { readonly fa: string; readonly en: string };
  readonly askedAt: Date;
  readonly decidedBy: { readonly fa: string; readonly en: string } | null;
  readonly decidedAt: Date | null;
  readonly decidedReason: string | null;
  /** Of the payment that was made on it; ISO, null where none was. */
  readonly paidOn: string | null;
};

/** The overrides that a reader's transaction shows, the newest first; of one case where asked for. */
export async function listOverrides(
  tx: Tx,
  provinceId: number,
  { caseId = null, organisation = null }: { caseId?: string | null; organisation?: string | null },
): Promise<ListedOverride[]> {
  const { rows } = await sql<OverrideRow>`
    select o.*, a.name_fa as asker_fa, a.name_en as asker_en, d.name_fa as decider_fa,
      d.name_en as decider_en, t.paid_on
    from gate_overrides o
    left join accounts a on a.province_id = ${provinceId} and a.id = o.asked_by
    left join accounts d on d.province_id = ${provinceId} and d.id = o.decided_by
    left join tranches t on t.province_id = ${provinceId} and t.plan_id = o.plan_id
      and t.number = o.tranche_number and t.taken_back_at is null
    where o.province_id = ${provinceId} and (${caseId}::uuid is null or o.case_id = ${caseId}::uuid)
      and (${organisation}::text is null or ${organisation}::text in (o.agency_id, o.bank_id))
    order by o.id desc limit 500`.execute(tx);
  return rows.map(toListed);
}

type OverrideRow = {
  id: string;
  case_id: string;
  agency_id: string;
  bank_id: string;
  tranche_number: number;
  state: string;
  reason: string;
  asker_fa: string | null;
  asker_en: string | null;
  asked_at: Date;
  decider_fa: string | null;
  decider_en: string | null;
  decided_at: Date | null;
  decided_reason: string | null;
  paid_on: string | null;
};

function toListed(row: OverrideRow): ListedOverride {
  const name = (fa: string | null, en: string | null) => ({ fa: fa ?? '', en: en ?? '' });
  return {
    ...{ id: row.id, caseId: row.case_id, agencyId: row.agency_id, bankId: row.bank_id },
    ...{ tranche: row.tranche_number, state: row.state, reason: row.reason, paidOn: row.paid_on },
    ...{ askedBy: name(row.asker_fa, row.asker_en), askedAt: row.asked_at },
    decidedBy: row.decided_at === null ? null : name(row.decider_fa, row.decider_en),
    ...{ decidedAt: row.decided_at, decidedReason: row.decided_reason },
  };
}
